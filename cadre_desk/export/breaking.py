"""How a text is set into the width it has: on one line, broken where its meaning breaks, smaller, or taller.

Nothing is ever cut off. Line breaks keep to the rules of Chinese setting (GB/T 15834-2011 for punctuation):
no line begins with a closing mark or ends with an opening one, and a number, date, telephone or e-mail is
never broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from cadre_desk.export.faces import CLOSING, OPENING, SPREAD, Face, spread
from cadre_desk.export.measures import (
    LEADING,
    MM,
    NAME_LEAST,
    NAME_WITH_DOT_LEAST,
    SHRINK,
    TITLE_LEAST,
    TITLE_ONE_LINE,
    Row,
)

NO_START: Final = frozenset(CLOSING + "％%‰·—…,.;:!?)]}" + SPREAD)
NO_END: Final = frozenset(OPENING + "¥([{")
_BLANKS: Final = frozenset(" \u3000")
#: A run that stays whole: a number with its sign, commas and decimals, a date, an ID, an e-mail, a Latin
# word.
_TOKEN: Final = re.compile(r"[!#-'*-Z\\^-z|~¥−±]+|.", re.DOTALL)
#: Where the meaning of a text in a cell breaks, best first; the break stands behind the match.
_MEANINGS: Final = (
    re.compile("[，；;。]"),
    re.compile("(?:街道|(?<=.)[镇乡])(?=.)"),
    re.compile("(?=（)"),
    re.compile("、"),
    re.compile(r"号(?=\d)"),
)
#: Where a title may break: behind a place, an office, a year, a feast.
_TITLE_BREAK: Final = re.compile("[县市区局委部会校社院]|支部|年度?|[春中]秋?节|国庆|重阳|关于")
_SINGLE: Final = 1
_NAME_OF_FOUR: Final = 4


@dataclass(frozen=True, slots=True)
class Setting:
    """Lines of a text at a size; ``grown`` says that its row must make room.

    A ``sign`` (√ ×) is drawn in the place of the text, which then only reads back. ``text`` is the whole
    text of a cell before it was broken.
    """

    lines: tuple[str, ...]
    size: float
    grown: bool = False
    sign: str = ""
    text: str = ""

    @property
    def height(self) -> float:
        """What the row needs, in mm, where the text made it grow."""
        return len(self.lines) * LEADING * self.size / MM + Row.GROWN


NOTHING: Final = Setting((), 0)


def _set(lines: Iterable[str], size: float, *, grown: bool = False) -> Setting:
    return Setting(tuple(lines), size, grown)


def units(text: str) -> list[str]:
    """The text in pieces that no line break may divide; blanks are pieces of their own."""
    found: list[str] = []
    for piece in _TOKEN.findall(text):
        if found and piece[0] in NO_START and found[-1] in _BLANKS and len(found) > 1:
            blank = found.pop()
            found[-1] += blank + piece
        elif found and found[-1] not in _BLANKS and _glued(found[-1], piece):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _glued(before: str, piece: str) -> bool:
    """Whether no line may break before this piece."""
    end = before.rstrip(" \u3000")[-1:] or before[-1]
    return piece[0] in NO_START or end in NO_END or (piece == "元" and end.isdigit())


def _broken(whole: str, room: float, face: Face, size: float) -> list[str]:
    """A piece wider than the line, in parts that fit; the last resort, for nothing may be cut off."""
    parts: list[str] = []
    part = ""
    for char in whole:
        if part and face.width(part + char, size) > room:
            parts.append(part)
            part = ""
        part += char
    return [*parts, part]


def wrap(text: str, room: float, face: Face, size: float) -> list[str]:
    """The text in lines of at most ``room`` points, each as full as can be; line feeds break."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_filled(units(paragraph), room, face, size))
    return lines


def _filled(pieces: list[str], room: float, face: Face, size: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in pieces:
        if not line and piece in _BLANKS and lines:
            continue
        if face.width(line + piece, size) <= room:
            line += piece
            continue
        if line:
            lines.append(line.rstrip(" \u3000"))
            line = ""
        if piece in _BLANKS:
            continue
        if face.width(piece, size) > room:
            *whole, piece = _broken(piece, room, face, size)  # noqa: PLW2901 - its rest goes on
            lines.extend(whole)
        line = piece
    return [*lines, line.rstrip(" \u3000")] if line or not lines else lines


def balanced(text: str, count: int, room: float, face: Face, size: float) -> list[str] | None:
    """The text in at most ``count`` lines as equal as can be; None if it needs more."""
    pieces = units(text)
    best = _filled(pieces, room, face, size)
    if len(best) > count:
        return None
    low, high = face.width(text, size) / (count + 1), room
    while high - low > size / 4:
        middle = (low + high) / 2
        lines = _filled(pieces, middle, face, size)
        if len(lines) <= count and all(face.width(line, size) <= middle for line in lines):
            best, high = lines, middle
        else:
            low = middle
    return best


def _meaning_breaks(text: str) -> Iterator[list[int]]:
    """Positions where the meaning breaks, in groups of one rank, the best first."""
    yield [at for at, char in enumerate(text) if char in _BLANKS]
    for rank in _MEANINGS:
        yield [match.end() for match in rank.finditer(text)]


def _halves(text: str, at: int, *, centred: bool) -> tuple[str, str]:
    first, second = text[:at].rstrip(" \u3000"), text[at:].lstrip(" \u3000")
    # In a centred cell the line would hang off its middle with the mark.
    return (first.removesuffix("、") if centred else first), second


def _by_meaning(text: str, room: float, face: Face, size: float, *, centred: bool) -> list[str] | None:
    """Two lines broken where the meaning breaks, the more equal of equals; None if no such break fits."""
    for positions in _meaning_breaks(text):
        fitting = []
        for at in positions:
            first, second = _halves(text, at, centred=centred)
            if (
                len(first) <= _SINGLE
                or len(second) <= _SINGLE
                or second[0] in NO_START
                or first[-1] in NO_END
            ):
                continue
            width = max(face.width(first, size), face.width(second, size))
            if width <= room:
                fitting.append((width, [first, second]))
        if fitting:
            return min(fitting)[1]
    return None


def _two_filled(text: str, room: float, face: Face, size: float, *, centred: bool) -> list[str] | None:
    """Two lines, the first full (in a centred cell: equal), the last never a single character."""
    pieces = units(text)
    if any(face.width(piece, size) > room for piece in pieces):
        return None
    if centred:
        return balanced(text, 2, room, face, size)
    lines = _filled(pieces, room, face, size)
    if len(lines) > 2:  # noqa: PLR2004 - two lines are what is asked for
        return None
    if len(lines) == 2 and len(lines[1]) == _SINGLE:  # noqa: PLR2004 - as above
        narrower = face.width(lines[0], size) - size / 2
        lines = _filled(pieces, narrower, face, size)
    return lines if len(lines) <= 2 else None  # noqa: PLR2004 - as above


def _joined(parts: list[str]) -> str:
    """Lines made one; where Latin or figures meet, a blank keeps them apart."""
    text = parts[0]
    for part in parts[1:]:
        apart = text[-1:].isascii() and part[:1].isascii()
        text += (" " if apart else "") + part
    return text


def _attempt(
    parts: list[str], room: float, face: Face, size: float, *, lines: int, centred: bool
) -> list[str] | None:
    """The text at this size in the lines it may have, or None."""
    if len(parts) <= lines and all(face.width(part, size) <= room for part in parts):
        return parts
    if lines == 1:
        return None
    text = _joined(parts)
    return _by_meaning(text, room, face, size, centred=centred) or _two_filled(
        text, room, face, size, centred=centred
    )


def fit(
    text: str,
    room: float,
    face: Face,
    size: float,
    *,
    least: float = 8.0,
    lines: int = 2,
    centred: bool = False,
) -> Setting:
    """Set a text into a cell ``room`` points wide, in the order of the house.

    One line; the field's own breaks or the meaning's; filled lines; smaller by half a point down to
    ``least``; then half a point smaller than it began, in as many lines as it takes, and the row grows.
    """
    parts = [part for part in text.split("\n") if part]
    if not parts:
        return NOTHING
    now = size
    while now >= least:
        found = _attempt(parts, room, face, now, lines=lines, centred=centred)
        if found is not None:
            return _set(found, now)
        now -= SHRINK
    return _grown(_joined(parts), room, face, max(least, size - SHRINK), lines + 1)


def _grown(text: str, room: float, face: Face, size: float, count: int) -> Setting:
    found = None
    while found is None:
        found = balanced(text, count, room, face, size)
        count += 1
    return _set(found, size, grown=True)


def _sizes(size: float, least: float) -> Iterator[float]:
    while size >= least:
        yield size
        size -= SHRINK


def fit_name(name: str, room: float, face: Face, size: float) -> Setting:
    """Set a person's name: two hanzi to the width of three, four and more smaller, others behind their ·."""
    name = name.replace("\n", "")
    wide = spread(name)
    if face.width(wide, size) <= room:
        return _set([wide], size) if name else NOTHING
    for now in _sizes(size, NAME_LEAST):
        if face.width(name, now) <= room:
            return _set([name], now)
    for now in _sizes(size, NAME_WITH_DOT_LEAST):
        for lines in _name_lines(name):
            if all(face.width(line, now) <= room for line in lines):
                return _set(lines, now, grown=len(lines) > 2)  # noqa: PLR2004 - two lines fit each row
    size = NAME_WITH_DOT_LEAST
    lines = []
    for part in _parts_of(name):
        lines.extend(_grown(part, room, face, size, 1).lines)
    return _set(lines, size, grown=True)


def _parts_of(name: str) -> list[str]:
    """The parts of a name, each with the · behind it: the · is never dropped."""
    return [part for part in re.split("(?<=·)", name) if part]


def _name_lines(name: str) -> Iterator[list[str]]:
    """A long name in two lines and in more: behind a ·, or four hanzi as two and two."""
    parts = _parts_of(name)
    if len(parts) == 1:
        if len(name) == _NAME_OF_FOUR:
            yield [name[:2], name[2:]]
        return
    middle = min(range(1, len(parts)), key=lambda at: abs(len("".join(parts[:at])) * 2 - len(name)))
    yield ["".join(parts[:middle]), "".join(parts[middle:])]
    if len(parts) > 2:  # noqa: PLR2004 - two parts were tried above
        yield parts


def fit_title(title: str, room: float, face: Face, size: float, spacing: float = 0) -> Setting:
    """Set a title: on one line down to 18 pt, on two where its words allow it, at 16 pt at the least."""
    parts = title.split("\n")

    def width(line: str, at: float) -> float:
        return face.width(line, at) + spacing * (len(line) - 1)

    if len(parts) == 1:
        for whole in range(int(size), int(min(size, TITLE_ONE_LINE)) - 1, -1):
            if width(title, whole) <= room:
                return _set([title], whole)
        parts = _title_halves(title, face, size)
    for whole in range(int(size), int(min(size, TITLE_LEAST)) - 1, -1):
        if all(width(line, whole) <= room for line in parts):
            return _set(parts, whole)
    return _set(wrap(title, room * 0.95, face, TITLE_LEAST), TITLE_LEAST)


def _title_halves(title: str, face: Face, size: float) -> list[str]:
    """A title in two lines as equal as its words allow."""
    ends = [match.end() for match in _TITLE_BREAK.finditer(title)]
    ends = [end for end in ends if 2 < end < len(title) - 2]  # noqa: PLR2004 - no word alone on a line
    if not ends:
        half = face.width(title, size) * 0.55
        return balanced(title, 2, half * 2, face, size) or [title]
    at = min(ends, key=lambda end: abs(face.width(title[:end], size) - face.width(title[end:], size)))
    return [title[:at], title[at:]]
