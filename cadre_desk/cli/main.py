"""The parser of all verbs, and how errors end: one clear sentence, nothing changed, exit 2."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence

from cadre_desk import __version__
from cadre_desk.cli import imports, ledgers, looking, papers, rounds
from cadre_desk.cli.arguments import Parser
from cadre_desk.cli.telling import Exit, note
from cadre_desk.domain.errors import UserError, why_not

_LOG = logging.getLogger(__name__)


def parser() -> argparse.ArgumentParser:
    """The command line of design section 5."""
    found = Parser(prog="cadre-desk", description="老干部台账。不带参数时打开窗口。")
    found.add_argument("--version", action="version", version=__version__)
    verbs = found.add_subparsers(metavar="VERB", required=True)
    for room in (ledgers, imports, looking, papers, rounds):
        room.add_to(verbs)
    return found


def run(argv: Sequence[str]) -> int:
    """Do one verb; answers the exit code."""
    arguments = parser().parse_args(argv)
    try:
        code = int(arguments.verb(arguments))
        sys.stdout.flush()
    except UserError as error:
        note(str(error))
    except BrokenPipeError:
        _let_go_of_output()
        return int(Exit.DONE)
    except OSError as error:
        note(f"「{error.filename or '文件'}」读写不了：{why_not(error)}。台账没有改动。")
    except Exception as error:  # noqa: BLE001 - no traceback reaches a clerk; it goes to the log
        _LOG.exception("fault in %s", argv[0] if argv else "")
        note(f"程序出了差错（{type(error).__name__}），台账没有改动；详情在日志里。")
    else:
        return code
    return int(Exit.REFUSED)


def _let_go_of_output() -> None:
    """Who read (a pager, head) has gone: what is still to be written goes nowhere, without a word."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
