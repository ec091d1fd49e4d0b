"""The files of ``tests/data/vectors``: expectations that others wrote down before the code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent.parent / "data" / "vectors"


def load(name: str) -> Any:
    """The JSON file ``name``."""
    return json.loads((_FOLDER / name).read_text(encoding="utf-8"))
