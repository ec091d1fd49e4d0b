"""Ledgers for the tests of what stores and undoes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cadre_desk.db.desk import Desk
from tests.db.hand_ledger import HandLedger, cheap_secrets, make_ledger
from tests.ledgers import empty_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty ledger, open."""
    found = empty_desk(tmp_path / "a.cdesk")
    yield found
    found.close()


@pytest.fixture
def keys_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own, for keys that are cheap to make."""
    folder = tmp_path / "home"
    cheap_secrets(monkeypatch, folder)
    return folder


@pytest.fixture
def hand(tmp_path: Path, keys_home: Path) -> HandLedger:
    """A sealed ledger in an office's folder."""
    return make_ledger(tmp_path / "office", keys_home)
