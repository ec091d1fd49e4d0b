from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cadre_desk.cli.main import run
from tests.cli.test_cli import file, told
from tooling.steps import ROOT

__all__ = ["file"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("figures", "x.cdesk", "--year", "99999"), "--year 要写四位数的年份，例如 2025，现在是「99999」。"),
        (("figures", "x.cdesk"), "缺少 --year。"),
        (("register", "x.cdesk", "people", "--as-of", "2024-13-01"), "--as-of 要写日期"),
        (("undo", "x.cdesk", "--act", "x"), "--act 要写整数，现在是「x」。"),
        (("import", "x.cdesk", "a.xlsx", "--policy", "no"), "可用的有：fill, overwrite, add-only。"),
        (("nothing",), "没有「nothing」"),
        (("acts", "x.cdesk", "--what"), "不认识「--what」。"),
    ],
)
def test_wrong_words_are_refused_in_one_chinese_sentence(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(words)
    error = capsys.readouterr().err
    assert (ended.value.code, error.count("\n")) == (2, 1)
    assert said in error
    assert "--help" in error


def test_a_ledger_that_is_refused_leaves_no_recovery_code_behind(tmp_path: Path) -> None:
    short, code = tmp_path / "p.txt", tmp_path / "code.txt"
    short.write_text("x\n", encoding="utf-8")
    words = ("new", tmp_path / "a.cdesk", "--office", "局", "--user", "周敏", "--password-file", short)
    assert run([str(word) for word in (*words, "--recovery-file", code)]) == 2
    assert not code.exists()


def test_a_paper_in_a_form_it_has_not_leaves_none_of_the_others(file: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "card.pdf"
    asked = ("paper", file, "card", "--person", "1", "--pdf", pdf, "--xlsx", tmp_path / "card.xlsx")
    assert run([str(word) for word in asked]) == 2
    assert not pdf.exists()


def test_the_yearbook_tells_its_files_as_json(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = told(capsys, "yearbook", file, "--year", "2025", "--xlsx", tmp_path / "y.xlsx")
    assert [(one["file"], one["title"]) for one in made] == [(str(tmp_path / "y.xlsx"), "2025年统计年报")]


def test_without_a_screen_the_desk_says_so(tmp_path: Path) -> None:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    env = {key: value for key, value in os.environ.items() if key not in names} | {"HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "cadre_desk"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "没有图形桌面" in done.stderr
