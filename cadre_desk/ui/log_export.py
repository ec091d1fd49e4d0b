"""The log for whoever maintains the program: numbers and quoted names are covered before it leaves."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from cadre_desk.db.durable import write_durably
from cadre_desk.db.places import data_folder

#: Where the program writes its log, the newest file first.
FILES: Final = "desk.log*"
_NUMBER: Final = re.compile(r"\d{5,}[0-9Xx]?")
_QUOTED: Final = re.compile(r"([「“『\"'])([^「」“”『』\"'\n]*[一-鿿㐀-䶿][^「」“”『』\"'\n]*)([」”』\"'])")
_HOME: Final = re.compile(r"(?<![\w.])(?:[A-Za-z]:[\\/]|/)(?:[^\s\"'“”「」:]+[\\/])+")


def masked(text: str) -> str:
    """The log without long numbers, quoted Chinese words and folders; the rest says where it went wrong."""
    text = _HOME.sub("…/", text)
    text = _QUOTED.sub(lambda found: f"{found[1]}{'*' * len(found[2])}{found[3]}", text)
    return _NUMBER.sub(lambda found: "*" * len(found[0]), text)


def log_files(home: Path | None = None) -> list[Path]:
    """The log's files, the newest first."""
    return sorted((home or data_folder()).joinpath("logs").glob(FILES))


def export_log(target: Path, home: Path | None = None) -> int:
    """Write the masked log to one file that only its owner reads; answers how many lines it has.

    Raises:
        OSError: the file can't be written.
    """
    parts = [masked(path.read_text("utf-8", errors="replace")) for path in reversed(log_files(home))]
    whole = "".join(parts) or "日志是空的：还没有出过差错。\n"
    write_durably(target, whole.encode())
    return len(whole.splitlines())
