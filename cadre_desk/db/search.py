"""Finding a record by what a clerk types: hanzi, pinyin, initials, telephone, the last four of an ID number.

Each searched table has two derived tables, refreshed at the end of every unit from the unit's journal lines:
``words_X``, a contentless FTS5 table of own tokens, and ``find_X`` with the sort keys of the first searched
column and a digest of the tokens, by which ``check`` compares. Both follow from the rest, so neither is
journaled.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cadre_desk.db.base import Base
from cadre_desk.db.journal import Touched
from cadre_desk.domain import names, pinyin, strokes

_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿〇\U00020000-\U0003FFFF]+")
_LATIN = re.compile(r"[0-9a-z]+")
#: The last character of the basic plane.
BASIC_PLANE = "\uffff"
#: Beginnings of these lengths have an index of their own: the first keys of a number find half the county.
PREFIXES = "1 2 3 4 5 6"
#: Rows written or read in one statement.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Found:
    """The derived row of one record."""

    strokes: str
    pinyin: str
    grams: str
    keys: str

    @property
    def digest(self) -> int:
        """A number that changes with any token or sort key."""
        return zlib.crc32(f"{self.strokes}\n{self.pinyin}\n{self.grams}\n{self.keys}".encode())


@cache
def searched() -> dict[str, type[Base]]:
    """The models that can be searched, by table."""
    models = sorted(
        (mapper.class_ for mapper in Base.registry.mappers), key=lambda model: model.__tablename__
    )
    return {model.__tablename__: model for model in models if model.SEARCHED}


def schema(table: str) -> tuple[str, ...]:
    """The statements that make the derived tables of one searched table."""
    columns = "id INTEGER PRIMARY KEY, strokes TEXT NOT NULL, pinyin TEXT NOT NULL, digest INTEGER NOT NULL"
    words = "grams, keys, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', "
    words += f"prefix='{PREFIXES}'"
    return (
        f"CREATE TABLE find_{table} ({columns})",
        f"CREATE INDEX ix_find_{table}_strokes ON find_{table} (strokes, id)",
        f"CREATE INDEX ix_find_{table}_pinyin ON find_{table} (pinyin, id)",
        f"CREATE VIRTUAL TABLE words_{table} USING fts5({words})",
    )


@cache
def keys_of(table: str) -> sa.TableClause:
    """The ``find_X`` table as SQLAlchemy sees it; ``strokes`` and ``pinyin`` sort."""
    return sa.table(f"find_{table}", *(sa.column(name) for name in ("id", "strokes", "pinyin", "digest")))


def matching(model: type[Base], text: str) -> sa.Select[int] | None:
    """The ids of the records that every word of the text finds; None if the text holds no word."""
    query = _query(text)
    if not query:
        return None
    name = f"words_{model.__tablename__}"
    words = sa.table(name, sa.column("rowid", sa.Integer))
    return sa.select(words.c.rowid).where(sa.text(f"{name} MATCH :words").bindparams(words=query))


def _query(text: str) -> str:
    """The FTS5 expression of what was typed: hanzi as adjoining pairs, letters and digits as beginnings."""
    parts: list[str] = []
    for word in names.match_key(text).split():
        for run in _HAN.findall(word):
            pairs = _pairs(run)
            parts.append(f'grams: "{" ".join(pairs)}"' if len(run) > 1 else f'keys: "{_safe(run)}"')
        parts.extend(f'keys: "{run}"*' for run in _LATIN.findall(word))
    return " AND ".join(parts)


def _safe(text: str) -> str:
    """Characters beyond the basic plane spelt out, because the tokenizer's tables are older than they are."""
    return "".join(char if char <= BASIC_PLANE else f"x{ord(char):x}" for char in text)


def _pairs(run: str) -> list[str]:
    return _all_safe([run[place : place + 2] for place in range(len(run) - 1)], run)


def _all_safe(parts: Sequence[str], run: str) -> list[str]:
    """The parts of a run, spelt out where it has a character that needs it (hardly any has)."""
    return list(parts) if max(run) <= BASIC_PLANE else [_safe(part) for part in parts]


def _tokens(kind: str, value: str) -> tuple[list[str], list[str]]:
    """The pairs and the keys of one value."""
    grams: list[str] = []
    keys: list[str] = []
    # a number is folded already, and a roster has too many of them to be remembered by match_key
    folded = value.lower() if value.isascii() and value.isalnum() else names.match_key(value)
    for run in () if folded.isascii() else _HAN.findall(folded):
        grams += [*_pairs(run), "|"]
        keys += _all_safe(run, run)
    latin = _LATIN.findall(folded)
    keys += latin
    if kind in {"phone", "account", "id_number"}:
        digits = "".join(latin)
        keys += [digits, digits[-4:]]
    if kind == "name":
        spelt = pinyin.name_pinyin(value)
        keys += [tail for word in spelt.initials for tail in _tails(word)]
        keys += spelt.full
    return grams, keys


def _tails(word: str) -> list[str]:
    """Initials from each syllable on, so that a given name alone is found."""
    return [word[place:] for place in range(len(word))]


@cache
def watched() -> frozenset[str]:
    """The tables whose rows are searched, or are named in the words of another table's rows."""
    return frozenset(name for name in Base.metadata.tables if name in searched() or _dependants(name))


def concerned(rows: Iterable[Touched]) -> Iterator[tuple[str, int]]:
    """Of the rows that an act changed, those whose words may be others now."""
    own = {table: frozenset(model.SEARCHED) for table, model in searched().items()}
    return (
        (one.table, one.row_id)
        for one in rows
        if not one.columns or one.columns & own.get(one.table, frozenset())
    )


def refresh(session: Session, rows: Iterable[tuple[str, int]]) -> None:
    """Bring the derived rows of changed records, and of those that show them, up to date."""
    changed: dict[str, set[int]] = defaultdict(set)
    for table, row in rows:
        changed[table].add(row)
    due: dict[str, set[int]] = defaultdict(set)
    for table, ids in changed.items():
        if table in searched():
            due[table] |= ids
        for dependant, column in _dependants(table):
            for part in _batches(sorted(ids)):
                found = session.scalars(sa.select(dependant.c.id).where(column.in_(part)))
                due[dependant.name] |= set(found)
    for table, ids in due.items():
        for part in _batches(sorted(ids)):
            _rewrite(session, table, part)


def rebuild(session: Session) -> None:
    """Make every derived row anew."""
    for table in searched():
        ids = session.scalars(sa.select(Base.metadata.tables[table].c.id)).all()
        for part in _batches(ids):
            _rewrite(session, table, part)


def stale(session: Session, table: str) -> list[int]:
    """The records whose derived row is missing or differs from what their data say, and rows left behind."""
    kept = {row.id: row.digest for row in session.execute(sa.select(keys_of(table)))}
    ids = session.scalars(sa.select(Base.metadata.tables[table].c.id)).all()
    wrong = set(kept) - set(ids)
    for part in _batches(ids):
        wrong |= {
            row for row, found in _derive(session, table, part).items() if kept.get(row) != found.digest
        }
    return sorted(wrong)


def _rewrite(session: Session, table: str, ids: Sequence[int]) -> None:
    if not ids:
        return
    # plain numbers and texts go to the driver as they are: binding them by name costs more than writing them
    driver = session.connection()
    old = [(row,) for row in ids]
    driver.exec_driver_sql(f"DELETE FROM find_{table} WHERE id = ?", old)
    driver.exec_driver_sql(f"DELETE FROM words_{table} WHERE rowid = ?", old)
    derived = _derive(session, table, ids)
    if derived:
        finds = [(row, one.strokes, one.pinyin, one.digest) for row, one in derived.items()]
        words = [(row, one.grams, one.keys) for row, one in derived.items()]
        driver.exec_driver_sql(f"INSERT INTO find_{table} VALUES (?, ?, ?, ?)", finds)
        driver.exec_driver_sql(f"INSERT INTO words_{table} (rowid, grams, keys) VALUES (?, ?, ?)", words)


def _derive(session: Session, table: str, ids: Sequence[int]) -> dict[int, Found]:
    columns = _sources(table)
    query = sa.select(Base.metadata.tables[table].c.id, *(source for _, source in columns))
    rows = session.execute(query.where(Base.metadata.tables[table].c.id.in_(ids)))
    return {row[0]: _found([kind for kind, _ in columns], row[1:]) for row in rows}


def _found(kinds: Sequence[str], values: Sequence[object]) -> Found:
    grams: list[str] = []
    keys: list[str] = []
    for kind, value in zip(kinds, values, strict=True):
        if value is not None:
            more_grams, more_keys = _tokens(kind, str(value))
            grams += more_grams
            keys += more_keys
    first = "" if values[0] is None else str(values[0])
    spelt = pinyin.name_pinyin(first).full if kinds[0] == "name" else (pinyin.text_pinyin(first),)
    return Found(
        strokes.stroke_key(first), spelt[0] if spelt else "", " ".join(grams), " ".join(dict.fromkeys(keys))
    )


@cache
def _sources(table: str) -> tuple[tuple[str, sa.ColumnElement[str]], ...]:
    """What the words of a table come from: its own columns, and the name of each record it links to."""
    model = searched()[table]
    own = Base.metadata.tables[table]
    sources: list[tuple[str, sa.ColumnElement[str]]] = []
    for name in model.SEARCHED:
        column = own.c[name]
        kind = column.info["field"].kind
        if kind == "link":
            target, label = _label_column(column)
            inner = target.alias()
            query = sa.select(inner.c[label.name]).where(inner.c.id == column)
            sources.append((label.info["field"].kind, query.correlate(own).scalar_subquery()))
        else:
            sources.append((kind, column))
    return tuple(sources)


def _label_column(link: sa.Column[int]) -> tuple[sa.Table, sa.Column[str]]:
    """The table a link leads to, and the column that names its records."""
    target = Base.metadata.tables[next(iter(link.foreign_keys)).column.table.name]
    return target, target.c[searched()[target.name].SEARCHED[0]]


@cache
def _dependants(table: str) -> tuple[tuple[sa.Table, sa.Column[int]], ...]:
    """The searched links that lead to a table."""
    found: list[tuple[sa.Table, sa.Column[int]]] = []
    for name, model in searched().items():
        own = Base.metadata.tables[name]
        links = (own.c[key] for key in model.SEARCHED)
        found += [
            (own, link) for link in links if any(key.column.table.name == table for key in link.foreign_keys)
        ]
    return tuple(found)


def _batches(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))
