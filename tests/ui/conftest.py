"""What all tests of windows stand on: garbage is collected in the window's thread, after each test."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from cadre_desk.ui.garbage import keep_to_this_thread


@pytest.fixture(scope="session")
def _imports_stay() -> None:
    """What was imported is never garbage; without it a collection takes a tenth of the time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _only_this_thread_collects(qapp: QApplication, _imports_stay: None) -> Iterator[None]:
    """A widget in a cycle must not be destroyed beside the window, nor during a later test."""
    assert qapp is not None
    keep_to_this_thread()
    gc.disable()
    yield
    gc.collect()
    gc.enable()
