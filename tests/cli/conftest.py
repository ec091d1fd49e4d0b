"""The village, open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cadre_desk.db.ledger import Ledger
from tests.ledgers import village


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Ledger]:
    """The village's ledger."""
    found = village(tmp_path)
    yield found
    found.close()
