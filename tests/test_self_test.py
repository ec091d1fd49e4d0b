"""The program's own trial, from the source tree; `start.py package` runs the same in the frozen program."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from cadre_desk import __main__, fault_log, self_test
from cadre_desk.domain.errors import UserError
from cadre_desk.self_test import STEPS, Trial, ink, run
from tooling.steps import ROOT


def test_the_program_tries_itself_out_and_leaves_nothing_behind(home: Path, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "cadre_desk", "--self-test"],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(temporary), "TEMP": str(temporary)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line[0] for line in lines[:-1]] == ["✓"] * len(STEPS)
    assert lines[-1] == "自检通过，可以使用。"
    assert list(temporary.iterdir()) == []
    assert list(home.rglob("*.cdesk*")) == []


def test_a_step_that_fails_ends_the_trial_with_its_sentence_and_exit_1(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    reached: list[str] = []

    def fails(_: Trial) -> None:
        raise UserError("这台电脑写不了文件。")

    assert run((("写一个文件", fails), ("再写一个", lambda _: reached.append("再写一个")))) == 1
    said = capsys.readouterr().out
    assert said.startswith("✗ 写一个文件：这台电脑写不了文件。\n自检没有通过")
    assert str(fault_log.log_file()) in said
    assert "Traceback" not in said
    assert "这台电脑写不了文件。" in caplog.text
    assert reached == []


def test_what_nobody_expected_is_told_by_its_kind_and_traced_in_the_log(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_: Trial) -> None:
        raise ModuleNotFoundError("pypinyin")

    assert run((("查拼音", fails),)) == 1
    assert "✗ 查拼音：程序出了差错（ModuleNotFoundError）。" in capsys.readouterr().out
    assert "Traceback" in caplog.text


def test_the_home_of_the_clerk_is_given_back(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CADRE_DESK_HOME", str(tmp_path / "hers"))
    seen: list[str] = []
    assert run((("看", lambda _: seen.append(os.environ["CADRE_DESK_HOME"])),)) == 0
    assert seen != [str(tmp_path / "hers")]
    assert os.environ["CADRE_DESK_HOME"] == str(tmp_path / "hers")


def test_a_blank_page_is_told_from_a_written_one(qtbot: QtBot) -> None:
    blank, written = QWidget(), QLabel("老干部台账 " * 200)
    written.setWordWrap(True)
    for one in (blank, written):
        qtbot.addWidget(one)
        one.resize(600, 400)
    assert ink(blank) < self_test._INK < ink(written)


def test_faults_are_kept_in_the_data_folder_and_not_shown() -> None:
    root, hook = logging.getLogger(), sys.excepthook
    before = list(root.handlers)
    try:
        fault_log.keep_log()
        assert not fault_log.log_file().exists()
        logging.getLogger("x").error("一处差错")
        assert "一处差错" in fault_log.log_file().read_text("utf-8")
    finally:
        for handler in set(root.handlers) - set(before):
            root.removeHandler(handler)
            handler.close()
        sys.excepthook = hook


def test_a_data_folder_that_cannot_be_written_keeps_nobody_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    monkeypatch.setenv("CADRE_DESK_HOME", str(tmp_path / "file" / "home"))
    root, hook = logging.getLogger(), sys.excepthook
    before = list(root.handlers)
    try:
        fault_log.keep_log()
    finally:
        for handler in set(root.handlers) - set(before):
            root.removeHandler(handler)
        sys.excepthook = hook


def test_what_the_frozen_desk_starts_finds_the_libraries_of_the_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = {"LD_LIBRARY_PATH": "/desk/_internal", "LD_LIBRARY_PATH_ORIG": "/office"}
    __main__.let_programs_find_their_own(told)
    assert told["LD_LIBRARY_PATH"] == "/desk/_internal"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    __main__.let_programs_find_their_own(told)
    assert told == {"LD_LIBRARY_PATH": "/office"}
    bare = {"LD_LIBRARY_PATH": "/desk/_internal"}
    __main__.let_programs_find_their_own(bare)
    assert bare == {}


def test_a_windowed_program_without_streams_still_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    __main__.settle_streams()
    sys.stdout.write("nobody reads this")
    assert sys.stderr is sys.stdout
    sys.stdout.close()
