"""The shadow of what floats: popups and drawers, nothing else."""

from __future__ import annotations

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QWidget

from cadre_desk.ui.kit import theme


def cast_shadow(widget: QWidget, blur: float = 24, down: float = 4, share: float = 0.24) -> None:
    """Give a floating widget its shadow: popup 24/4/24 %, drawer 28/0/18 %; sizes are px at 100 %."""
    shade = QColor(theme.colour("ink"))
    shade.setAlphaF(share)
    shadow = QGraphicsDropShadowEffect(widget)
    shadow.setBlurRadius(theme.px(blur))
    shadow.setOffset(0, theme.px(down) if down else 0)
    shadow.setColor(shade)
    widget.setGraphicsEffect(shadow)
