"""The tabs of a card and of a form, set anew for every record."""

from __future__ import annotations

from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.tabs import TabStrip


class CardTabs(TabStrip):
    """A strip inside a card; the card draws its line, and nothing stands behind the last tab.

    So the strip need not ask its layout for the items there: PySide 6.9 keeps the wrapper of an item that was
    asked for, and the next tab that Qt puts at the same address in memory kills the program.
    """

    def __init__(self) -> None:
        """No tabs yet."""
        super().__init__("栏目", ruled=False)
        self.setFixedHeight(theme.px(39))

    def _ends(self) -> int:
        """Nothing stands behind the stretch, but the gaps between the tabs want room too."""
        return self._row.spacing() * (len(self._buttons) + 1)
