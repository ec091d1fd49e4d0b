"""What stands beside a list: the current record at a glance, 264 px wide at 100 %."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.cards import Card
from cadre_desk.ui.kit.text import Text
from cadre_desk.ui.office import Office


class RecordPreview(Card):
    """The current record; the first thing to give way where room is scarce.

    Signals: ``closed()``, ``opened()`` for the whole card, ``edited()`` for its form.
    """

    closed = Signal()
    opened = Signal()
    edited = Signal()

    def __init__(self, name: str) -> None:
        """``name`` says what it is to who cannot see it."""
        super().__init__()
        self.setObjectName("preview")
        self.setAccessibleName(name)
        self.set_margins(12, 12, 12, 12)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(theme.space("preview"))
        self._held = QWidget()
        self.column = QVBoxLayout(self._held)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(8))
        self.body.addWidget(self._held)
        self._nobody = Text("没有选中的记录", "small", "ink3")
        self._nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nobody.hide()
        self.body.addWidget(self._nobody, 1)

    def sizeHint(self) -> QSize:
        """264 px at 100 %."""
        return QSize(theme.space("preview"), super().sizeHint().height())

    def follow(self, office: Office, record: int) -> None:
        """Show a record, or that there is none."""
        self._held.setVisible(bool(record))
        self._nobody.setVisible(not record)
        if record:
            self.show_record(office, record)

    @abstractmethod
    def show_record(self, office: Office, record: int) -> None:
        """Show a record of the ledger.

        Raises:
            UserError: the record is gone.
        """
