"""How a chapter of the manual is set: the desk's faces and spacing in place of what markdown brings."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTable,
)

from cadre_desk.ui.kit import theme

_HEADINGS: Final = {1: "h1", 2: "h2", 3: "name"}
_KEY_COLUMN: Final = 170
_TEXT_LINE: Final = 145.0
_TIGHT_LINE: Final = 120.0
_IMAGE: Final = QTextDocument.ResourceType.ImageResource.value


def dress(document: QTextDocument) -> None:
    """Set a document that was read from markdown."""
    block = document.begin()
    while block.isValid():
        _space(block)
        if block.blockFormat().headingLevel():
            _set_heading(block)
        else:
            _set_words(block)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _set_table(frame)


def fit_pictures(document: QTextDocument, folder: Path, room: float, ratio: float = 1.0) -> None:
    """Every picture of ``folder`` has its own width in the text, at most ``room`` px; its height follows.

    A picture was taken at 100 %: in larger text it is larger. It is scaled smoothly beforehand, for a screen
    of ``ratio`` dots a px, because the text would leave dots out.
    """
    block = document.begin()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            fragment = fragments.fragment()
            if fragment.charFormat().isImageFormat():
                picture = QTextImageFormat(fragment.charFormat().toImageFormat())
                whole = QImage(str(folder / picture.name()))
                picture.setWidth(max(min(room, theme.px(whole.width())), 1.0))
                picture.setHeight(picture.width() * whole.height() / max(whole.width(), 1))
                scaled = whole.scaledToWidth(
                    round(picture.width() * ratio), Qt.TransformationMode.SmoothTransformation
                )
                scaled.setDevicePixelRatio(ratio)
                document.addResource(_IMAGE, QUrl(picture.name()), scaled)
                cursor = QTextCursor(block)
                cursor.setPosition(fragment.position())
                cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(picture)
                single = QTextBlockFormat()
                single.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
                cursor.mergeBlockFormat(single)
                break
            fragments += 1
        block = block.next()


def _space(block: QTextBlock) -> None:
    """The lines of a block and what is between it and the next."""
    level = block.blockFormat().headingLevel()
    cell = QTextCursor(block).currentTable() is not None
    above, below = (18 if level > 1 else 0, 8) if level else (0, 0) if cell else (3, 3)
    shape = QTextBlockFormat()
    height = _TIGHT_LINE if level or cell else _TEXT_LINE
    shape.setLineHeight(height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    shape.setTopMargin(theme.px(above))
    shape.setBottomMargin(theme.px(below))
    QTextCursor(block).mergeBlockFormat(shape)


def _set_heading(block: QTextBlock) -> None:
    face = QTextCharFormat()
    face.setFont(theme.font(_HEADINGS.get(block.blockFormat().headingLevel(), "name")))
    face.setForeground(theme.colour("ink"))
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.mergeCharFormat(face)


def _set_words(block: QTextBlock) -> None:
    """Bold stays bold in the real Bold face; keys and file names stand on grey, links in blue."""
    bold = theme.font("name").weight()
    parts = []
    fragments = block.begin()
    while not fragments.atEnd():
        fragment = fragments.fragment()
        parts.append((fragment.position(), fragment.length(), fragment.charFormat()))
        fragments += 1
    for position, length, found in parts:
        face = QTextCharFormat()
        face.setFont(theme.font("body", bold=found.fontWeight() >= bold))
        if found.isAnchor():
            face.setForeground(theme.colour("info"))
        elif found.fontFixedPitch():
            face.setBackground(theme.colour("grey"))
        cursor = QTextCursor(block)
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(face)


def _set_table(table: QTextTable) -> None:
    shape = table.format()
    shape.setBorder(1)
    shape.setBorderBrush(theme.colour("line"))
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderCollapse(True)
    shape.setCellPadding(theme.px(5))
    shape.setTopMargin(theme.px(6))
    shape.setBottomMargin(theme.px(10))
    key = QTextLength(QTextLength.Type.FixedLength, theme.px(_KEY_COLUMN))
    shape.setColumnWidthConstraints([key] + [QTextLength()] * (table.columns() - 1))
    table.setFormat(shape)
