"""A small form in a drawer: a few inputs, one verb; what goes wrong is said in it, and it stays open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cadre_desk.ui.jobs import is_expected, log_fault
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import PRIMARY
from cadre_desk.ui.kit.inputs import Input, chain
from cadre_desk.ui.kit.parts import REFUSAL, Button, Drawer, Notice, Text
from cadre_desk.ui.office import Office
from cadre_desk.ui.paper_scroll import PaperScroll


class FormDrawer(Drawer):
    """``ask`` fills it with inputs; the verb's work runs beside the window and closes it when it is done."""

    def __init__(self, host: QWidget, office: Office) -> None:
        """Closed at first."""
        super().__init__(host)
        self._office = office
        self._inputs: Sequence[Input] = ()
        self._work: Callable[[], Any] = lambda: None
        self._done: Callable[[Any], None] = lambda _: None
        side = theme.space("card")
        self.body.setContentsMargins(side, theme.px(12), side, 0)
        self._sheet = PaperScroll()
        self.about = Text("", "small", "ink2", wrap=True)
        self.problem = Notice("", REFUSAL)
        self.body.addWidget(self.about)
        self.body.addWidget(self._sheet, 1)
        self.body.addWidget(self.problem)
        self.cancel = Button("取消")
        self.cancel.clicked.connect(self.shut)
        self.verb = Button("", PRIMARY)
        self.verb.clicked.connect(self._begin)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.verb)

    def ask(
        self,
        title: str,
        about: str,
        inputs: Sequence[Input],
        verb: str,
        work: Callable[[], Any],
        done: Callable[[Any], None],
    ) -> None:
        """Open with these inputs; ``work`` reads them beside the window, ``done`` follows in it."""
        self.set_title(title)
        self.about.setText(about)
        self.about.setVisible(bool(about))
        self._inputs, self._work, self._done = inputs, work, done
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, theme.px(4), 0, 0)
        column.setSpacing(theme.px(10))
        for one in inputs:
            column.addWidget(one)
            one.changed.connect(self.problem.hide)
        column.addStretch(1)
        chain(list(inputs))
        if inputs:
            inputs[-1].next_asked.connect(self._begin)
        self._sheet.hold(fresh)
        self.problem.hide()
        self.verb.set_text(verb)
        self.verb.setEnabled(True)
        self.unfold()
        if inputs:
            inputs[0].editor.setFocus()

    def _begin(self) -> None:
        if not self.verb.isEnabled():
            return
        self.verb.setEnabled(False)
        work = self._work
        self._office.jobs.run(self.verb.text(), lambda _: work(), self._end, self._fail)

    def _end(self, answer: Any) -> None:
        self.shut()
        self._done(answer)

    def _fail(self, error: BaseException) -> None:
        self.verb.setEnabled(True)
        if is_expected(error):
            self.problem.say(str(error), REFUSAL)
        else:
            log_fault(error)
            self.problem.say("程序出了差错，这一步没有做成，台账没有改动。请重试。", REFUSAL)
        self.problem.show()
