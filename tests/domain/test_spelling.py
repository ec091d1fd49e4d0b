"""Readings are pypinyin's, from less memory."""

from __future__ import annotations

import subprocess
import sys

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from cadre_desk.domain import codes
from cadre_desk.domain.pinyin import text_syllables
from cadre_desk.domain.spelling import read_character, read_words


def test_every_character_is_read_as_pypinyin_reads_it() -> None:
    wrong = [char for char in map(chr, PINYIN_DICT) if read_character(char) != lazy_pinyin(char)[0]]
    assert not wrong
    assert read_character("A") == "A"
    assert read_character("\U0010fffd") == "\U0010fffd"


def test_every_word_is_read_as_pypinyin_reads_it() -> None:
    assert not [word for word in PHRASES_DICT if read_words(word) != lazy_pinyin(word)]


def test_every_label_of_the_code_tables_is_read_as_pypinyin_reads_it() -> None:
    labels = [item.label for table in codes.tables() for item in table.items]
    assert not [one for one in labels if "".join(read_words(one)) != "".join(lazy_pinyin(one))]


def test_a_city_within_a_text_is_read_as_a_word() -> None:
    assert read_words("在重庆重点调研") == ["zai", "chong", "qing", "zhong", "dian", "diao", "yan"]


def test_numbers_and_letters_stay_together_in_a_label() -> None:
    assert text_syllables("80岁以上（A12）") == ("80", "sui", "yi", "shang", "a12")


def test_the_large_package_is_not_loaded_to_read_a_text() -> None:
    script = (
        "import sys; from cadre_desk.domain.pinyin import text_initials as t; "
        "assert t('四级调研员') == 'sjdyy'; sys.exit('pypinyin' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
