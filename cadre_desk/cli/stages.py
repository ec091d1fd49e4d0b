"""How far long work is, on stderr: counted up in place on a terminal, elsewhere one line a stage."""

from __future__ import annotations

import sys


class Stages:
    """Called with what is done now, done, of how many (0: not known)."""

    def __init__(self) -> None:
        """No stage yet."""
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Tell of it: a new stage begins a line."""
        new = stage != self._stage
        if sys.stderr.isatty():
            count = f"{done}/{total}" if total else f"{done}"
            ahead = "\r" if self._stage and not new else "\n" if self._stage else ""
            sys.stderr.write(f"{ahead}{stage} {count}")
            if total and done == total:
                sys.stderr.write("\n")
                stage = ""
        elif new:
            sys.stderr.write(f"{stage}\n")
        sys.stderr.flush()
        self._stage = stage
