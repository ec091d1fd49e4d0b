"""How a verb opens its ledger: who it is for, and where the password comes from."""

from __future__ import annotations

import argparse
import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cadre_desk.db import ledger
from cadre_desk.db.ledger import Ledger
from cadre_desk.db.vault import Vault
from cadre_desk.domain.errors import UserError, why_not


def add_ledger(parser: argparse.ArgumentParser) -> None:
    """Take the ledger and who opens it."""
    parser.add_argument("ledger", type=Path, metavar="LEDGER", help="台账文件（.cdesk）")
    parser.add_argument("--user", default=os.environ.get("CADRE_DESK_USER", ""), help="使用人")
    parser.add_argument("--password-file", type=Path, metavar="F", help="口令文件（取第一行）")
    parser.add_argument("--json", action="store_true", help="结果写成一份 JSON")


@contextmanager
def opened(arguments: argparse.Namespace) -> Iterator[Ledger]:
    """The ledger of the arguments, open."""
    book = ledger.open_ledger(arguments.ledger, unlock_of(arguments), user=arguments.user)
    if book.is_demo and not arguments.user:
        book.desk.user = _first_user(book)
    try:
        yield book
    finally:
        book.close()


def _first_user(book: Ledger) -> str:
    with book.desk.read() as session:
        return ledger.first_user(session)


def unlock_of(arguments: argparse.Namespace) -> ledger.Unlock:
    """How the arguments open a vault: a demo by itself, others by user and password."""

    def unlock(vault: Vault) -> bytes:
        if vault.is_open:
            return vault.unlock_open()
        if not arguments.user:
            known = "、".join(user.name for user in vault.users)
            raise UserError(f"请用 --user 或 CADRE_DESK_USER 说明是谁打开。本台账的使用人：{known}。")
        return vault.unlock_password(arguments.user, password(arguments.password_file))

    return unlock


def password(file: Path | None) -> str:
    """The password from a file's first line, the environment or a prompt, never from the argument list."""
    if file is not None:
        return first_line(file)
    named = os.environ.get("CADRE_DESK_PASSWORD")
    return named if named is not None else getpass.getpass("口令：")


def first_line(file: Path) -> str:
    """The first line of a small text file.

    Raises:
        UserError: it can't be read.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise UserError(f"读不了「{file.name}」：{why_not(error)}。") from error
    except UnicodeDecodeError as error:
        raise UserError(f"「{file.name}」不是文本文件，读不出第一行。") from error
    return lines[0] if lines else ""
