"""What a roster of people tells besides: contacts and bank accounts, held against those the ledger has."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db.models import BankAccount, Contact
from cadre_desk.domain import codes
from cadre_desk.domain.errors import Severity
from cadre_desk.intake.candidates import Candidate
from cadre_desk.intake.matching import Known

_BATCH: Final = 900
_NOT_DIGIT: Final = re.compile(r"\D+")
Values = dict[str, Any]


class Besides:
    """The contacts and accounts of those whom a plan means; two queries, however many rows there are."""

    def __init__(self, session: Session, persons: Sequence[int], *, wanted: bool) -> None:
        self._contacts: dict[int, list[Values]] = defaultdict(list)
        self._accounts: dict[int, list[Values]] = defaultdict(list)
        for start in range(0, len(persons) if wanted else 0, _BATCH):
            some = persons[start : start + _BATCH]
            contacts = sa.select(Contact.person_id, Contact.name, Contact.phone).where(
                Contact.person_id.in_(some)
            )
            for person, name, phone in session.execute(contacts):
                self._contacts[person].append({"name": name, "phone": phone})
            accounts = sa.select(BankAccount.person_id, BankAccount.card_no).where(
                BankAccount.person_id.in_(some), BankAccount.until.is_(None)
            )
            for person, card in session.execute(accounts):
                self._accounts[person].append({"card_no": card})
        self._rows: dict[int, tuple[list[Values], list[Values]]] = {}

    def missing(self, known: Known, one: Candidate) -> tuple[tuple[Values, ...], tuple[Values, ...]]:
        """The contacts and the accounts that a row tells and nobody knows yet."""
        contacts, accounts = self._rows.setdefault(
            id(known),
            (self._contacts[known.id or 0], self._accounts[known.id or 0]) if known.id else ([], []),
        )
        new_contacts = [
            contact for told in one.contacts if (contact := _contact(told)) and not _has(contacts, contact)
        ]
        contacts += new_contacts
        new_accounts = self._account(accounts, known, one)
        accounts += new_accounts
        return tuple(new_contacts), tuple(new_accounts)

    def _account(self, accounts: list[Values], known: Known, one: Candidate) -> list[Values]:
        card = one.account.get("card_no")
        if not card or any(other["card_no"] == card for other in accounts):
            return []
        if accounts:
            one.find(
                "台账里的卡号不同，没有改；换了卡的，请在登记卡上停用旧账户、登记新账户。",
                Severity.WARN,
                "account.card_no",
            )
            return []
        account = {"holder": known.name, **one.account}
        if account["holder"] != known.name and not account.get("relation"):
            one.find(
                "户名不是本人，又没有关系，账户没有写入；请在登记卡上补录。", Severity.WARN, "account.holder"
            )
            return []
        return [account] if account["holder"] else []


def _contact(told: Values) -> Values:
    """A contact as the ledger keeps it: somebody without a name is called by whose relation it is."""
    kin = str(told.get("kin") or "")
    found = {key: value for key, value in told.items() if key != "kin"}
    if not found.get("name") and not found.get("phone"):
        return {}
    found.setdefault("name", kin or "家属")
    item = codes.table("relation").find(kin) if kin else None
    if item is not None:
        found.setdefault("relation", item.code)
    if "紧急" in kin or "应急" in kin:
        found["emergency"] = True
    return found


def _has(contacts: Sequence[Values], contact: Values) -> bool:
    """Whether a contact is there already: the same telephone, or the same name where one has none."""
    phone = _NOT_DIGIT.sub("", contact.get("phone") or "")
    for other in contacts:
        theirs = _NOT_DIGIT.sub("", other.get("phone") or "")
        if phone and phone == theirs:
            return True
        if other.get("name") == contact["name"] and (not phone or not theirs):
            return True
    return False
