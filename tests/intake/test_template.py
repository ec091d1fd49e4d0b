"""The blank template of a register: empty as it leaves, and once filled in it reads back as it was meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cadre_desk.db.desk import Desk
from cadre_desk.domain.codes import table
from cadre_desk.export.template import LISTS, RULES, template_columns, write_template
from cadre_desk.intake.plan import Outcome, Policy
from cadre_desk.intake.planner import IMPORTED, plan_file
from cadre_desk.intake.tables import Verdict
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.listing import Listing
from tests.intake.books import imported, xlsx
from tests.ledgers import TODAY

EVERY = pytest.mark.parametrize("key", sorted(IMPORTED))
HEAD = 2


def template(desk: Desk, key: str, folder: Path) -> Path:
    path = folder / f"{key}.xlsx"
    with desk.read() as session:
        write_template(session, REGISTERS[key], path)
    return path


def with_account(desk: Desk) -> None:
    """Somebody with a bank account, so that every register holds something."""
    head = ["姓名", "出生年月", "户名", "开户行", "账号"]
    imported(desk, xlsx([head, ["秦守义", "1945.3", "秦守义", "农业银行", "6228480000000000001"]]))


def fill(desk: Desk, key: str, path: Path) -> int:
    """Fill in the template with what the ledger holds, as a clerk would read it off; answers the rows."""
    register = REGISTERS[key]
    book = load_workbook(path)
    sheet: Any = book[register.title]
    headings = [cell.value for cell in sheet[HEAD]]
    fields = {field.label: one for one, field in register.fields.items()}
    with desk.read() as session:
        keys = [fields.get(str(heading).rstrip("*")) for heading in headings]
        shown = [one for one in keys if one is not None]
        rows = Listing(register, TODAY).showing(*shown).rows(session)
        for number, row in enumerate(rows, start=1):
            sheet.cell(HEAD + number, 1, number)
            for one, value in zip(shown, row.values, strict=True):
                text = register.column(one).field.edit(value)
                sheet.cell(HEAD + number, keys.index(one) + 1, text or None)
    book.save(path)
    return len(rows)


@EVERY
def test_a_blank_template_is_an_empty_template_whose_columns_are_all_known(
    town: Desk, tmp_path: Path, key: str
) -> None:
    path = template(town, key, tmp_path)
    with town.read() as session:
        plan = plan_file(session, REGISTERS[key], path, today=TODAY)
    assert plan.verdict is Verdict.EMPTY_TEMPLATE
    assert plan.rows == ()
    assert [sheet.name for sheet in plan.sheets if sheet.columns] == [REGISTERS[key].title]
    unknown = [one.header for one in plan.sheets[0].columns if one.field is None]
    assert unknown == ["序号"]
    assert not plan.has_findings


@EVERY
def test_a_filled_template_reads_back_as_no_change(town: Desk, tmp_path: Path, key: str) -> None:
    with_account(town)
    path = template(town, key, tmp_path)
    rows = fill(town, key, path)
    assert rows > 0
    for policy in Policy:
        with town.read() as session:
            plan = plan_file(session, REGISTERS[key], path, today=TODAY, policy=policy)
        assert plan.counts == {Outcome.SAME: rows}, [
            [finding.problem for finding in row.findings] + list(row.changes)
            for row in plan.rows
            if row.outcome is not Outcome.SAME
        ]
        assert not any(row.changes for row in plan.rows)


@pytest.mark.parametrize("key", ["people", "units", "places", "branches"])
def test_a_filled_template_brings_everything_into_a_new_ledger(
    town: Desk, desk: Desk, tmp_path: Path, key: str
) -> None:
    path = template(town, key, tmp_path)
    rows = fill(town, key, path)
    with desk.read() as session:
        plan = plan_file(session, REGISTERS[key], path, today=TODAY)
    assert plan.counts == {Outcome.NEW: rows}
    with desk.unit("导入") as session:
        plan.keep(session)
    with desk.read() as session:
        again = plan_file(session, REGISTERS[key], path, today=TODAY)
    assert again.counts == {Outcome.SAME: rows}


@EVERY
def test_a_row_marked_as_a_sample_is_recognised(town: Desk, tmp_path: Path, key: str) -> None:
    path = template(town, key, tmp_path)
    book = load_workbook(path)
    sheet: Any = book[REGISTERS[key].title]
    sheet.cell(HEAD + 1, 1, "示例")
    for column in range(2, sheet.max_column + 1):
        sheet.cell(
            HEAD + 1,
            column,
            "石万林" if column == 2 or "姓名" in str(sheet.cell(HEAD, column).value) else "甲",
        )
    book.save(path)
    with town.read() as session:
        plan = plan_file(session, REGISTERS[key], path, today=TODAY)
    assert [str(row.candidate.kind) for row in plan.rows] == ["sample"]
    assert plan.counts == {Outcome.HELD: 1}


def test_codes_and_links_have_drop_downs_from_the_hidden_lists(town: Desk, tmp_path: Path) -> None:
    path = template(town, "people", tmp_path)
    book = load_workbook(path)
    assert book[LISTS].sheet_state == "hidden"
    sheet: Any = book["老干部"]
    checks = {
        str(check.sqref).partition(":")[0].rstrip("0123456789"): check
        for check in sheet.data_validations.dataValidation
    }
    columns = {str(cell.value).rstrip("*"): cell.column_letter for cell in sheet[HEAD]}

    def choices(heading: str) -> list[str]:
        place = checks[columns[heading]].formula1.partition("!")[2].replace("$", "")
        return [cell.value for (cell,) in book[LISTS][place]]

    assert choices("性别") == [item.short for item in table("sex").choices]
    assert choices("现管理单位") == ["县水利局", "县人民医院"]
    assert choices("是否孤寡") == ["是", "否"]
    assert checks[columns["性别"]].showErrorMessage
    assert not checks[columns["现管理单位"]].showErrorMessage
    assert checks[columns["身份证号"]].type == "custom"


def test_numbers_that_excel_would_spoil_are_text_and_rules_are_told_twice(town: Desk, tmp_path: Path) -> None:
    book = load_workbook(template(town, "people", tmp_path))
    sheet: Any = book["老干部"]
    columns = {str(cell.value).rstrip("*"): cell for cell in sheet[HEAD]}
    for heading in ("身份证号", "手机", "账号", "出生年月（档案）", "社保卡号"):
        assert sheet.column_dimensions[columns[heading].column_letter].number_format == "@"
    assert "18 位" in columns["身份证号"].comment.text
    assert "1953.10" in columns["离退休时间"].comment.text
    assert columns["姓名"].value == "姓名*"
    told = [row[0].value for row in book[RULES].iter_rows()]
    assert "「身份证号」" in told


@EVERY
def test_every_choice_is_understood_when_it_is_imported(town: Desk, key: str) -> None:
    with town.read() as session:
        for one in template_columns(session, REGISTERS[key]):
            for choice in () if one.open else one.choices:
                assert one.field.parse(choice) is not None
