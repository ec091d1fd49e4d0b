"""The tabs of a card and of a form, set anew for every record."""

from __future__ import annotations

from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.tabs import TabStrip


class CardTabs(TabStrip):
    """A strip inside a card: the card draws the line under it, and nothing stands behind the last tab."""

    def __init__(self) -> None:
        """No tabs yet."""
        super().__init__("栏目", ruled=False)
        self.setFixedHeight(theme.px(39))
