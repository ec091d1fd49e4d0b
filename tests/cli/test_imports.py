"""The verb import: templates, decisions, the register of imports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from cadre_desk.cli.main import run
from tests.ledgers import village


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The village's ledger, closed."""
    monkeypatch.setenv("CADRE_DESK_TODAY", "2026-01-26")
    book = village(tmp_path)
    book.close()
    return book.path


def told(capsys: pytest.CaptureFixture[str], *argv: str | Path, code: int = 0) -> Any:
    """The JSON that a verb writes."""
    capsys.readouterr()
    assert run([str(word) for word in (*argv, "--json")]) == code
    return json.loads(capsys.readouterr().out)


def roster(path: Path, *rows: list[object]) -> Path:
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_a_template_is_written_for_any_register_that_takes_rosters(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blank = tmp_path / "单位.xlsx"
    written = told(capsys, "import", file, "--template", blank, "--register", "units")
    assert written["register"] == "units"
    assert load_workbook(blank)["管理单位"].max_column == written["columns"] + 1
    assert told(capsys, "import", file, blank, "--register", "units")["verdict"] == "empty_template"
    assert run(["import", str(file), "--template", str(tmp_path / "x.xlsx"), "--register", "acts"]) == 2
    assert "不能导入" in capsys.readouterr().err
    assert not (tmp_path / "x.xlsx").exists()


def test_neither_file_nor_template_is_refused(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(file)]) == 2
    assert "哪个文件" in capsys.readouterr().err


def test_decisions_settle_what_was_held_and_the_import_is_on_record(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head: list[object] = ["姓名", "身份证号", "出生年月"]
    path = roster(tmp_path / "名册.xlsx", head, ["秦守义", None, 1953.1], ["左玉梅", None, "1950.2"])
    problems = tmp_path / "待处理.xlsx"
    seen = told(capsys, "import", file, path, "--dry-run", code=1)["sheets"][0]
    assert (seen["new"], seen["held"], seen["questions"][0]["rows"]) == (1, 1, [2])
    decisions = tmp_path / "决定.json"
    decisions.write_text(
        json.dumps({"columns": [{"sheet": seen["sheet"], "column": "C", "month": 10}]}), encoding="utf-8"
    )
    done = told(capsys, "import", file, path, "--decisions", decisions, "--problems", problems, code=1)
    assert done["sheets"][0]["new"] == 2
    assert not problems.exists()
    row = told(capsys, "register", file, "imports")["rows"][0]["values"]
    assert (row["file"], row["new"], row["undone"]) == ("名册.xlsx", 2, False)
    assert run(["undo", str(file)]) == 0
    assert told(capsys, "register", file, "imports")["rows"][0]["values"]["undone"] is True


def test_decisions_that_cannot_be_read_change_nothing(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = roster(tmp_path / "名册.xlsx", ["姓名", "出生年月"], ["秦守义", "1953.07"])
    for text in ("{", '{"rows": [{"row": 1}]}'):
        (tmp_path / "d.json").write_text(text, encoding="utf-8")
        assert run(["import", str(file), str(path), "--decisions", str(tmp_path / "d.json")]) == 2
        assert "没有写入" in capsys.readouterr().err
    assert told(capsys, "register", file, "imports")["count"] == 0


def test_progress_is_told_in_stages_and_rows_left_out_are_told_as_such(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people: list[list[object]] = [
        [f"秦守{one}", f"1940.{place % 12 + 1}"] for place, one in enumerate("甲乙丙丁" * 40)
    ]
    path = roster(tmp_path / "名册.xlsx", ["姓名", "出生年月"], *people, ["左玉#", "1950.2"])
    decisions = tmp_path / "决定.json"
    decisions.write_text(
        json.dumps({"rows": [{"sheet": "Sheet", "row": 162, "out": True}]}), encoding="utf-8"
    )
    capsys.readouterr()
    run(["import", str(file), str(path), "--decisions", str(decisions)])
    told = capsys.readouterr()
    assert told.err.count("写入台账") == 1
    assert "/" not in told.err
    assert "待处理 0　不导入 1" in told.out


def test_a_row_without_a_name_comes_back_though_no_other_is_held(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = roster(
        tmp_path / "名册.xlsx",
        ["姓名", "身份证号", "电话"],
        ["秦守义", None, "13900001111"],
        [None, "11010519491231002X", "13900002222"],
    )
    problems = tmp_path / "待处理.xlsx"
    told(capsys, "import", file, path, "--problems", problems, code=1)
    assert load_workbook(problems).worksheets[0].max_row > 1
