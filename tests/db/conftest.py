"""Ledgers for the tests of what stores and undoes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cadre_desk.db.desk import Desk
from tests.ledgers import empty_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty ledger, open."""
    found = empty_desk(tmp_path / "a.cdesk")
    yield found
    found.close()
