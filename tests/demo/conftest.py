"""The county, built once for all tests that only read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from cadre_desk.db.desk import Desk
from cadre_desk.demo.county import Counts, build
from cadre_desk.demo.scale import Size
from tests.ledgers import empty_desk


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Counts]]:
    """The whole county and what its building answered."""
    desk = empty_desk(tmp_path_factory.mktemp("county") / "county.cdesk")
    yield desk, build(desk)
    desk.close()


@pytest.fixture
def county(built: tuple[Desk, Counts]) -> Iterator[Session]:
    """A reading session of the county."""
    with built[0].read() as session:
        yield session


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Desk]:
    """A county of sixty people that a test may change."""
    desk = empty_desk(tmp_path / "village.cdesk")
    build(desk, size=Size.VILLAGE)
    yield desk
    desk.close()
