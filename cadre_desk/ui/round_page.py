"""走访批次: rules to a list with reasons and amounts, made as one act, then seen with its papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from cadre_desk.actions import visits
from cadre_desk.actions.visits import RoundPlan
from cadre_desk.db.settings import COUNTY
from cadre_desk.domain.errors import RuleError, UserError
from cadre_desk.domain.money import show_yuan
from cadre_desk.registers.catalogue import register
from cadre_desk.registers.listing import Listing
from cadre_desk.ui import round_parts as parts
from cadre_desk.ui.inspection_dialog import InspectionDialog
from cadre_desk.ui.jobs import Progress
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import PRIMARY, Act
from cadre_desk.ui.kit.cards import ScrollColumn
from cadre_desk.ui.kit.narrow import Room, narrow
from cadre_desk.ui.kit.notices import ErrorBar
from cadre_desk.ui.kit.page_header import PageHeader
from cadre_desk.ui.office import Go, Office
from cadre_desk.ui.page import Page
from cadre_desk.ui.round_amending import Amending
from cadre_desk.ui.round_asking import PICKED, Asked, MadeRound, Planned, read_plan, read_round
from cadre_desk.ui.round_facts import FactsCard
from cadre_desk.ui.round_list import RoundList
from cadre_desk.ui.round_rules import RulesCard, StandardCard

_MAKE: Final = "make"
_WALK: Final = "results"
_INSPECT: Final = "inspect"
_PATIENCE: Final = 200
_LEFT, _SIDE = 272, 240


class RoundPage(Page):
    """A round before it is made, as a plan that changes with every keystroke, and after, as it stands."""

    TABLES: ClassVar[frozenset[str]] = frozenset(
        {
            "round",
            "visit",
            "left_out",
            "visit_waiver",
            "visit_standard",
            "person",
            "bank_account",
            "paper_log",
        }
    )
    HELP: ClassVar[str] = "慰问名册"

    def __init__(self, office: Office) -> None:
        """An empty frame; ``arrive`` says what it is about."""
        super().__init__(office)
        self._record, self._title, self._next_paper = 0, "", ""
        self._picked: Listing | None = None
        self._plan: RoundPlan | None = None
        self._asked, self._shown = 0, 0
        self._acts: list[Act] = []
        self._clock = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._clock.timeout.connect(self.refresh)
        self._lay_out()
        QShortcut(QKeySequence("Ctrl+S"), self, self.make)
        QShortcut(QKeySequence.StandardKey.Print, self, self._print)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        side = theme.space("page")
        column.setContentsMargins(side, side // 2, side, side)
        column.setSpacing(theme.px(8))
        self.error = ErrorBar()
        self.error.closed.connect(self.error.hide)
        column.addWidget(self.error)
        self.header = PageHeader("新建走访批次")
        self.header.set_parents([("rounds", "走访慰问")])
        self.header.parent_asked.connect(lambda key: self.office.go("list", register=key))
        self.header.acted.connect(self._act)
        column.addWidget(self.header)
        self.panes = QHBoxLayout()
        self.panes.setSpacing(theme.space("gap"))
        column.addLayout(self.panes, 1)
        self._build_sides()
        self.panes.addWidget(self.left)
        self.list = RoundList(self.office)
        self.list.changed.connect(self.refresh)
        self.amending = Amending(self, self.office, self.list)
        self.amending.refused.connect(self._refuse)
        self.panes.addWidget(self.list, 1)
        self.panes.addWidget(self.right)

    def _build_sides(self) -> None:
        self.left, self.right = ScrollColumn(), ScrollColumn()
        self.left.setFixedWidth(theme.px(_LEFT))
        self.right.setFixedWidth(theme.px(_SIDE))
        self.rules = RulesCard()
        self.rules.changed.connect(self._clock.start)
        self.facts = FactsCard()
        self.standard = StandardCard()
        self.standard.changed.connect(self._clock.start)
        self.standard.finished.connect(self.make)
        self.cost = parts.CostCard()
        self.papers = parts.PapersCard()
        self.papers.asked.connect(self._preview)
        for one in (self.rules, self.facts):
            self.left.column.addWidget(one)
        self.left.column.addStretch(1)
        self.right.column.addStretch(1)
        self._place_sides(beside=True)

    def _place_sides(self, *, beside: bool) -> None:
        """Standard, cost and papers at the right; in large text above and below the rules."""
        target = self.right.column if beside else self.left.column
        for one in (self.cost, self.papers):
            target.insertWidget(target.count() - 1, one)
        target.insertWidget(0, self.standard)
        self.right.setVisible(beside)
        self._beside = beside

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Three panes, or two in large text."""
        super().resizeEvent(event)
        beside = narrow(self) < Room.FACET_DRAWER
        if beside != self._beside:
            self._place_sides(beside=beside)

    # --- what it is about ---------------------------------------------------------------------------------

    def arrive(self, go: Go) -> None:
        """A round that is there (``record``), or a new one, by rules or over a listing of people."""
        self._record = go.record if go.register in {"", "rounds"} else 0
        self.amending.record = self._record
        self.error.hide()
        if not self._record:
            self._begin(go.listing)
        self._adapt()
        self.refresh()

    def _begin(self, listing: Listing | None) -> None:
        """A new plan by rules, or over what was picked."""
        self._picked = listing if listing is not None and listing.register.key == "people" else None
        self.list.begin()
        with self.office.desk.read() as session:
            views = visits.view_sources(session, self._everybody())
        self.rules.begin(
            tuple((one.key, one.title) for one in views), PICKED if self._picked is not None else ""
        )
        self.standard.begin(self.office.today())
        self.standard.cash.setFocus()

    def _everybody(self) -> Listing:
        return self.office.listing(register("people"))

    def refresh(self) -> None:
        """Plan or read again beside the window; a later question overtakes an earlier one."""
        self._clock.stop()
        self._asked += 1
        if self._record:
            self._read_round(self._asked)
        else:
            self._read_plan(self._asked)

    def _read_round(self, asked: int) -> None:
        ledger, everybody, record = self.office.ledger, self._everybody(), self._record

        def work(_: Progress) -> MadeRound | None:
            return read_round(ledger, everybody, record)

        def then(made: MadeRound | None) -> None:
            if asked == self._asked:
                self._show_round(made)
                self._shown = asked

        self.office.jobs.run("读取走访批次", work, then)

    def _read_plan(self, number: int) -> None:
        desk, everybody, asked = self.office.desk, self._everybody(), self._what_is_asked()
        if asked is None:
            self._show_stop(self.standard.problem())
            self._shown = number
            return

        def work(_: Progress) -> Planned:
            return read_plan(desk, everybody, asked)

        def then(found: Planned) -> None:
            if number == self._asked:
                self._show_plan(found)
                self._shown = number

        def failed(error: BaseException) -> None:
            if not isinstance(error, UserError):
                self.office.tell_error(error)
            elif number == self._asked:
                self._show_stop(str(error))
                self._shown = number

        self.office.jobs.run("看名单", work, then, failed)

    def _what_is_asked(self) -> Asked | None:
        """What stands on the page; None while that is no question yet."""
        standard, day = self.standard, self.standard.day()
        if standard.problem() or day is None:
            return None
        return Asked(
            occasion=standard.occasion.value,
            year=parts.year_of(str(standard.year.value)),
            county=str(self.office.setting(COUNTY)),
            ages_on=day,
            ticked=self.rules.ticked(),
            least=self.rules.least(),
            amounts=standard.amounts(self.rules.by_rule()),
            goods=str(standard.goods.value).strip(),
            fund=str(standard.fund.value).strip(),
            budget=parts.cash_of(str(standard.budget.value)),
            picked=self._picked,
            added=dict(self.list.added),
            excluded=dict(self.list.excluded),
            edited=dict(self.list.edited),
        )

    # --- what is shown ------------------------------------------------------------------------------------

    def _adapt(self) -> None:
        """Rules and inputs for a plan, facts and papers for a round."""
        planning = not self._record
        for one in (self.rules, self.standard):
            one.setVisible(planning)
        for other in (self.facts, self.papers):
            other.setVisible(not planning)
        self.list.set_planning(planning=planning)

    def _show_plan(self, found: Planned) -> None:
        plan = found.plan
        self._plan = plan
        self.rules.show_counts(found.counts, found.last)
        self.standard.show_standard(plan.by_standard)
        self.header.set_title(plan.title)
        self.header.set_chip("未建立", "info")
        self.header.set_context(plan.standard)
        count = len(plan.listed)
        self._offer(f"建立批次 {count:,} 人", plan.stop)
        pairs = "，".join("和".join(pair) for pair in plan.couples[:3])
        self.cost.show_cost(
            parts.Cost(
                count,
                plan.total,
                len(plan.left_out),
                plan.doubled,
                _each([one.cash for one in plan.listed]),
                plan.request.goods,
                plan.request.budget,
                f"名单里有 {len(plan.couples)} 对夫妻同在一户：{pairs}。各发各的，请核对。"
                if plan.couples
                else "",
            )
        )
        out = tuple((one.person, one.name, one.reason, one.why) for one in plan.left_out)
        self.list.show_people(found.roll, out)
        nothing = not plan.request.sources and not plan.request.added
        stop = "勾选左边的规则，名单就列在这里。" if nothing else plan.stop
        self.list.say("" if plan.listed else stop)

    def _show_stop(self, why: str) -> None:
        """No plan can be made; it is said where it was asked."""
        self._plan = None
        self.header.set_title("新建走访批次")
        self.header.set_context("")
        self._offer("建立批次", why)
        self.cost.show_cost(parts.Cost())
        self.list.show_people(None, ())
        self.list.say(why)

    def _show_round(self, made: MadeRound | None) -> None:
        self._plan = None
        if made is None:
            self.header.set_chip("已撤销", "warn")
            self._set_acts([])
            self.error.show_error("这个批次已经不在台账里了。", "可能刚才撤销了；名单没有丢，可以重新建立。")
            self.error.show()
            self.papers.show_papers(())
            self.cost.show_cost(parts.Cost())
            self.list.show_people(None, ())
            return
        self._title = made.title
        self.header.set_title(made.title)
        to_print = [one.key for one in made.papers if one.printed == parts.NOT_PRINTED]
        self._next_paper = (to_print or [made.papers[-1].key])[0]
        self.header.set_chip("已造册", "info" if to_print else "ok")
        self.header.set_context(f"{made.day}造册")
        walk = Act(_WALK, "走访登记", "keyboard", tip="登记走访结果")
        self._set_acts(
            [
                walk,
                Act(_INSPECT, "督查抽查", "shield", tip="从已走访的人里随机抽取核实"),
                Act("visit_roster", "慰问名册", "print"),
                Act("receipt", "签领表", "print", PRIMARY),
            ]
        )
        self.facts.show_round(made)
        count = len(made.roll.keys)
        self.cost.show_cost(
            parts.Cost(
                count,
                made.roll.total,
                len(made.left_out),
                made.doubled,
                _each(made.roll.amounts),
                made.goods,
                made.budget,
            )
        )
        self.papers.show_papers(made.papers)
        self.list.show_people(made.roll, made.left_out, made.alarms)
        held = sum(one.holds for one in made.alarms)
        self.list.say(f"有 {held:,} 条发放提醒没有处理，签领表先不能出：看「发放提醒」。" if held else "")

    def _set_acts(self, acts: Sequence[Act]) -> None:
        """Other acts, if they are others: the buttons keep the keyboard while a plan is typed."""
        if acts != self._acts:
            self._acts = list(acts)
            self.header.set_acts(acts)

    def _offer(self, words: str, why_not: str) -> None:
        act = Act(_MAKE, words, "check", PRIMARY, tip="Ctrl+S")
        self._set_acts([replace(act, enabled=not why_not, reason=why_not)])

    # --- acts ---------------------------------------------------------------------------------------------

    def _act(self, key: str) -> None:
        if key == _MAKE:
            self.make()
        elif key == _WALK:
            self.office.go("results", register="rounds", record=self._record)
        elif key == _INSPECT:
            InspectionDialog(self, self.office, self._record, self._title).open()
        else:
            self._preview(key)

    def make(self) -> None:
        """Write the round as one act, and show it."""
        plan = self._plan
        if plan is None or self._shown != self._asked or self._clock.isActive() or plan.stop:
            self.refresh()
            return
        desk, today = self.office.desk, self.office.today()

        def work(_: Progress) -> tuple[int, int]:
            with desk.unit(f"建立走访批次：{plan.title} {len(plan.listed)} 人") as session:
                record = visits.make_round(session, plan, today=today)
            return record, desk.last_act() or 0

        def then(found: tuple[int, int]) -> None:
            record, act = found
            self.office.tell(f"已建立「{plan.title}」", detail=f"{len(plan.listed):,} 人", undo_act=act)
            self.arrive(Go("round", register="rounds", record=record))

        self.office.jobs.run("建立批次", work, then, self._fail)

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, RuleError):
            self._refuse(str(error))
        else:
            self.office.tell_error(error)

    def _refuse(self, why: str) -> None:
        """Say at the top why something was not done."""
        self.error.show_error(why, "台账没有改动。")
        self.error.show()

    def _print(self) -> None:
        """The paper that is next: the 慰问名册 until it was printed, then the 签领表."""
        if self._record:
            self._preview(self._next_paper)

    def _preview(self, key: str) -> None:
        self.office.go("preview", record=self._record, also=key)


def _each(amounts: Sequence[int]) -> str:
    """What each gets in words: one amount, or from the least to the most."""
    found = sorted({cash for cash in amounts if cash})
    if len(found) > 1:
        return f"{show_yuan(found[0])}–{show_yuan(found[-1])} 元"
    return f"{show_yuan(found[0])} 元" if found else ""
