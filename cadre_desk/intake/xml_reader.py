"""Feeding XML to a handler piece by piece: entities are refused, a document cut off is said to be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from cadre_desk.intake.grid import BrokenWorkbook
from cadre_desk.intake.package import ENTITIES, NOT_WHOLE

Attributes = dict[str, str]


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def read_xml(
    pieces: Iterable[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Call back for each element (local names, attributes too) and each run of text, in UTF-8.

    Raises:
        BrokenWorkbook: a document type or an entity is declared, or the document is not whole.
    """
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise BrokenWorkbook(ENTITIES)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(
        _local(name), {_local(key): value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = text
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BrokenWorkbook(NOT_WHOLE) from error
