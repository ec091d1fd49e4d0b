"""Regions: codes in words that read back, the unknown ones said to be unknown."""

from __future__ import annotations

import pytest

from cadre_desk.domain import regions
from cadre_desk.domain.division import Division
from cadre_desk.domain.errors import FieldError
from cadre_desk.domain.resources import resource

FIELD = Division("现居住地政区")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("500101", "重庆市万州区"),
        ("110000", "北京市"),
        ("110100", "北京市（110100）"),
        ("999999", "999999（名称不详）"),
    ],
)
def test_a_code_is_told_by_its_name_and_reads_back(code: str, words: str) -> None:
    assert FIELD.show(code) == words
    assert FIELD.parse(words) == code
    assert FIELD.parse(code) == code
    assert FIELD.edit(code) == code


def test_every_code_that_was_ever_listed_reads_back_from_its_words() -> None:
    lines = resource("regions/gb2260.tsv").read_text(encoding="utf-8").splitlines()[1:]
    codes = [line.split("\t")[0] for line in lines]
    assert [code for code in codes if regions.find(regions.name_of(code)) != code] == []


def test_what_is_neither_code_nor_name_is_refused_with_what_to_do() -> None:
    with pytest.raises(FieldError, match="六位行政区划代码"):
        FIELD.parse("万州那边")
