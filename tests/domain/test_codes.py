from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from cadre_desk.domain.codes import CodeItem, CodeTable, amended, table, tables, use_amendments
from cadre_desk.domain.resources import resource

KEYS = [one.key for one in tables()]


@pytest.fixture(autouse=True)
def as_released() -> Iterator[None]:
    """No amendment outlives its test."""
    yield
    use_amendments()


def label_of(key: str, text: str) -> str | None:
    """What a written value means in a table, by its short name."""
    found = table(key).find(text)
    return found.short if found else None


@pytest.mark.parametrize("key", KEYS)
def test_every_way_to_write_an_item_finds_that_item(key: str) -> None:
    found = table(key)
    for item in found.items:
        for written in (item.code, item.label, item.short, *item.aliases, f" {item.label} "):
            assert found.find(written) == item, written


@pytest.mark.parametrize("key", KEYS)
def test_every_choice_is_offered_by_its_initials_and_its_first_word(key: str) -> None:
    found = table(key)
    for item in found.choices:
        assert item in found.matching(item.initials)
        assert item in found.matching(item.label[:2])
    assert set(found.matching("")) == set(found.choices)


@pytest.mark.parametrize("key", KEYS)
def test_every_table_names_its_source_and_has_items(key: str) -> None:
    found = table(key)
    assert found.title
    assert found.source
    assert found.version
    assert found.items
    assert len({item.code for item in found.items}) == len(found.items)


def test_the_tables_that_other_rooms_ask_for_are_there() -> None:
    needed = """
        sex marital health health_detail ability political education degree level rank treatment_level
        treatment_kind relation ethnic retire_type family_flags entry_kind exit_kind movement_kind era
        manage_kind live_mode unit_nature subordination branch_kind branch_post party_org leave_kind
        person_kind person_status title_level medical_kind role birthday_habit receive_way account_owner
        retire_basis occasion expertise backup_state visit_state visit_method need_kind need_channel
        need_state need_outcome satisfaction remind_way check_result payee_kind treatment_group visit_alarm
    """
    assert set(needed.split()) == set(KEYS)


def test_the_national_codes_are_those_of_the_handbook() -> None:
    expected = {
        "sex": "0 未知 1 男 2 女 9 未说明",
        "marital": "10 未婚 20 已婚 21 初婚 22 再婚 23 复婚 30 丧偶 40 离婚 90 未说明",
        "political": "01 中共党员 02 预备党员 03 共青团员 04 民革 05 民盟 06 民建 07 民进 08 农工党 "
        "09 致公党 10 九三学社 11 台盟 12 无党派 13 群众",
        "retire_type": "1 离休 2 退休 3 退职",
        "level": "111 正省部级 122 副厅级 131 正处级 132 副处级 141 正科级 142 副科级 150 科员 160 办事员 "
        "199 未定职",
        "relation": "01 本人 10 配偶 11 夫 12 妻 21 独生子 22 长子 28 女婿 31 独生女 38 儿媳 51 父 52 母 "
        "71 兄 73 弟 75 姐 77 妹 97 其他亲属 99 非亲属",
        "ethnic": "01 汉 03 回 10 朝鲜 15 土家 29 柯尔克孜 37 仡佬 46 德昂 56 基诺",
        "degree": "1 名誉博士 2 博士 3 硕士 4 学士",
        "health_detail": "31 心血管病 32 脑血管病 37 糖尿病 41 癌症",
        "education": "28 大普 47 技校 73 初中肄业 90 其他",
        "subordination": "10 中央 20 省 40 市 50 县 61 街道 90 其他",
    }
    for key, text in expected.items():
        words = text.split()
        for code, short in zip(words[::2], words[1::2], strict=True):
            assert table(key).short(code) == short, (key, code)


@pytest.mark.parametrize(
    ("key", "text", "short"),
    [
        ("ethnic", "汉", "汉"),
        ("ethnic", "回族", "回"),
        ("ethnic", "毛难", "毛南"),
        ("ethnic", "崩龙族", "德昂"),
        ("ethnic", "1", "汉"),
        ("ethnic", "０１", "汉"),
        ("political", "党员", "中共党员"),
        ("political", "1", "中共党员"),
        ("political", "民革会员", "民革"),
        ("education", "大专学历", "大专"),
        ("education", "本科", "大学"),
        ("degree", "硕士学位", "硕士"),
        ("level", "正处", "正处级"),
        ("level", "乡科级正职", "正科级"),
        ("treatment_level", "副省级医疗待遇", "副省级单项"),
        ("ability", "自理", "自理"),
        ("ability", "半失能", "中度失能"),
        ("ability", "失能", "重度失能"),
        ("retire_type", "病退", "病退"),
        ("relation", "老伴", "配偶"),
        ("relation", "大儿子", "长子"),
        ("branch_kind", "联合支部", "联合"),
        ("movement_kind", "病故", "去世"),
        ("sex", " 男\u3000", "男"),
        ("sex", "男人", None),
        ("sex", "", None),
        ("ethnic", "族", None),
    ],
)
def test_a_value_is_understood_as_offices_write_it(key: str, text: str, short: str | None) -> None:
    assert label_of(key, text) == short


def test_reports_count_by_groups() -> None:
    assert table("retire_type").groups == ("离休", "退休")
    assert table("retire_type").group("4") == "退休"
    assert table("treatment_level").groups == ("享受副省级单项及以上", "厅局级", "县处级", "科级及以下")
    assert table("ability").codes_in("半失能") == ("1", "2")
    assert table("branch_kind").codes_in("计入") == ("1", "2", "3")
    assert table("ethnic").codes_in("少数民族")[:2] == ("02", "03")
    assert {"20", "21", "30", "39"} <= set(table("relation").codes_in("子女"))
    assert {"28", "38", "41"}.isdisjoint(table("relation").codes_in("子女"))
    assert table("sex").group("1") == ""


def test_movements_in_and_out_are_the_two_parts_of_one_table() -> None:
    both = (*table("entry_kind").items, *table("exit_kind").items)
    assert both == table("movement_kind").items
    assert table("exit_kind").find("病故") == table("movement_kind").item("21")
    assert table("exit_kind").find("转入") is None


def test_a_code_field_finds_by_part_of_the_initials() -> None:
    found = [item.label for item in table("rank").matching("dyy")]
    assert found == ["一级调研员", "二级调研员", "三级调研员", "四级调研员"]


def test_what_is_used_most_is_offered_first() -> None:
    used = {"06": 120, "05": 60, "04": 7, "03": 1}
    found = [item.label for item in table("rank").matching("dyy", used)]
    assert found == ["四级调研员", "三级调研员", "二级调研员", "一级调研员"]


@pytest.mark.parametrize(
    ("key", "typed", "first"),
    [
        ("ethnic", "h", "汉"),
        ("ethnic", "man", "满"),
        ("ethnic", "37", "仡佬"),
        ("rank", "四级", "四级调研员"),
        ("rank", "SJDYY", "三级调研员"),
        ("relation", "老伴", "配偶"),
        ("level", "zkj", "正科级"),
        ("sex", "nan", "男"),
    ],
)
def test_what_fits_best_comes_first(key: str, typed: str, first: str) -> None:
    assert table(key).matching(typed)[0].short == first


def test_an_exact_match_comes_before_a_commoner_longer_one() -> None:
    found = table("relation").matching("子", {"22": 900, "41": 800})
    assert found[0].label == "子"


def test_what_fits_nothing_offers_nothing() -> None:
    assert table("sex").matching("xyz") == ()


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert table("sex").label("7") == table("sex").short("7") == "7"
    assert table("sex").item("7") is None
    assert table("sex").group("7") == ""


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(LookupError, match="no code table 'colour'"):
        table("colour")


def test_an_office_adds_an_item_at_the_end() -> None:
    use_amendments({"treatment_kind": [CodeItem("Q1", "遗属待遇", aliases=("遗属补助",))]})
    found = table("treatment_kind")
    assert [item.label for item in found.items][-2:] == ["单项待遇", "遗属待遇"]
    assert found.find("遗属补助") == found.item("Q1")
    assert found.version.endswith("（本局增补）")


def test_a_renamed_item_is_still_known_by_its_old_name_and_counted_where_it_was() -> None:
    use_amendments({"branch_kind": [CodeItem("3", "村（社区）党支部", short="村社区")]})
    item = table("branch_kind").item("3")
    assert item is not None
    assert (item.label, item.group) == ("村（社区）党支部", "计入")
    assert table("branch_kind").find("社区党支部") == table("branch_kind").find("社区") == item
    assert [one.code for one in table("branch_kind").items] == ["1", "2", "3", "4", "5"]


def test_a_retired_item_keeps_its_words_but_is_no_longer_offered() -> None:
    use_amendments(
        {"live_mode": [CodeItem("4", "候鸟", retired=True), CodeItem("5", "候鸟型旅居", short="旅居")]}
    )
    found = table("live_mode")
    assert found.short("4") == "候鸟"
    assert [item.code for item in found.choices] == ["1", "2", "3", "5"]
    assert "4" not in {item.code for item in found.matching("hn")}
    assert found.find("候鸟") == found.item("4")


def test_an_item_in_use_is_found_before_a_retired_one_of_the_same_name() -> None:
    use_amendments({"live_mode": [CodeItem("4", "候鸟", retired=True), CodeItem("5", "候鸟")]})
    found = table("live_mode").find("候鸟")
    assert found is not None
    assert found.code == "5"


def test_amending_the_whole_amends_its_parts() -> None:
    use_amendments({"movement_kind": [CodeItem("26", "迁居国外", group="其他")]})
    assert table("exit_kind").find("迁居国外") == table("movement_kind").item("26")
    assert table("entry_kind").item("26") is None


def test_amendments_are_replaced_not_added_up() -> None:
    use_amendments({"sex": [CodeItem("8", "甲")]})
    use_amendments({"era": [CodeItem("5", "乙")]})
    assert table("sex").item("8") is None
    assert table("era").item("5") is not None
    use_amendments()
    assert table("era").item("5") is None
    assert table("era").version == "1982"


@pytest.mark.parametrize("key", ["colour", "exit_kind"])
def test_amendments_of_no_table_of_its_own_are_refused_and_change_nothing(key: str) -> None:
    with pytest.raises(LookupError, match="to amend"):
        use_amendments({"sex": [CodeItem("8", "甲")], key: [CodeItem("1", "乙")]})
    assert table("sex").item("8") is None


def test_amending_leaves_the_original_table_alone() -> None:
    original = CodeTable("x", "某表", "某标准", "1", (CodeItem("1", "甲"),))
    changed = amended(original, [CodeItem("1", "乙"), CodeItem("2", "丙")])
    assert [item.label for item in original.items] == ["甲"]
    assert [item.label for item in changed.items] == ["乙", "丙"]
    assert changed.item("1") == CodeItem("1", "乙", aliases=("甲",))


def test_an_item_is_read_back_from_its_plain_form() -> None:
    for found in tables():
        for item in found.items:
            assert CodeItem.from_plain(json.loads(json.dumps(item.plain()))) == item
    assert CodeItem("1", "甲").plain() == {"code": "1", "label": "甲"}


@pytest.mark.parametrize("plain", [{"code": "1"}, {"code": "1", "label": "甲", "chip": "red"}])
def test_an_item_with_missing_or_unknown_parts_is_refused(plain: dict[str, str]) -> None:
    with pytest.raises(TypeError):
        CodeItem.from_plain(plain)


def test_each_file_holds_one_table_and_no_unknown_key() -> None:
    whole = {"title", "source", "version", "suffixes", "items"}
    for file in resource("codes").glob("*.json"):
        keys = set(json.loads(file.read_text(encoding="utf-8")))
        assert keys <= whole or keys == {"title", "of", "prefix"}, file.name
