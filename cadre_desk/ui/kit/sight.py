"""Bringing a part into sight without making a window of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def set_seen(widget: QWidget, seen: bool) -> None:  # noqa: FBT001 - as Qt's setVisible
    """Show or hide a part; one that has no page yet is only marked, for shown now it would be a window."""
    if seen and widget.parentWidget() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_Hidden, on=False)
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, on=False)
        return
    widget.setVisible(seen)
