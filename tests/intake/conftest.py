"""Ledgers to import into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cadre_desk.db.desk import Desk
from tests.ledgers import empty_desk, village


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A new ledger that holds nothing."""
    opened = empty_desk(tmp_path / "new.cdesk")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A new ledger that stays empty: for tests that only plan."""
    opened = empty_desk(tmp_path_factory.mktemp("blank") / "blank.cdesk")
    yield opened
    opened.close()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Desk]:
    """A ledger with twelve people, two units, two branches and two places."""
    with village(tmp_path) as ledger:
        yield ledger.desk
