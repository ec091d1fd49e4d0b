"""Personal names: what is stored, what is compared, what is the surname.

A name is stored as it is written on the papers (GB 18030-2022, never replaced by "?" or pinyin); only what
typing and spreadsheets add is taken away. Two written forms of one character (張/张, 喆/哲) are two names:
the ID number decides whether they are one person, never this module.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

#: Hanzi, with 〇, compatibility forms and private-use characters (made when GBK could not write a name).
_HANZI: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003ffff"

#: Middle dots as keyboards, input methods and old files write them; GB/T 15834 and ID cards write "·".
_DOTS: Final = re.compile(r"\s*[·•‧∙⋅・･]\s*")
#: A full stop between two hanzi of a name is a middle dot typed in haste; in "J. Smith" it is a full stop.
_STOPS: Final = re.compile(rf"(?<=[{_HANZI}])\s*[.．]\s*(?=[{_HANZI}])")
_BLANKS: Final = re.compile(r"\s+")
_RUN: Final = re.compile(rf"[{_HANZI}](?:[ {_HANZI}]*[{_HANZI}])?")
_ALL_HANZI: Final = re.compile(rf"[{_HANZI}]+")
_SELECTORS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")

#: The eighty characters that code page 936 kept at U+E815 and up before Unicode had them (䶮 was U+E863).
_CP936: Final = (
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱"
    "䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)
#: Radical signs that text copied from a PDF has in place of the characters (⻢ for 马), by Unicode's table
#: EquivalentUnifiedIdeograph; the signs of the Kangxi block are folded by NFKC.
_RADICALS: Final = dict(
    zip(
        "⺒⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "巳民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)
_REPLACED: Final = str.maketrans({chr(0xE815 + at): char for at, char in enumerate(_CP936)} | _RADICALS)

#: Compound surnames in use, simplified and traditional.
_COMPOUND_LIST: Final = (
    "万俟 上官 东方 东郭 东门 亓官 令狐 仉督 仲孙 伊祁 公冶 公孙 公户 公仪 公羊 公良 公西 南宫 "
    "南门 单于 司寇 司徒 司空 司马 呼延 哥舒 夏侯 太史 太叔 夹谷 子车 完颜 宇文 宗政 宰父 尉迟 "
    "左丘 巫马 微生 慕容 拓跋 拓拔 揭阳 斛律 梁丘 榖梁 谷梁 欧阳 歐陽 歐阳 段干 毌丘 母丘 毋丘 "
    "淳于 漆雕 澹台 濮阳 独孤 申屠 百里 皇甫 相里 端木 第五 納蘭 纳兰 羊舌 耶律 聞人 闻人 胡母 "
    "萬俟 西门 西門 諸葛 诸葛 赫连 赫連 轩辕 軒轅 达奚 鍾離 钟离 锺离 長孫 长孙 閭丘 闾丘 顓孫 "
    "颛孙 鮮于 鲜于 乐正 樂正 句龙 尉遲 夾谷 東方 東郭 獨孤 壤驷 南宮 公孫 司馬 單于 濮陽 澹臺 "
    "仆固 沮渠 屈突 贺兰 賀蘭 贺若 巫馬"
)
_COMPOUND: Final = frozenset(_COMPOUND_LIST.split())

#: More hanzi than this without "·" are a name of another language written by sound: it has no surname.
_LONGEST_CHINESE: Final = 4


@lru_cache(maxsize=65536)
def clean_name(text: str) -> str:
    """The name as it is stored: trimmed, padding taken out, one kind of "·", letters half-width.

    张　三 becomes 张三; 买买提 • 艾力 becomes 买买提·艾力; John  Smith keeps one blank; 買 stays 買.
    Blanks inside a longer name (买买提 艾力) stay, as one: they stand for its "·".
    """
    text = "".join(_plain_character(char) for char in text.translate(_REPLACED))
    text = _STOPS.sub("·", _DOTS.sub("·", text))
    text = re.sub("·{2,}", "·", _BLANKS.sub(" ", text)).strip(" ·")
    return _RUN.sub(_unpadded, text)


def _plain_character(char: str) -> str:
    """What typing adds to a character is taken away; the character itself is never another one."""
    if "！" <= char <= "～":
        return unicodedata.normalize("NFKC", char) if char.isalnum() else char
    if "\u2e80" <= char <= "\u2fdf":
        return unicodedata.normalize("NFKC", char)
    category = unicodedata.category(char)
    if category in {"Cc", "Zs", "Zl", "Zp"}:
        return " "
    return "" if category == "Cf" else char


def _unpadded(run: re.Match[str]) -> str:
    """A run of hanzi without the blanks that only spread it in print."""
    parts = run[0].split()
    hanzi = sum(map(len, parts))
    spread = hanzi <= _LONGEST_CHINESE or all(len(part) == 1 for part in parts)
    return ("" if spread else " ").join(parts)


@lru_cache(maxsize=65536)
def match_key(name: str) -> str:
    """What two spellings of one written name have in common; equal keys only ask "the same person?".

    Folds padding, width, case, the variants of "·" (a blank between the parts of a long name too) and code
    points that Unicode holds for the same character. 張 stays apart from 张, 阿不都·热依木 from 阿不都热依木.
    """
    folded = unicodedata.normalize("NFKC", _SELECTORS.sub("", clean_name(name))).casefold()
    return re.sub(rf"(?<=[{_HANZI}]) (?=[{_HANZI}])", "·", folded)


def surname(name: str) -> str:
    """The surname of a Chinese name, compound ones whole (欧阳); "" where there is none (买买提·艾力)."""
    cleaned = clean_name(name)
    if not _ALL_HANZI.fullmatch(cleaned) or len(cleaned) > _LONGEST_CHINESE:
        return ""
    return cleaned[:2] if cleaned[:2] in _COMPOUND else cleaned[:1]
