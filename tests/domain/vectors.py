"""The shared vectors, as they were handed over (tests/data/vectors)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

_FOLDER: Final = Path(__file__).parents[1] / "data" / "vectors"


def vectors(name: str) -> Any:
    """What one vector file holds: vectors("lunar/lunar_birthdays")."""
    return json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
