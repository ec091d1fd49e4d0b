"""Whether the desk may move: the system's wish for reduced motion is kept."""

from __future__ import annotations

from PySide6.QtWidgets import QStyle

from cadre_desk.ui.kit import theme

_STILL = "cadre_desk_still"


def be_still(*, still: bool) -> None:
    """Switch all movement off (a setting of the desk, and what tests want) or on again."""
    theme.application().setProperty(_STILL, still)


def allowed() -> bool:
    """Whether a drawer may slide: not when the desk was told to be still or the style draws no animations."""
    app = theme.application()
    if app.property(_STILL):
        return False
    return bool(app.style().styleHint(QStyle.StyleHint.SH_Widget_Animate))
