"""`cadre-desk`: without a verb the window, with one the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Open the desk (on the ledger named, if one is), or do a verb; answers the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0].endswith(".cdesk"):
        from cadre_desk.app import open_desk

        return open_desk(words)
    from cadre_desk.cli.main import run

    return run(words)


if __name__ == "__main__":
    sys.exit(main())
