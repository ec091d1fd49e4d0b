from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from cadre_desk.cli.main import run
from cadre_desk.cli.stages import Stages
from cadre_desk.db import keyslots, ledger
from cadre_desk.db.keyslots import Kdf
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.models import Person, Round, Visit
from tests.ledgers import village
from tooling.steps import ROOT


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The village's ledger, closed."""
    monkeypatch.setenv("CADRE_DESK_TODAY", "2026-01-26")
    book: Ledger = village(tmp_path)
    book.close()
    return book.path


def told(capsys: pytest.CaptureFixture[str], *argv: str | Path, code: int = 0) -> Any:
    """The JSON that a verb writes, and nothing else."""
    capsys.readouterr()
    assert run([str(word) for word in (*argv, "--json")]) == code
    return json.loads(capsys.readouterr().out)


def test_registers_and_their_fields_are_listed(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = {one["key"]: one for one in told(capsys, "registers", file)}
    assert found["people"]["count"] == 12
    kinds = {field["key"]: field for field in found["people"]["fields"]}
    assert (kinds["id_no"]["kind"], kinds["id_no"]["sensitive"], kinds["name"]["sensitive"]) == (
        "id_number",
        True,
        False,
    )


def test_a_register_is_told_masked_unless_asked_and_that_is_logged(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = (
        "register",
        file,
        "people",
        "--text",
        "wang",
        "--columns",
        "name,id_no,phone,birth_archive,retire_type",
    )
    found = told(capsys, *asked)
    assert found["count"] == 1
    values = found["rows"][0]["values"]
    assert values["id_no"] == "110105********001X"[:14] + values["id_no"][14:]
    assert "*" in values["phone"]
    assert values["birth_archive"] == "1936-02"
    assert values["retire_type"] == {"code": "2", "label": "退休"}
    plain = told(capsys, *asked, "--unmasked")["rows"][0]["values"]
    assert plain["phone"] == "13996185678"
    assert "*" not in plain["id_no"]


def test_conditions_and_past_days_narrow(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, "register", file, "people", "--where", "sex = 女", "--where", "age >= 80")
    assert {row["values"]["name"] for row in found["rows"]} == {"卜兰芝", "马淑华"}
    assert found["conditions"] == ["女", "周岁 80 及以上"]
    past = told(capsys, "register", file, "people", "--where", "status = 在册", "--as-of", "2024-12-30")
    assert (past["count"], past["as_of"]) == (10, "2024-12-30")


def test_a_register_leaves_as_excel_pdf_and_csv_with_batch_numbers(file: Path, tmp_path: Path) -> None:
    out = [tmp_path / name for name in ("a.xlsx", "a.pdf", "a.csv")]
    assert (
        run(
            [
                "register",
                str(file),
                "people",
                "--xlsx",
                str(out[0]),
                "--pdf",
                str(out[1]),
                "--csv",
                str(out[2]),
            ]
        )
        == 0
    )
    assert "王𬭎远" in "".join(page.extract_text() for page in PdfReader(out[1]).pages)
    assert load_workbook(out[0]).active is not None
    assert "古丽努尔·阿卜杜热合曼" in out[2].read_text(encoding="utf-8-sig")


def test_figures_come_with_their_names(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, "figures", file, "--year", "2025", "--key", "person.lixiu", "--names")
    assert [(one["value"], [name["label"] for name in one["names"]]) for one in found] == [(1, ["于敬之"])]
    assert len(told(capsys, "figures", file, "--year", "2025")) >= 12


def test_acts_are_listed_undone_and_come_back(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    titles = [act["title"] for act in told(capsys, "acts", file)]
    assert titles == ["录入老干部", "建账"]
    assert told(capsys, "undo", file) == {"undone": "录入老干部"}
    assert told(capsys, "register", file, "people")["count"] == 0
    acts = told(capsys, "acts", file)
    assert (acts[0]["undoes"], acts[1]["undone_by"]) == (acts[1]["id"], acts[0]["id"])
    assert told(capsys, "undo", file, "--act", str(acts[0]["id"])) == {"undone": "撤销：录入老干部"}
    assert told(capsys, "register", file, "people")["count"] == 12


def test_check_finds_what_is_worth_a_look(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, "check", file)
    assert (found["integrity"], found["journal"], found["schema"], found["findings"]) == ("ok", "ok", 1, [])
    assert found["counts"]["person"] == 12
    book = ledger.open_ledger(file, ledger.openly, user="周敏")
    with book.desk.unit("改坏一处") as session:
        session.execute(
            sa.update(Person).where(Person.name == "单国栋").values(branch_id=None, party_join=None)
        )
    book.close()
    found = told(capsys, "check", file, code=1)
    assert {(one["rule"], one["severity"], one["register"]) for one in found["findings"]} == {
        ("branch_id", "warn", "people"),
        ("party_join", "warn", "people"),
    }


def test_papers_are_listed_and_made(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys = [one["key"] for one in told(capsys, "papers", file)]
    assert keys[:4] == ["visit_roster", "receipt", "need", "inspection"]
    assert keys[4:] == ["card", "branch_roster", "birthdays", "t1", "t2", "t3"]
    card = tmp_path / "card.pdf"
    made = told(capsys, "paper", file, "card", "--person", "1", "--pdf", card)
    assert (made[0]["batch"], made[0]["title"]) == ("KP-2026-0001", "离退休干部登记卡")
    assert "王𬭎远" in PdfReader(card).pages[0].extract_text()
    branch = tmp_path / "branch.xlsx"
    told(capsys, "paper", file, "branch_roster", "--branch", "1", "--xlsx", branch)
    assert branch.stat().st_size > 5000


def test_the_yearbook_balances(file: Path, tmp_path: Path) -> None:
    book = tmp_path / "y.xlsx"
    assert (
        run(["yearbook", str(file), "--year", "2025", "--xlsx", str(book), "--pdf", str(tmp_path / "y.pdf")])
        == 0
    )
    names = load_workbook(book).sheetnames
    assert [name[:5] for name in names[:3]] == ["离休干部基", "退休干部基", "离退休干部"]
    text = PdfReader(tmp_path / "y.pdf").pages[2].extract_text()
    assert "12＝11＋1－0" in text.replace(" ", "")


def test_a_backup_is_restored_elsewhere_and_counted(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = told(capsys, "backup", file, tmp_path / "stick")
    assert made["ok"] is True
    target = tmp_path / "new" / "a.cdesk"
    target.parent.mkdir()
    restored = told(capsys, "restore", made["file"], target)
    assert (restored["saved"], restored["counts"]["person"]) == (None, 12)
    assert told(capsys, "register", target, "people")["count"] == 12


def test_a_real_ledger_is_made_with_a_password_and_a_recovery_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(keyslots, "DEFAULT_KDF", Kdf(1, 8, 1))
    password, recovery, file = tmp_path / "p", tmp_path / "r", tmp_path / "局.cdesk"
    password.write_text("兰桂齐芳2026年\n", encoding="utf-8")
    new = ["new", str(file), "--office", "青岚县老干部局", "--user", "周敏", "--password-file", str(password)]
    assert run([*new, "--recovery-file", str(recovery)]) == 0
    if os.name == "posix":
        assert stat.S_IMODE(recovery.stat().st_mode) == 0o600
    assert run([*new, "--recovery-file", str(recovery)]) == 2
    monkeypatch.setenv("CADRE_DESK_PASSWORD", "兰桂齐芳2026年")
    assert told(capsys, "register", file, "users", "--user", "周敏")["count"] == 1
    monkeypatch.setenv("CADRE_DESK_PASSWORD", "不对的口令啊")
    capsys.readouterr()
    assert run(["acts", str(file), "--user", "周敏"]) == 2
    assert "口令不对" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("register", "FILE", "nobody"), "没有「nobody」"),
        (("register", "FILE", "people", "--where", "sex ~ 1"), "看不懂"),
        (("paper", "FILE", "receipt", "--pdf", "x.pdf"), "--round"),
        (("paper", "FILE", "receipt", "--round", "77", "--pdf", "x.pdf"), "不在台账里"),
        (("paper", "FILE", "nothing"), "没有「nothing」"),
        (("figures", "FILE", "--year", "2025", "--key", "no"), "没有「no」"),
        (("undo", "FILE", "--act", "999"), "没有第 999 号"),
        (("acts", "MISSING"), "没有找到"),
        (("import", "FILE", "MISSING.xlsx"), "没有这个文件"),
        (("paper", "FILE", "receipt", "--round", "abc", "--pdf", "x.pdf"), "要写编号"),
        (("paper", "FILE", "t3", "--year", "20x5", "--pdf", "x.pdf"), "四位数的年份"),
        (("paper", "FILE", "birthdays", "--month", "13", "--pdf", "x.pdf"), "例如 2026-02"),
        (("paper", "FILE", "t3", "--year", "2025", "--pdf", "."), "那是一个文件夹"),
        (("register", "FILE", "people", "--csv", "."), "那是一个文件夹"),
        (("yearbook", "FILE", "--year", "2025", "--xlsx", "."), "那是一个文件夹"),
    ],
)
def test_a_refusal_is_one_sentence_on_stderr_and_exit_2(
    file: Path, words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    capsys.readouterr()
    named = {
        "FILE": str(file),
        "MISSING": str(tmp_path / "no.cdesk"),
        "MISSING.xlsx": str(tmp_path / "MISSING.xlsx"),
    }
    assert run([named.get(word, word) for word in words]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error


def test_a_roster_is_imported_as_one_act_and_undone_as_one(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["青岚县离退休干部名册"])
    page.append(["序号", "姓名", "性别", "出生年月", "身份证号码", "联系电话"])
    page.append([1, "冯志强", "男", "1934.12", "", "13700007725"])
    page.append([2, "丁茂才", "男", "1941.8", "", "13600001111"])
    page.append([3, "左玉梅", "女", "1942.01", "5.00101E+17", ""])
    roster = tmp_path / "名册.xlsx"
    book.save(roster)
    plan = told(capsys, "import", file, roster, "--dry-run", code=1)["sheets"][0]
    assert (plan["verdict"], plan["header_rows"], plan["persons"]) == ("roster", [2], 3)
    assert (plan["new"], plan["fill"], plan["held"]) == (1, 1, 1)
    assert told(capsys, "register", file, "people")["count"] == 12
    problems = tmp_path / "待处理.xlsx"
    told(capsys, "import", file, roster, "--problems", problems, code=1)
    assert problems.exists()
    assert told(capsys, "register", file, "people")["count"] == 13
    told(capsys, "undo", file)
    assert told(capsys, "register", file, "people")["count"] == 12


def test_conditions_are_written_with_signs_or_in_chinese(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def names(where: str) -> set[str]:
        found = told(capsys, "register", file, "people", "--where", where, "--columns", "name")
        return {row["values"]["name"] for row in found["rows"]}

    for sign, word in (("=", "等于"), ("!=", "不等于")):
        assert names(f"sex {sign} 女") == names(f"性别 {word} 女") != set()
    for sign, word in ((">", "大于"), (">=", "大于等于"), ("<", "小于"), ("<=", "小于等于")):
        assert names(f"age {sign} 80") == names(f"age {word} 80")
    assert names("age > 80") | names("age = 80") == names("age >= 80")
    assert names("age < 80") | names("age = 80") == names("age <= 80")
    assert not names("age > 80") & names("age <= 80")
    assert names("name 包含 兰") == {"卜兰芝"}
    assert names("phone 为空") | names("phone 不为空") == names("age >= 0")


def test_a_wrong_comparison_is_told_which_there_are_and_help_names_them(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["register", str(file), "people", "--where", "age 超过 80"]) == 2
    said = capsys.readouterr().err
    assert all(word in said for word in ("= 等于", ">= 大于等于", "contains 包含", "filled 不为空"))
    assert run(["register", str(file), "people", "--where", "age >="]) == 2
    assert "缺少值" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run(["register", "--help"])
    assert "不等于" in capsys.readouterr().out


def test_a_round_whose_receipt_is_out_is_undone_only_on_insistence(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = ledger.open_ledger(file, ledger.openly, user="周敏")
    with book.desk.unit("建立批次") as session:
        made = Round(title="2026年春节慰问", year=2026, occasion="1", rule="全部", day=date(2026, 1, 26))
        session.add(made)
        session.flush()
        day = date(2026, 1, 26)
        session.add(Visit(round_id=made.id, person_id=1, serial=1, reason="春节慰问", cash=50000, booked=day))
    book.close()
    assert run(["paper", str(file), "receipt", "--round", "1", "--pdf", str(tmp_path / "a.pdf")]) == 0
    capsys.readouterr()
    assert run(["undo", str(file)]) == 2
    said = capsys.readouterr().err
    assert "这一批的签领表已于 1月26日导出（FF-2026-0001），撤销后纸上与台账不符。" in said
    assert "--even-so" in said
    assert told(capsys, "register", file, "rounds")["count"] == 1
    assert told(capsys, "undo", file, "--even-so") == {"undone": "建立批次"}
    assert told(capsys, "register", file, "rounds")["count"] == 0


def test_a_check_up_names_fields_in_words_and_tells_namesakes_apart(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = ledger.open_ledger(file, ledger.openly, user="周敏")
    with book.desk.unit("改坏") as session:
        one, other = session.scalars(sa.select(Person).order_by(Person.id).limit(2))
        other.name, other.id_no, other.last_unit = one.name, None, "县医院"
        other.status = "2"
    book.close()
    said = [one["text"] for one in told(capsys, "check", file, code=1)["findings"]]
    assert "王𬭎远（县医院）的在册状态与增减变动不一致。" in said
    assert not any("「status」" in text for text in said)


@pytest.mark.parametrize("where", ["file", "terminal"])
def test_long_work_tells_its_stages_once_where_there_is_no_terminal(
    where: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = where == "terminal"
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal, raising=False)
    stages = Stages()
    for stage in ("人员", "变动"):
        for done in range(1, 4):
            stages(stage, done, 3)
    told_of = capsys.readouterr().err
    assert told_of.count("\n") == 2
    assert ("人员 2/3" in told_of) is terminal
    assert terminal or told_of == "人员\n变动\n"


def test_a_verb_whose_reader_has_gone_ends_in_silence(file: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    words = [sys.executable, "-m", "cadre_desk", "acts", str(file)]
    done = subprocess.run(words, stdout=writer, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")
