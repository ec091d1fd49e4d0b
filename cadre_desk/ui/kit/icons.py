"""The one family of icons: line drawings on a grid of 24, coloured from the tokens, sharp at every zoom.

The files in resources/icons say ``currentColor`` and a stroke of 1.75; both are set when a picture is drawn.
"""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from cadre_desk.domain.resources import resource
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.tokens import COLOURS

SAME: Final = MappingProxyType(
    {
        "branch": "flag",
        "visit": "gift",
        "aid": "heart",
        "system": "settings",
        "help": "unknown",
        "backup": "save",
        "users": "people",
    }
)
"""Places and acts that share the drawing of a thing: same icon, same meaning."""

_FILE_STROKE: Final = 'stroke-width="1.75"'
_STROKE: Final = 1.75
_HEAVY: Final = 2.2
_SMALL: Final = 12
"""At this size and below the stroke is heavier, or it would fade."""
_RATIOS: Final = (1.0, 1.25, 1.5, 2.0, 3.0)


@lru_cache(maxsize=512)
def _renderer(name: str, tone: str, stroke: float) -> QSvgRenderer:
    """The drawing in its colour, with a stroke of its own in units of the grid."""
    drawing = resource(f"icons/{SAME.get(name, name)}.svg").read_text("utf-8")
    drawing = drawing.replace("currentColor", COLOURS[tone])
    drawing = drawing.replace(_FILE_STROKE, f'stroke-width="{stroke}"')
    return QSvgRenderer(QByteArray(drawing.encode()))


def paint(painter: QPainter, rect: QRectF, name: str, tone: str = "ink2", stroke: float = 0) -> None:
    """Draw an icon into ``rect`` of a widget that paints itself; ``stroke`` overrules that of its size."""
    usual = _HEAVY if rect.width() <= theme.px(_SMALL) else _STROKE
    _renderer(name, tone, stroke or usual).render(painter, rect)


@lru_cache(maxsize=1024)
def _pixmap(name: str, tone: str, side: int, ratio: float) -> QPixmap:
    """One picture of ``side`` logical pixels for screens of one ratio."""
    stroke = _HEAVY if side <= theme.px(_SMALL) else _STROKE
    drawing = _renderer(name, tone, stroke)
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawing.render(painter)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def pixmap(name: str, tone: str = "ink2", size: float = 16, ratio: float | None = None) -> QPixmap:
    """An icon ``size`` px wide at 100 %, scaled with the text, for the screen's ratio or the one given."""
    sharp = theme.application().devicePixelRatio() if ratio is None else ratio
    return _pixmap(name, tone, theme.px(size), sharp)


def icon(name: str, tone: str = "ink2", size: float = 16, faded_tone: str = "edge") -> QIcon:
    """An icon for buttons and menus: a picture for each usual ratio, and a paler one for what is disabled."""
    drawn = QIcon()
    side = theme.px(size)
    for ratio in _RATIOS:
        drawn.addPixmap(_pixmap(name, tone, side, ratio))
        faded = _pixmap(name, faded_tone, side, ratio)
        drawn.addPixmap(faded, QIcon.Mode.Disabled)
    return drawn


def icon_size(size: float = 16) -> QSize:
    """The size to give a button for an icon of ``size`` px at 100 %."""
    return QSize(theme.px(size), theme.px(size))


def exists(name: str) -> bool:
    """Whether the family has a drawing of this name."""
    return (resource("icons") / f"{SAME.get(name, name)}.svg").is_file()
