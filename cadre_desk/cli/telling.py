"""How a verb tells its result, as text or JSON, and the ways a verb can end."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from enum import IntEnum
from typing import Any


class Exit(IntEnum):
    """How a verb ended."""

    DONE = 0
    LOOK = 1
    REFUSED = 2


Verb = Callable[[argparse.Namespace], Exit]


def say(text: str) -> None:
    """Write a line of the result."""
    sys.stdout.write(f"{text}\n")


def note(text: str) -> None:
    """Write a line about the work, beside the result."""
    sys.stderr.write(f"{text}\n")


def say_json(document: Any) -> None:
    """Write the one JSON document of a verb."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
