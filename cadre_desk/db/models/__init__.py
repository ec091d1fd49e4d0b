"""The tables, one module per subject; importing this package makes the metadata whole."""

from __future__ import annotations

from cadre_desk.db.base import Base
from cadre_desk.db.models.belongings import BankAccount, Contact, Movement
from cadre_desk.db.models.branches import Branch, BranchFact, Membership
from cadre_desk.db.models.inspections import Check, Inspection
from cadre_desk.db.models.needs import Need, Reminder
from cadre_desk.db.models.office import (
    Attachment,
    ClosedYear,
    CodeAmendment,
    Place,
    SavedView,
    Setting,
    Unit,
    UnitFact,
)
from cadre_desk.db.models.people import Person, PersonFact
from cadre_desk.db.models.trust import About, Act, BackupMade, Journal, PaperLog, SightLog, User
from cadre_desk.db.models.visits import LeftOut, Round, Visit, VisitStandard, VisitWaiver

__all__ = [
    "About",
    "Act",
    "Attachment",
    "BackupMade",
    "BankAccount",
    "Base",
    "Branch",
    "BranchFact",
    "Check",
    "ClosedYear",
    "CodeAmendment",
    "Contact",
    "Inspection",
    "Journal",
    "LeftOut",
    "Membership",
    "Movement",
    "Need",
    "PaperLog",
    "Person",
    "PersonFact",
    "Place",
    "Reminder",
    "Round",
    "SavedView",
    "Setting",
    "SightLog",
    "Unit",
    "UnitFact",
    "User",
    "Visit",
    "VisitStandard",
    "VisitWaiver",
]
