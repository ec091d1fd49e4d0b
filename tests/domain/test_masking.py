"""Masks: the agreed forms, and nothing whole ever left over."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cadre_desk.domain.masking import mask_account, mask_address, mask_id, mask_name, mask_phone


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("500101193806150029", "500101********0029"),
        ("44040119580101000X", "440401********000X"),
        ("5001 0119 3806 1500 29", "500101********0029"),
        ("500101380615002", "500101*****5002"),
        ("50010119380615002", "*************5002"),
        ("军字第1234567", "********67"),
        ("1234", "***4"),
        ("123", "***"),
        ("", ""),
    ],
)
def test_an_id_shows_its_region_and_last_four(number: str, masked: str) -> None:
    assert mask_id(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("6217000000111122226", "****2226"),
        ("6217 0000 0011 1122 226", "****2226"),
        ("1234567890", "****90"),
        ("1234567", "****7"),
        ("123", "****"),
        ("", ""),
    ],
)
def test_an_account_shows_its_last_four(number: str, masked: str) -> None:
    assert mask_account(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13912345678", "139****5678"),
        ("139 1234 5678", "139****5678"),
        ("+86 139-1234-5678", "139****5678"),
        ("8613912345678", "139****5678"),
        ("１３９１２３４５６７８", "139****5678"),
        ("023-70221176", "023-****1176"),
        ("023-7022 1176", "023-****1176"),
        ("（023）70221176", "023-****1176"),
        ("02370221176", "023-****1176"),
        ("0839-5551176", "0839-***1176"),
        ("70221176", "****1176"),
        ("5551176", "***1176"),
        ("023-70221176-801", "023-****1176-***"),
        ("13912345678、023-70221176", "139****5678、023-****1176"),
        ("13912345678 13887654321", "139****5678 138****4321"),
        ("13912345678（儿子）", "139****5678（儿子）"),
        ("400-800-1234", "********34"),
        ("1391234567", "********67"),
        ("110", "***"),
        ("wx13912345678", "**********678"),
        ("zhangsan", "******an"),
        ("无", "*"),
        ("", ""),
    ],
)
def test_a_phone_hides_its_middle(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王德昌", "王*昌"),
        ("冉秀", "冉*"),
        ("张　三", "张*"),
        ("张", "*"),
        ("欧阳德厚", "欧阳*"),
        ("欧阳淑", "欧阳*"),
        ("欧阳", "欧*"),
        ("古丽努尔·阿卜杜热合曼", "古丽努尔·*"),
        ("古丽努尔•阿卜杜热合曼", "古丽努尔·*"),
        ("买买提 艾力", "买买提 *"),
        ("阿卜杜热合曼", "阿****曼"),
        ("𬭎𬘬𠅤", "𬭎*𠅤"),
        ("王\U00020164\U000e0100", "王*"),
        ("李\U00020164\U000e0100明", "李*明"),
        ("张三（大）", "张*"),
        ("John Smith", "John *"),
        ("", ""),
    ],
)
def test_a_name_keeps_what_the_public_list_shows(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("青岚县滨河街道育才路3号2幢401", "青岚县滨河街道****"),
        ("青岚县 滨河街道 民主街1号", "青岚县滨河街道****"),
        ("青衣街道文庙巷6号1幢102", "青衣街道****"),
        ("石盘镇水利苑1-6", "石盘镇****"),
        ("云台乡林场家属院", "云台乡****"),
        ("新街镇3组", "新街镇****"),
        ("城关镇", "城关镇****"),
        ("镇江市京口区大市口街道1号", "镇江市京口区大市口街道****"),
        ("四川省甘孜藏族自治州康定市炉城街道向阳街5号", "四川省甘孜藏族自治州康定市炉城街道****"),
        (
            "内蒙古自治区锡林郭勒盟东乌珠穆沁旗道特淖尔苏木1队",
            "内蒙古自治区锡林郭勒盟东乌珠穆沁旗道特淖尔苏木****",
        ),
        ("重庆市万州区高笋塘1号", "重庆市万州区****"),
        ("青岚县城乡建设局家属院", "青岚县****"),
        ("云台乡村酒店", "****"),
        ("军民路社区3号", "****"),
        ("滨河小区3栋", "****"),
        ("农贸市场旁", "****"),
        ("镇江路3号", "****"),
        ("县委家属院", "****"),
        ("3-2-401", "****"),
        ("", ""),
    ],
)
def test_an_address_ends_with_its_township(address: str, masked: str) -> None:
    assert mask_address(address) == masked


VALUES = st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd"]), min_size=1, max_size=24)


@given(VALUES)
def test_nothing_is_ever_left_whole(value: str) -> None:
    assert value not in mask_id(value)
    assert value not in mask_account(value)
    assert value not in mask_address(value)
    assert value not in mask_phone(value)


@given(st.text("王李张欧阳司马德昌秀阿里·𬭎 　", max_size=12))
def test_no_name_is_ever_left_whole(name: str) -> None:
    assume(re.search("[^· 　]", name))
    masked = mask_name(name)
    assert "*" in masked
    assert "".join(name.split()) not in "".join(masked.split())


@given(st.from_regex(r"\A[0-9 ()+-]{4,24}\Z"))
def test_a_phone_never_shows_more_than_eight_figures_of_a_run(number: str) -> None:
    assume(any(char.isdigit() for char in number))
    for run in re.split(r"[^0-9*-]+", mask_phone(number)):
        assert sum(char.isdigit() for char in run) <= 8


@given(st.from_regex(r"\A[1-9][0-9]{16}[0-9X]\Z"))
def test_an_id_never_shows_its_birth(number: str) -> None:
    assert mask_id(number) == f"{number[:6]}********{number[14:]}"
