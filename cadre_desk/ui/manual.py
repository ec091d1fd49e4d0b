"""The manual's chapters: where they lie, in which order, what stands in them; found by words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from cadre_desk.domain.resources import ResourceMissingError, resource

FOLDER: Final = "手册"
#: The chapter that lists the others, in order.
INDEX: Final = "目录"
_LINK: Final = re.compile(r"\]\((?P<name>[^)#]+)\.md\)")
_HEADING: Final = re.compile(r"^#{1,3} +(?P<title>.+?)\s*$")
_MARKS: Final = re.compile(r"[*_`>|#]|\[|\]\([^)]*\)|!\[[^\]]*\]\([^)]*\)")
_AROUND: Final = 14


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a chapter and the plain words below it."""

    chapter: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a search found something: the section and the words around the find."""

    section: Section
    words: str


def manual_folder() -> Path:
    """Where the chapters lie: with the program's files, in the source tree among the documents.

    Raises:
        ResourceMissingError: there is no manual; the installation is incomplete.
    """
    try:
        return resource(FOLDER)
    except ResourceMissingError:
        source = Path(__file__).resolve().parents[2] / "docs" / FOLDER
        if source.is_dir():
            return source
        raise


@lru_cache(maxsize=1)
def chapters() -> tuple[str, ...]:
    """The chapters' names in the order of the index."""
    told = (manual_folder() / f"{INDEX}.md").read_text("utf-8")
    return tuple(found["name"] for found in _LINK.finditer(told))


def text_of(chapter: str) -> str:
    """A chapter as it is written."""
    return (manual_folder() / f"{chapter}.md").read_text("utf-8")


def chapter_of(asked: str) -> tuple[str, str]:
    """Chapter and heading that a page names ("登记卡#修改"); what is not there leads as near as can be.

    A page may name a chapter by part of its name; an unknown one leads to the first chapter.
    """
    name, _, heading = asked.partition("#")
    found = next((one for one in chapters() if one == name), None)
    found = found or next((one for one in chapters() if name and name in one), chapters()[0])
    titles = [section.title for section in sections(found)]
    nearest = next((title for title in titles if heading and heading in title), "")
    return found, nearest


@lru_cache(maxsize=32)
def sections(chapter: str) -> tuple[Section, ...]:
    """The parts of a chapter, heading by heading."""
    parts: list[tuple[str, list[str]]] = []
    for line in text_of(chapter).splitlines():
        heading = _HEADING.match(line)
        if heading:
            parts.append((heading["title"], []))
        elif parts:
            parts[-1][1].append(line)
    return tuple(Section(chapter, title, _plain("\n".join(lines))) for title, lines in parts)


def search(words: str) -> list[Hit]:
    """Every section that holds all the words, those with them in the heading first."""
    wanted = words.split()
    if not wanted:
        return []
    hits = []
    for chapter in chapters():
        for section in sections(chapter):
            whole = f"{section.title}\n{section.text}".lower()
            if all(word.lower() in whole for word in wanted):
                hits.append(Hit(section, _around(section, wanted[0])))
    return sorted(hits, key=lambda hit: not all(word in hit.section.title for word in wanted))


def _around(section: Section, word: str) -> str:
    at = section.text.lower().find(word.lower())
    if at < 0:
        return section.text[: 2 * _AROUND].replace("\n", " ").strip()
    first = max(at - _AROUND, 0)
    cut = section.text[first : at + len(word) + _AROUND].replace("\n", " ").strip()
    return f"{'…' if first else ''}{cut}…"


def _plain(text: str) -> str:
    bare = re.sub(r"(?m)^ *(?:[-0-9.]+ |> )", "", text)
    return re.sub(r"\n{2,}", "\n", _MARKS.sub("", bare)).strip()
