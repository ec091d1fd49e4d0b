"""Outlines of TrueType glyphs: moved within their width, or as paths to draw.

The 宋 faces have proportional figures, and amounts in columns must stand under each other: `shifted` moves
a figure to the middle of an equal slot. The words of a watermark are drawn as paths, so that copying a
table doesn't bring them up. The format is that of the OpenType specification's table "glyf".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from struct import pack, unpack_from
from typing import Final

_ON_CURVE, _X_SHORT, _Y_SHORT, _REPEAT, _X_SAME, _Y_SAME = 1, 2, 4, 8, 16, 32
_WORDS, _XY, _SCALE, _MORE, _XY_SCALE, _TWO_BY_TWO = 1, 2, 8, 32, 64, 128
_HEADER: Final = 10

Point = tuple[float, float, bool]


@dataclass(frozen=True, slots=True)
class _Simple:
    """Where the parts of a simple glyph's description lie."""

    contours: int
    flags_at: int
    points: int


def _parts(glyph: bytes) -> _Simple:
    contours = unpack_from(">h", glyph, 0)[0]
    points = unpack_from(">H", glyph, _HEADER + 2 * (contours - 1))[0] + 1
    instructions_at = _HEADER + 2 * contours
    length = unpack_from(">H", glyph, instructions_at)[0]
    return _Simple(contours, instructions_at + 2 + length, points)


def is_simple(glyph: bytes) -> bool:
    """Whether a glyph has outlines of its own, not those of others."""
    return len(glyph) > _HEADER and unpack_from(">h", glyph, 0)[0] > 0


def components(glyph: bytes) -> Iterator[tuple[int, int, int]]:
    """The glyphs that a composite one consists of, each with its distance."""
    at = _HEADER
    flags = _MORE if len(glyph) > _HEADER else 0
    while flags & _MORE:
        flags, number = unpack_from(">HH", glyph, at)
        at += 4
        dx, dy = unpack_from(">hh" if flags & _WORDS else ">bb", glyph, at)
        at += 4 if flags & _WORDS else 2
        at += 2 if flags & _SCALE else 4 if flags & _XY_SCALE else 8 if flags & _TWO_BY_TWO else 0
        yield (number, dx, dy) if flags & _XY else (number, 0, 0)


def _flags(glyph: bytes, at: int, points: int) -> tuple[list[int], int]:
    """The flag of each point, and where they end."""
    flags: list[int] = []
    while len(flags) < points:
        flag = glyph[at]
        at += 1
        flags.append(flag)
        if flag & _REPEAT:
            flags.extend([flag] * glyph[at])
            at += 1
    return flags, at


def _coordinates(glyph: bytes, at: int, flags: list[int], short: int, same: int) -> tuple[list[int], int]:
    """Absolute coordinates in one direction, and where they end."""
    found: list[int] = []
    value = 0
    for flag in flags:
        if flag & short:
            value += glyph[at] if flag & same else -glyph[at]
            at += 1
        elif not flag & same:
            value += unpack_from(">h", glyph, at)[0]
            at += 2
        found.append(value)
    return found, at


def shifted(glyph: bytes, by: int) -> bytes:
    """A simple glyph moved right by so many font units; its form and its hints stay."""
    simple = _parts(glyph)
    flags, x_at = _flags(glyph, simple.flags_at, simple.points)
    xs, y_at = _coordinates(glyph, x_at, flags, _X_SHORT, _X_SAME)
    first = flags[0]
    width = 1 if first & _X_SHORT else 0 if first & _X_SAME else 2
    plain = [flag & ~_REPEAT for flag in flags]
    plain[0] &= ~(_X_SHORT | _X_SAME)
    contours, left, low, right, high = unpack_from(">5h", glyph, 0)
    header = pack(">5h", contours, left + by, low, right + by, high)
    before_flags = glyph[_HEADER : simple.flags_at]
    moved = pack(">h", xs[0] + by) + glyph[x_at + width : y_at]
    return b"".join((header, before_flags, bytes(plain), moved, glyph[y_at:]))


def _contours(glyph: bytes) -> list[list[Point]]:
    simple = _parts(glyph)
    ends = unpack_from(f">{simple.contours}H", glyph, _HEADER)
    flags, x_at = _flags(glyph, simple.flags_at, simple.points)
    xs, y_at = _coordinates(glyph, x_at, flags, _X_SHORT, _X_SAME)
    ys, _ = _coordinates(glyph, y_at, flags, _Y_SHORT, _Y_SAME)
    points = [(float(x), float(y), bool(flag & _ON_CURVE)) for x, y, flag in zip(xs, ys, flags, strict=True)]
    starts = (0, *(end + 1 for end in ends[:-1]))
    return [points[start : end + 1] for start, end in zip(starts, ends, strict=True)]


def _middle(one: Point, other: Point) -> Point:
    return ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2, True)


def _with_joints(contour: list[Point]) -> list[Point]:
    """The contour with every implied point between two control points, beginning on the curve."""
    whole: list[Point] = []
    for number, point in enumerate(contour):
        before = contour[number - 1]
        if not point[2] and not before[2]:
            whole.append(_middle(before, point))
        whole.append(point)
    start = next(number for number, point in enumerate(whole) if point[2])
    return whole[start:] + whole[:start]


def path(glyph: bytes, x: float, y: float, scale: float) -> str:
    """A simple glyph as PDF path operators, its origin at x, y."""
    written: list[str] = []

    def at(point: tuple[float, float]) -> str:
        return f"{x + point[0] * scale:.2f} {y + point[1] * scale:.2f}"

    for contour in _contours(glyph):
        points = _with_joints(contour)
        last = points[0]
        written.append(f"{at(last[:2])} m")
        control: Point | None = None
        for point in (*points[1:], points[0]):
            if not point[2]:
                control = point
            elif control is None:
                written.append(f"{at(point[:2])} l")
                last = point
            else:
                one = tuple(a + 2 / 3 * (c - a) for a, c in zip(last[:2], control[:2], strict=True))
                two = tuple(b + 2 / 3 * (c - b) for b, c in zip(point[:2], control[:2], strict=True))
                written.append(f"{at((one[0], one[1]))} {at((two[0], two[1]))} {at(point[:2])} c")
                last, control = point, None
        written.append("h")
    return "\n".join(written)
