"""`cadre-desk`: without a verb the window, with one the command line, with --self-test its own trial."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import MutableMapping, Sequence
from pathlib import Path

from cadre_desk.fault_log import keep_log


def main(argv: Sequence[str] | None = None) -> int:
    """Open the desk (on the ledger named, if one is), or do a verb; answers the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    settle_streams()
    let_programs_find_their_own(os.environ)
    keep_log()
    if not words or words[0].endswith(".cdesk"):
        from cadre_desk.app import open_desk

        return open_desk(words)
    if words[0] == "--self-test":
        from cadre_desk.self_test import run as try_out

        return try_out()
    from cadre_desk.cli.main import run

    return run(words)


def settle_streams() -> None:
    """A console that can't show a character shows the rest; without a console all goes nowhere."""
    if sys.stdout is None:  # Windows gives a windowed program no streams at all
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open as long as the program
    if sys.stderr is None:
        sys.stderr = sys.stdout
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def let_programs_find_their_own(environment: MutableMapping[str, str]) -> None:
    """What the frozen desk starts (a viewer for a paper) loads the system's libraries, not the desk's.

    PyInstaller's loader points LD_LIBRARY_PATH to the desk's folder and keeps what it was beside it.
    """
    if not getattr(sys, "frozen", False):
        return
    before = environment.pop("LD_LIBRARY_PATH_ORIG", None)
    environment.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        environment["LD_LIBRARY_PATH"] = before


if __name__ == "__main__":
    sys.exit(main())
