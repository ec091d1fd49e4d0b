"""The demo county goes as it came: in one step and wholly. Nothing but a demo can be wiped."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from cadre_desk.actions import recent
from cadre_desk.db.ledger_lock import LedgerInUse, holder
from cadre_desk.db.places import backups_beside, data_folder, keys_at_home, keys_beside, lock_beside
from cadre_desk.db.restore import COMPANIONS
from cadre_desk.db.vault import Vault
from cadre_desk.domain.errors import UserError


def wipe_demo(ledger: Path, home: Path | None = None) -> None:
    """Delete a demo ledger with its keys and its backups; it must not be open.

    Raises:
        UserError: it is a real ledger, it is open somewhere, or the disk refuses.
    """
    vault = Vault.find(ledger, home=home)
    if not vault.is_open:
        raise UserError(f"“{ledger.name}”不是示范县，里面是真实数据，不能清除。台账没有动。")
    using = holder(ledger)
    if using is not None:
        raise LedgerInUse(ledger, using)
    try:
        for ending in (*COMPANIONS, ""):
            ledger.with_name(ledger.name + ending).unlink(missing_ok=True)
    except OSError as error:
        raise UserError(f"“{ledger.name}”删不掉（{error.strerror}）。请关掉用着它的程序再试。") from error
    for companion in (
        keys_beside(ledger),
        lock_beside(ledger),
        keys_at_home(home or data_folder(), vault.ledger_id),
    ):
        with suppress(OSError):
            companion.unlink(missing_ok=True)
    shutil.rmtree(backups_beside(ledger), ignore_errors=True)
    recent.forget(ledger, home)
