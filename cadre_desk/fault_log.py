"""Faults go to a file in the data folder with their trace; nobody sees one on a screen."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Final

from cadre_desk.db.places import data_folder

_LOG = logging.getLogger(__name__)
#: A file of the log holds so many bytes, and so many older ones are kept.
_LOG_BYTES, _LOG_FILES = 1_000_000, 5
_FORM: Final = "%(asctime)s %(levelname)s %(name)s %(message)s"


def log_file() -> Path:
    """Where faults are written now."""
    return data_folder() / "logs" / "desk.log"


def keep_log() -> None:
    """From now on warnings and faults are written down; where the folder can't be written, nowhere."""
    file = log_file()
    keeper: logging.Handler = logging.NullHandler()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        keeper = RotatingFileHandler(
            file, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8", delay=True
        )
        keeper.setFormatter(logging.Formatter(_FORM))
    except OSError:
        # A full or locked disk must not keep the ledger shut.
        keeper = logging.NullHandler()
    logging.getLogger().addHandler(keeper)

    def fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _LOG.critical("fault", exc_info=(kind, error, trace))

    sys.excepthook = fault
