"""What every test stands on: no screen, nobody's real home, the real date, repeatable invention."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from cadre_desk.db import cipher

# Before Qt is loaded by any test. Tests in a real window start a window system and a program of their own.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

# Two shared cores make a single slow example mean nothing; a failing one is printed, not kept on disk.
# The same tree gives the same examples; HYPOTHESIS_PROFILE=hunt looks for new ones.
settings.register_profile("desk", deadline=None, database=None, print_blob=True, derandomize=True)
settings.register_profile("hunt", parent=settings.get_profile("desk"), derandomize=False, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "desk"))

# Nobody pulls the plug during a test; the one that holds the connections' settings sets this back.
cipher.DURABILITY = "OFF"

#: What the tests in a real window start.
WINDOW_PROGRAMS = ("Xvfb", "openbox", "xdotool")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home for each test: its data folder is not the developer's, nor that of the test before.

    What the desk reads from the environment (user, password, working day) is unset.
    """
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(folder / name.removeprefix("XDG_").lower()))
    for name in os.environ:
        if name.startswith("CADRE_DESK_") and name != "CADRE_DESK_MISSING_PACKAGES":
            monkeypatch.delenv(name)
    return folder


@pytest.fixture(scope="session")
def window_programs() -> None:
    """For tests in a real window: fails where a program is missing that start.py should have installed.

    Only where start.py said that it could not install something does such a test skip.
    """
    missing = [name for name in WINDOW_PROGRAMS if shutil.which(name) is None]
    if missing and os.environ.get("CADRE_DESK_MISSING_PACKAGES"):
        pytest.skip(f"not installed, and start.py may not install: {', '.join(missing)}")
    if missing:
        pytest.fail(f"not installed: {', '.join(missing)}; run python3 start.py test")
