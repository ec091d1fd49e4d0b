"""Pinyin of names and of words, for search and for choosing by initials.

A name is found by the reading its bearer uses (单 shàn, 仇 qiú, 万俟 mò qí) and by the one a clerk may
expect from the character alone. Readings are written without tones, ü as v.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import Final

from cadre_desk.domain.names import clean_name, surname
from cadre_desk.domain.spelling import read_character, read_words


def _readings(table: str) -> dict[str, tuple[str, ...]]:
    """Lines "单單 shan", "覃 qin/tan", "万俟|萬俟 mo qi": which readings each character (or compound) has."""
    found: dict[str, tuple[str, ...]] = {}
    for line in table.split(";"):
        written, spoken = line.split(maxsplit=1)
        for name in written.split("|") if "|" in written or len(spoken.split()) > 1 else written:
            found[name] = tuple(spoken.strip().split("/"))
    return found


#: Readings as a surname, the usual one first, where they aren't what the character alone is read
#: (《现代汉语词典》; families differ on 覃, 隗, 乐 …). The character's own reading comes after them.
_SURNAMES: Final = _readings(
    "单單 shan;仇 qiu;曾 zeng;解 xie;查 zha;朴 piao;区區 ou;覃 qin/tan;缪繆 miao;翟 zhai/di;卜 bu;"
    "盖蓋 ge/gai;都 du;阚闞 kan;隗 wei/kui;繁 po;员員 yun;召 shao;六 lu;乐樂 yue/le;尉 wei;种 chong;"
    "折 she;黑 he/hei;洗 xian;纪 ji;柏 bai/bo;秘 bi;祭 zhai;谌諶 chen/shen;晟 cheng/sheng;牟 mu/mou;"
    "宓 mi/fu;费費 fei/bi;库 she;适 kuo;要 yao;撒 sa;教 jiao;句 gou;角 jue;能 nai;訾 zi;乜 nie;葛 ge;"
    "行 xing;扁 pian;沓 ta;澹 tan;裨 pi;镡 tan/xin/chan;鄚 mo;耏 er;莘 shen/xin;郗 xi/chi;贲賁 ben;"
    "藏 zang;蔚 yu/wei;逄 pang;郇 xun/huan;长長 chang;盛 sheng;粘 nian;宿 su;佴 nai;相 xiang;可 ke;"
    "干 gan;仉 zhang;冼 xian;缑 gou;万俟|萬俟 mo qi;尉迟|尉遲 yu chi;子车 zi ju;乐正|樂正 yue zheng;"
    "句龙 gou long;单于|單于 chan yu;澹台|澹臺 tan tai;长孙|長孫 zhang sun;毌丘|毋丘 guan qiu"
)

#: Characters of given names that are read in two ways, the one usual in names first; and the six of
#: 《通用规范汉字表》 that pypinyin reads otherwise than the table does.
_GIVEN: Final = _readings(
    "长長 chang/zhang;乐樂 le/yue;行 xing/hang;重 chong/zhong;朝 chao/zhao;晟 sheng/cheng;茜 qian/xi;"
    "盛 sheng/cheng;传傳 chuan/zhuan;莘 xin/shen;炅 jiong/gui;颉 jie/xie;隽雋 jun/juan;藏 cang/zang;"
    "单單 dan/shan;曾 zeng/ceng;柏 bai/bo;乾 qian/gan;贇 yun/bin;召 zhao/shao;调 diao/tiao;"
    "种 zhong/chong;解 jie/xie;会會 hui/kuai;强 qiang/jiang;参參 can/shen;区 qu/ou;佛 fo;"
    "𬇙 bei;𬮿 gai;𬘭 chen;𫐓 rou;𬕂 long;𬭬 hui"
)

#: A name with several doubtful characters keeps this many readings, likely ones first …
_MOST_READINGS: Final = 8
#: … of this many looked at.
_MOST_COMBINED: Final = 256
#: What is read in a name or a word: a run of Latin letters or digits, or one other letter (a hanzi).
_UNITS: Final = re.compile(r"[0-9a-z]+|[^\W_]", re.IGNORECASE)
#: A text in runs: of Latin letters and digits, or of anything else.
_LATIN: Final = re.compile(r"[0-9a-z]+", re.IGNORECASE)
_PARTS: Final = re.compile(r"[0-9a-z]+|[^0-9a-z]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PinyinKeys:
    """How a name can be typed; the first of each tuple is the likeliest, and is made of ``syllables``."""

    syllables: tuple[str, ...]
    full: tuple[str, ...]
    initials: tuple[str, ...]


@lru_cache(maxsize=32768)
def name_pinyin(name: str) -> PinyinKeys:
    """All readings of a name: 单田芳 gives ("shantianfang", "dantianfang") and ("stf", "dtf")."""
    cleaned = clean_name(name)
    family = surname(cleaned)
    parts = [_surname_readings(family)] if family else []
    parts += [_given_readings(unit) for unit in _UNITS.findall(cleaned[len(family) :])]
    spoken = _combined(parts)
    return PinyinKeys(
        syllables=spoken[0],
        full=_distinct("".join(syllables) for syllables in spoken),
        initials=_distinct("".join(syllable[0] for syllable in syllables) for syllables in spoken),
    )


@lru_cache(maxsize=8192)
def text_syllables(text: str) -> tuple[str, ...]:
    """The syllables of a label, read as words (调研 diào yán, 重庆 chóng qìng); signs left out."""
    # Two syllables never touch; letters and digits that stand together stay together.
    parts = (part if _LATIN.fullmatch(part) else " ".join(read_words(part)) for part in _PARTS.findall(text))
    return tuple(unit.lower() for part in parts for unit in _UNITS.findall(part))


def text_pinyin(text: str) -> str:
    """A label as one typed word: 四级调研员 is "sijidiaoyanyuan"."""
    return "".join(text_syllables(text))


def text_initials(text: str) -> str:
    """The first letters of a label; numbers stay whole: 四级调研员 is "sjdyy", 80岁以上 is "80sys"."""
    return "".join(unit if unit.isdigit() else unit[0] for unit in text_syllables(text))


def _combined(parts: list[tuple[tuple[str, ...], ...]]) -> list[tuple[str, ...]]:
    """The readings of a name from those of its parts, least unusual first."""
    ranked = sorted(
        islice(product(*(enumerate(part) for part in parts)), _MOST_COMBINED),
        key=lambda chosen: sum(rank for rank, _ in chosen),
    )
    return [
        tuple(syllable for _, spoken in chosen for syllable in spoken) for chosen in ranked[:_MOST_READINGS]
    ]


@lru_cache(maxsize=4096)
def _surname_readings(family: str) -> tuple[tuple[str, ...], ...]:
    """How a surname may be read, in syllables, its characters' own reading last."""
    own = " ".join(_own_reading(char) for char in family)
    return tuple(tuple(reading.split()) for reading in _distinct([*_SURNAMES.get(family, ()), own]))


@lru_cache(maxsize=32768)
def _given_readings(unit: str) -> tuple[tuple[str, ...], ...]:
    """How one character of a given name may be read; Latin letters stand for themselves."""
    return tuple((reading,) for reading in _distinct([*_GIVEN.get(unit, ()), _own_reading(unit)]))


def _own_reading(unit: str) -> str:
    """The commonest reading of one character, itself where none is known."""
    return read_character(unit).lower() if len(unit) == 1 else unit.lower()


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    """The values once each, in their order, empty ones left out."""
    return tuple(dict.fromkeys(value for value in values if value))
