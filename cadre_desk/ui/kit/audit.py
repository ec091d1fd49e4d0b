"""What a clerk would see go wrong on a page: cut words, overlaps, missing glyphs, things without a name.

`audit` looks at a shown window as it stands. It believes what the kit promises: a widget whose words may be
shortened says so (``elides``), one that floats says so (property ``floats``), one that paints its own words
lists them (``audit_texts``) and asks for their room in ``minimumSizeHint``; one that shortens words which
should be read whole (cells of a short column, conditions) lists those it had to cut (``audit_cut``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final, cast

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from cadre_desk.domain.resources import resource
from cadre_desk.ui.kit import theme

CLIPPED: Final = "clipped"
OVERLAP: Final = "overlap"
OUTSIDE: Final = "outside"
GLYPH: Final = "glyph"
NAMELESS: Final = "nameless"

_SLACK: Final = 1
"""Pixels of rounding between a measured text and the room it was given."""
_NEEDS_NAME: Final = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QAbstractItemView)
#: Characters that are not drawn; U+FFFC stands for a picture in a text.
_BLANKS: Final = frozenset("\n\t\r\u200b\ufeff\ufffc")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: its kind, the path of the widget, its words, and by how much."""

    kind: str
    widget: str
    text: str
    detail: str

    def __str__(self) -> str:
        """One line for a report."""
        return f"{self.kind}: {self.widget} “{self.text}” {self.detail}".rstrip()


def audit(window: QWidget) -> list[Finding]:
    """Everything wrong with the visible parts of ``window``, outermost first.

    Layouts that are still to be done are done first: words just set have no room until then.
    """
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    found: list[Finding] = []
    for widget in _visible(window):
        found += _clipped(widget)
        found += _cut(widget)
        found += _outside(widget, window)
        found += _glyphs(widget)
        found += _nameless(widget)
        found += _overlaps(widget)
    return found


def _visible(widget: QWidget) -> Iterator[QWidget]:
    """The widget and all that is seen in it; what Qt puts inside its own widgets is Qt's business."""
    yield widget
    for child in _children(widget):
        yield from _visible(child)


def _children(widget: QWidget) -> list[QWidget]:
    """The visible children that are ours to look at."""
    if isinstance(widget, QScrollArea):
        content = cast("QWidget | None", widget.widget())
        return [content] if content is not None and content.isVisible() else []
    if isinstance(widget, (QAbstractScrollArea, QComboBox, QLineEdit, QAbstractSpinBox, QMenu)):
        return []
    children = [child for child in widget.children() if isinstance(child, QWidget)]
    return [child for child in children if child.isVisible() and not child.isWindow()]


def _path(widget: QWidget) -> str:
    """Class names from the window down, with object names where there are any."""
    names: list[str] = []
    at: QWidget | None = widget
    while at is not None:
        name = at.objectName()
        names.append(f"{type(at).__name__}#{name}" if name else type(at).__name__)
        at = at.parentWidget() if not at.isWindow() else None
    return "/".join(reversed(names[:4]))


def texts(widget: QWidget) -> list[str]:
    """The words a widget shows."""
    own = getattr(widget, "audit_texts", None)
    if own is not None:
        return [str(text) for text in own()]
    if isinstance(widget, QLineEdit):
        hidden = widget.echoMode() != QLineEdit.EchoMode.Normal
        return [widget.placeholderText(), "" if hidden else widget.text()]
    if isinstance(widget, (QPlainTextEdit, QTextEdit)):
        return [widget.placeholderText(), widget.toPlainText()]
    if isinstance(widget, QComboBox):
        return [widget.itemText(place) for place in range(widget.count())]
    return [widget.text()] if isinstance(widget, (QLabel, QAbstractButton)) else []


def _finding(kind: str, widget: QWidget, detail: str) -> Finding:
    """A finding about a widget."""
    said = next((text for text in texts(widget) if text), widget.accessibleName())
    return Finding(kind, _path(widget), said[:40], detail)


def _needed(widget: QWidget) -> QSize | None:
    """The least size that shows all of a widget's words, None for what may be shortened or has none."""
    if getattr(widget, "elides", False) or not any(texts(widget)):
        return None
    if isinstance(widget, (QAbstractScrollArea, QAbstractSpinBox)):
        return None
    if isinstance(widget, QLabel):
        return _label_size(widget)
    if isinstance(widget, QLineEdit):
        return QSize(_prompt_width(widget), widget.fontMetrics().height())
    least = widget.minimumSizeHint()
    if isinstance(widget, QAbstractButton) and not hasattr(widget, "audit_texts"):
        return least.expandedTo(_button_size(widget))
    return QSize(0, least.height()) if isinstance(widget, QComboBox) else least


def _prompt_width(edit: QLineEdit) -> int:
    """A prompt must be read whole; a value may be longer than its field and scrolls."""
    return 0 if edit.text() else edit.fontMetrics().horizontalAdvance(edit.placeholderText())


def _label_size(label: QLabel) -> QSize:
    """A label's words over as many lines as its width makes of them; half a line may be its leading."""
    margins = label.contentsMargins()
    if label.wordWrap():
        widest = max((label.fontMetrics().horizontalAdvance(mark) for mark in label.text()), default=0)
        return QSize(widest, label.heightForWidth(label.width()))
    metrics = label.fontMetrics()
    lines = label.text().split("\n")
    width = max(metrics.horizontalAdvance(line) for line in lines)
    height = (metrics.tightBoundingRect(label.text()).height()) * len(lines)
    return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())


def _button_size(button: QAbstractButton) -> QSize:
    """A button's words on one line, with its icon."""
    words = button.fontMetrics().horizontalAdvance(button.text().replace("&", ""))
    picture = 0 if button.icon().isNull() else button.iconSize().width()
    return QSize(words + picture, button.fontMetrics().tightBoundingRect(button.text()).height())


def _clipped(widget: QWidget) -> list[Finding]:
    """Words that have less room than they need."""
    needed = _needed(widget)
    if needed is None:
        return []
    short = needed.width() - widget.width() > _SLACK or needed.height() - widget.height() > _SLACK
    size = f"needs {needed.width()}×{needed.height()}, has {widget.width()}×{widget.height()}"
    return [_finding(CLIPPED, widget, size)] if short else []


def _cut(widget: QWidget) -> list[Finding]:
    """Words that a widget shortened though they should be read whole."""
    told = getattr(widget, "audit_cut", None)
    return [] if told is None else [Finding(CLIPPED, _path(widget), text[:40], "…") for text in told()]


def _outside(widget: QWidget, window: QWidget) -> list[Finding]:
    """Words beyond the edge of the parent or of the window, unless they can be scrolled to."""
    parent = widget.parentWidget()
    if widget is window or parent is None or not any(texts(widget)):
        return []
    frame, within = QRect(widget.pos(), widget.size()), parent.rect()
    if not within.contains(frame.adjusted(_SLACK, _SLACK, -_SLACK, -_SLACK)):
        return [_finding(OUTSIDE, widget, f"{_numbers(frame)} in {_numbers(within)}")]
    if _scrolls(widget):
        return []
    seen = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    if not window.rect().contains(seen):
        return [_finding(OUTSIDE, widget, f"{_numbers(seen)} in window {_numbers(window.rect())}")]
    return []


def _scrolls(widget: QWidget) -> bool:
    """Whether a scroll area lies between the widget and its window."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QAbstractScrollArea):
            return True
        above = above.parentWidget()
    return False


def _numbers(rect: QRect) -> str:
    """Left, top, width, height."""
    return f"({rect.x()}, {rect.y()}, {rect.width()}, {rect.height()})"


def _floats(widget: QWidget) -> bool:
    """Whether a widget lies over others on purpose."""
    passes = widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return bool(widget.property("floats")) or (passes and not any(texts(widget)))


def _overlaps(widget: QWidget) -> list[Finding]:
    """Children that lie over each other."""
    found = []
    children = [child for child in _children(widget) if not _floats(child) and not child.size().isEmpty()]
    for one, other in combinations(children, 2):
        both = one.geometry().intersected(other.geometry())
        if both.width() > _SLACK and both.height() > _SLACK:
            found.append(_finding(OVERLAP, one, f"and {_path(other)} share {_numbers(both)}"))
    return found


@lru_cache(maxsize=8)
def _face(name: str) -> QRawFont:
    """One face of the chain, read when those before it lack a character."""
    return QRawFont(str(resource(name)), 14)


@lru_cache(maxsize=16384)
def has_glyph(mark: str) -> bool:
    """Whether one face of the chain draws the character."""
    return mark in _BLANKS or any(_face(name).supportsCharacter(ord(mark)) for name in theme.FACE_FILES)


def _glyphs(widget: QWidget) -> list[Finding]:
    """Characters that no face of the chain can draw."""
    missing = sorted({mark for text in texts(widget) for mark in text if not has_glyph(mark)})
    if not missing:
        return []
    return [_finding(GLYPH, widget, " ".join(f"U+{ord(mark):04X}" for mark in missing))]


def _nameless(widget: QWidget) -> list[Finding]:
    """Things to act on that have neither words nor a name."""
    if not isinstance(widget, _NEEDS_NAME) or widget.accessibleName():
        return []
    if isinstance(widget, QAbstractButton) and widget.text():
        return []
    return [_finding(NAMELESS, widget, "")]
