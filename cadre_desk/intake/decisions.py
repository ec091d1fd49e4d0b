"""What the clerk decides after looking at a plan; the plan is made again with it. All of it goes as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cadre_desk.domain.errors import UserError
from cadre_desk.intake.mapping import Overrides

#: A row of a sheet, counting from 1.
Place = tuple[str, int]
#: In ``Decision.fields``: what the ledger says stays, or what the roster says is taken.
OLD, NEW = "old", "new"
#: In ``Decision.fields``: every field not named by itself.
EVERY: Final = "*"


@dataclass(frozen=True, slots=True)
class Decision:
    """What the clerk said of one row.

    ``person`` is the key of whom the row means, ``same_as`` another row that tells of the same one, ``new``
    says it is somebody whom the ledger lacks (or that a row which looks like a sample is real); ``out``
    leaves the row out. ``fields`` says of fields (or of ``*``, all) whether the ``old`` or the ``new`` value
    stands; ``values`` are cells entered again, as typed.
    """

    person: int | None = None
    same_as: Place | None = None
    new: bool = False
    out: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def names_somebody(self) -> bool:
        """Whether the clerk vouches that the row is a person and said which."""
        return self.new or self.person is not None or self.same_as is not None

    def stands(self, key: str) -> str:
        """Which value of a field stands: "old", "new", or "" where the policy decides."""
        return self.fields.get(key, self.fields.get(EVERY, ""))

    def to_json(self) -> dict[str, Any]:
        """Only what was said."""
        found: dict[str, Any] = {"person": self.person, "new": self.new, "out": self.out}
        found |= {"fields": dict(self.fields), "values": dict(self.values)}
        if self.same_as is not None:
            found["same_as"] = {"sheet": self.same_as[0], "row": self.same_as[1]}
        return {key: value for key, value in found.items() if value not in (None, False, {})}


UNDECIDED: Final = Decision()


@dataclass(frozen=True, slots=True)
class Choices:
    """What the clerk said after looking at a plan.

    ``mapping`` gives columns of a sheet their fields ({"名册": {"C": "name", "D": None}}, sheet "" for any);
    ``months`` answers for a column what .1 means (1 or 10); ``rows`` says whom a row means: a person's key,
    or None for somebody new; ``decisions`` says more of a row, and goes before ``rows``; ``hidden`` takes
    hidden rows and columns; ``create`` are link fields whose unknown names become records; ``links`` says
    which record an unknown name of a link field means ({("manage_unit_id", "县建委"): 12}).
    """

    mapping: Mapping[str, Overrides] = field(default_factory=dict)
    months: Mapping[tuple[str, str], int] = field(default_factory=dict)
    rows: Mapping[Place, int | None] = field(default_factory=dict)
    hidden: bool = False
    create: frozenset[str] = frozenset()
    decisions: Mapping[Place, Decision] = field(default_factory=dict)
    links: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def decision(self, place: Place) -> Decision:
        """What was said of a row."""
        said = self.decisions.get(place)
        if said is not None:
            return said
        if place in self.rows:
            person = self.rows[place]
            return Decision(person=person, new=person is None)
        return UNDECIDED

    def to_json(self) -> dict[str, Any]:
        """The document that ``from_json`` reads."""
        places = [*self.decisions, *(place for place in self.rows if place not in self.decisions)]
        return {
            "mapping": {sheet: dict(columns) for sheet, columns in self.mapping.items()},
            "columns": [
                {"sheet": sheet, "column": column, "month": month}
                for (sheet, column), month in self.months.items()
            ],
            "rows": [
                {"sheet": sheet, "row": row, **self.decision((sheet, row)).to_json()} for sheet, row in places
            ],
            "hidden": self.hidden,
            "create": sorted(self.create),
            "links": [
                {"field": key, "text": text, "record": record} for (key, text), record in self.links.items()
            ],
        }

    @classmethod
    def from_json(cls, document: Any) -> Choices:
        """What ``to_json`` told.

        Raises:
            UserError: the document says something else.
        """
        try:
            return _read(document)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise UserError(f"看不懂这份决定（{type(error).__name__}：{error}）；没有写入。") from error


NO_CHOICES: Final = Choices()


def _read(document: Any) -> Choices:
    return Choices(
        mapping={
            str(sheet): {str(column): key for column, key in columns.items()}
            for sheet, columns in document.get("mapping", {}).items()
        },
        months={
            (str(one["sheet"]), str(one["column"])): int(one["month"]) for one in document.get("columns", ())
        },
        hidden=bool(document.get("hidden", False)),
        create=frozenset(map(str, document.get("create", ()))),
        decisions={
            (str(one["sheet"]), int(one["row"])): _read_decision(one) for one in document.get("rows", ())
        },
        links={
            (str(one["field"]), str(one["text"])): int(one["record"]) for one in document.get("links", ())
        },
    )


def _read_decision(one: Mapping[str, Any]) -> Decision:
    unknown = one.keys() - {"sheet", "row", "person", "same_as", "new", "out", "fields", "values"}
    if unknown:
        raise ValueError("、".join(sorted(unknown)))
    fields = {str(key): str(said) for key, said in one.get("fields", {}).items()}
    if not set(fields.values()) <= {OLD, NEW}:
        raise ValueError("fields")
    other, person = one.get("same_as"), one.get("person")
    return Decision(
        person=None if person is None else int(person),
        same_as=None if other is None else (str(other["sheet"]), int(other["row"])),
        new=bool(one.get("new", False)),
        out=bool(one.get("out", False)),
        fields=fields,
        values={str(key): str(text) for key, text in one.get("values", {}).items()},
    )
