"""The verb round: a round from rules, tried first, then made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cadre_desk.cli.main import run
from tests.ledgers import village


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CADRE_DESK_TODAY", "2026-01-26")
    book = village(tmp_path)
    book.close()
    return book.path


def told(capsys: pytest.CaptureFixture[str], *argv: str | Path, code: int = 0) -> Any:
    capsys.readouterr()
    assert run([str(word) for word in (*argv, "--json")]) == code
    return json.loads(capsys.readouterr().out)


def test_a_round_is_tried_and_then_made(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = ("--rule", "离休", "--rule", "age=85", "--amount", "600", "--amount", "离休=1500")
    by_hand = ("--add", "秦友谊=家庭变故", "--exclude", "欧阳德厚=本人谢绝")
    asked = ("round", file, "--occasion", "春节", *rules, *by_hand)
    tried = told(capsys, *asked, "--dry-run", code=1)
    assert tried["round"] is None
    assert [(one["name"], one["reason"], one["cash"]) for one in tried["people"]] == [
        ("于敬之", "离休、85+", "1500.00"),
        ("王𬭎远", "85+", "600.00"),
        ("秦友谊", "家庭变故", "600.00"),
        ("卜兰芝", "85+", "600.00"),
    ]
    assert [(one["name"], one["why"]) for one in tried["left_out"]] == [("欧阳德厚", "本人谢绝")]
    made = told(capsys, *asked, code=1)
    assert made == {**tried, "round": 1}
    rows = told(capsys, "register", file, "rounds")["rows"]
    assert [row["values"]["title"] for row in rows] == ["青岚县离退休干部2026年春节慰问"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--occasion", "生辰八字"), "没有「生辰八字」这个时机"),
        (("--rule", "富裕"), "没有「富裕」这条规则"),
        (("--rule", "age=old"), "等号后面要写整数"),
        (("--rule", "last"), "以前没有同一时机的批次"),
        (("--view", "没有的"), "没有「没有的」这个视图"),
        (("--rule", "lixiu"), "没有慰问金"),
        (("--rule", "lixiu", "--add", "张建国=困难"), "有 2 个「张建国」"),
        (("--rule", "lixiu", "--exclude", "于敬之", "--amount", "600"), "不列入要写原因"),
    ],
)
def test_a_refusal_is_one_sentence(
    words: tuple[str, ...], sentence: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["round", str(file), *words]) == 2
    assert sentence in capsys.readouterr().err
    assert told(capsys, "register", file, "rounds")["count"] == 0
