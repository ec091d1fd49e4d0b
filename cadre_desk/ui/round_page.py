"""走访批次: planned over a list of people with one amount, made as one act, then seen with its papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from cadre_desk.actions import visits
from cadre_desk.db.settings import COUNTY
from cadre_desk.domain import codes
from cadre_desk.domain.errors import RuleError, UserError
from cadre_desk.registers.catalogue import register
from cadre_desk.registers.listing import Listing
from cadre_desk.ui import round_parts as parts
from cadre_desk.ui.jobs import Progress
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.bars import TotalsBar
from cadre_desk.ui.kit.buttons import PRIMARY, Act
from cadre_desk.ui.kit.cards import Card, FieldView, ScrollColumn
from cadre_desk.ui.kit.inputs import ChoiceInput, LineInput, chain
from cadre_desk.ui.kit.notices import WARNING, ErrorBar, Notice
from cadre_desk.ui.kit.page_header import PageHeader
from cadre_desk.ui.kit.table import RegisterTable
from cadre_desk.ui.kit.tabs import Steps, Tab, TabStrip
from cadre_desk.ui.office import Go, Office
from cadre_desk.ui.page import Page
from cadre_desk.ui.still_rows import StillRows

_MAKE: Final = "make"
_STEPS: Final = ("选人", "定标准", "建立批次", "印名册、签领表")
_LISTED, _LEFT_OUT = "listed", "left_out"
_PATIENCE: Final = 200
_SPRING: Final = "01"


class RoundPage(Page):
    """A round before it is made, as a plan that changes with every keystroke, and after, as it stands."""

    TABLES: ClassVar[frozenset[str]] = frozenset({"round", "visit", "person", "paper_log"})
    HELP: ClassVar[str] = "走访慰问"

    def __init__(self, office: Office) -> None:
        """An empty frame; ``arrive`` says what it is about."""
        super().__init__(office)
        self._record = 0
        self._choices: list[parts.Choice] = []
        self._plan: visits.RoundPlan | None = None
        self._asked = 0
        self._acts: list[Act] = []
        self._roll: parts.Roll | None = None
        self._clock = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._clock.timeout.connect(self.refresh)
        self._lay_out()

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
        strip = Card()
        strip.set_margins(12, 6, 12, 6)
        self.steps = Steps(_STEPS, 1)
        strip.body.addWidget(self.steps)
        column.addWidget(strip)
        self.panes = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.panes.setSpacing(theme.space("gap"))
        column.addLayout(self.panes, 1)
        self.panes.addWidget(self._build_rule())
        self.panes.addWidget(self._build_list(), 1)
        self.panes.addWidget(self._build_side())

    def _build_rule(self) -> QWidget:
        scroll = ScrollColumn()
        scroll.setFixedWidth(theme.px(232))
        self.rule = Card("对象与标准")
        self.rule.body.setSpacing(theme.px(8))
        self.source = ChoiceInput("对象名单")
        occasions = [(one.code, one.label) for one in codes.table("occasion").items if not one.retired]
        self.occasion = ChoiceInput("时机", occasions)
        self.year = LineInput("年度", read=parts.read_year)
        self.cash = LineInput("慰问金（元／人）", read=parts.read_cash, prompt="例如 600")
        self.goods = LineInput("慰问品", prompt="没有就空着")
        self.inputs = (self.source, self.occasion, self.year, self.cash, self.goods)
        for one in self.inputs:
            self.rule.body.addWidget(one)
            one.changed.connect(self._clock.start)
        self.cash.set_required(True)
        chain(self.inputs)
        self.goods.next_asked.connect(self.make)
        self.facts = {
            label: FieldView(label, compact=True, label_width=56)
            for label in ("时机", "年度", "造册", "条件", "慰问品")
        }
        for fact in self.facts.values():
            self.rule.body.addWidget(fact)
        self.notice = Notice()
        self.rule.body.addWidget(self.notice)
        self.rule.body.addStretch(1)
        scroll.column.addWidget(self.rule)
        return scroll

    def _build_list(self) -> QWidget:
        card = Card()
        card.set_margins(1, 2, 1, 1)
        card.body.setSpacing(0)
        self.tabs = TabStrip("名单")
        self.tabs.set_tabs([Tab(_LISTED, "列入"), Tab(_LEFT_OUT, "未列入")])
        self.tabs.chosen.connect(lambda _key: self._show_rows())
        card.body.addWidget(self.tabs)
        self.people = StillRows(parts.COLUMNS)
        self.table = RegisterTable("走访名单")
        self.table.setModel(self.people)
        self.table.set_frozen(2)
        self.table.opened.connect(self._open)
        card.body.addWidget(self.table, 1)
        self.totals = TotalsBar()
        self.table.range_moved.connect(
            lambda first, last: self.totals.set_range(f"第 {first + 1}–{last + 1} 行" if last >= 0 else "")
        )
        card.body.addWidget(self.totals)
        return card

    def _build_side(self) -> QWidget:
        scroll = ScrollColumn()
        scroll.setFixedWidth(theme.px(240))
        self.cost = parts.CostCard()
        self.papers = parts.PapersCard()
        self.papers.asked.connect(self._preview)
        scroll.column.addWidget(self.cost)
        scroll.column.addWidget(self.papers)
        scroll.column.addStretch(1)
        return scroll

    # --- what it is about ---------------------------------------------------------------------------------

    def arrive(self, go: Go) -> None:
        """A round that is there (``record``), or a new one over a listing of people."""
        self._record = go.record if go.register in {"", "rounds"} else 0
        self.error.hide()
        if not self._record:
            self._begin(go.listing)
        self._adapt()
        self.refresh()

    def _begin(self, listing: Listing | None) -> None:
        """A new plan over what was picked, else over the first view."""
        everybody = self._everybody()
        self._choices = parts.choices(self.office.desk, everybody)
        if listing is not None and listing.register.key == "people":
            title = f"选好的名单（{listing.words() or '全部'}）"
            self._choices.insert(0, parts.Choice(title, listing))
        self.source.set_choices([(str(place), one.title) for place, one in enumerate(self._choices)])
        self.occasion.set_value(_SPRING)
        self.year.set_value(self.office.today().year)
        self.cash.set_value("")
        self.goods.set_value("")
        self.cash.setFocus()

    def _everybody(self) -> Listing:
        return self.office.listing(register("people"))

    def refresh(self) -> None:
        """Plan or read again beside the window; a later question overtakes an earlier one."""
        self._clock.stop()
        self._asked += 1
        asked = self._asked
        if self._record:
            self._read_round(asked)
        elif self._choices:
            self._read_plan(asked)

    def _read_round(self, asked: int) -> None:
        ledger, everybody, record = self.office.ledger, self._everybody(), self._record

        def work(_: Progress) -> parts.MadeRound | None:
            return parts.read_round(ledger, everybody, record)

        def then(made: parts.MadeRound | None) -> None:
            if asked == self._asked:
                self._show_round(made)

        self.office.jobs.run("读取走访批次", work, then)

    def _read_plan(self, asked: int) -> None:
        desk, everybody = self.office.desk, self._everybody()
        listing = self._choices[int(self.source.value or 0)].listing
        occasion, goods, county = self.occasion.value, str(self.goods.value).strip(), self._county()
        year, cash = parts.year_of(str(self.year.value)), parts.cash_of(str(self.cash.value))
        if not year:
            self._show_stop("请填年度，例如 2026。")
            return

        def work(_: Progress) -> tuple[visits.RoundPlan, parts.Roll]:
            with desk.read() as session:
                # The names stand before the amount is known: planned with one 分, which is taken out again.
                plan = visits.plan_round(
                    session,
                    listing,
                    occasion=occasion,
                    year=year,
                    county=county,
                    cash=cash or 1,
                    goods=goods,
                )
            plan = replace(plan, cash=cash)
            members = [parts.Member(person, reason, cash or None) for person, reason in plan.listed]
            return plan, parts.roll_of(desk, everybody, members)

        def then(found: tuple[visits.RoundPlan, parts.Roll]) -> None:
            if asked == self._asked:
                self._show_plan(*found)

        def failed(error: BaseException) -> None:
            if not isinstance(error, UserError):
                self.office.tell_error(error)
            elif asked == self._asked:
                self._show_stop(str(error))

        self.office.jobs.run("看名单", work, then, failed)

    def _county(self) -> str:
        return str(self.office.setting(COUNTY))

    # --- what is shown ------------------------------------------------------------------------------------

    def _adapt(self) -> None:
        """Inputs for a plan, facts for a round."""
        for one in self.inputs:
            one.setVisible(not self._record)
        for fact in self.facts.values():
            fact.setVisible(bool(self._record))
        self.notice.hide()

    def _show_plan(self, plan: visits.RoundPlan, roll: parts.Roll) -> None:
        self._plan, self._roll = plan, roll
        self.header.set_title(plan.title)
        self.header.set_chip("未建立", "info")
        self.header.set_context(plan.rule)
        self.steps.set_steps(_STEPS, 2 if plan.cash else 1)
        count = len(plan.listed)
        self._offer(
            Act(_MAKE, f"建立批次 {count:,} 人", "check", PRIMARY), "先填每人慰问金" * (not plan.cash)
        )
        self.tabs.set_tabs(
            [Tab(_LISTED, "列入", count), Tab(_LEFT_OUT, "未列入", len(plan.left_out))], self.tabs.current()
        )
        self.cost.show_cost(count, plan.cash or None, plan.total, plan.goods, len(plan.left_out))
        self.papers.show_papers(())
        self.notice.hide()
        self._show_rows()

    def _show_stop(self, why: str) -> None:
        """No plan can be made; it is said where it was asked."""
        self._plan, self._roll = None, None
        self.header.set_title("新建走访批次")
        self.header.set_context("")
        self.notice.say(why, WARNING)
        self.notice.show()
        self._offer(Act(_MAKE, "建立批次", "check", PRIMARY), why)
        self.tabs.set_tabs([Tab(_LISTED, "列入", 0), Tab(_LEFT_OUT, "未列入")], _LISTED)
        self.cost.show_cost(0, None, 0, "", None)
        self.papers.show_papers(())
        self._show_rows()

    def _show_round(self, made: parts.MadeRound | None) -> None:
        if made is None:
            self._roll = None
            self.header.set_chip("已撤销", "warn")
            self._set_acts([])
            self.error.show_error("这个批次已经不在台账里了。", "可能刚才撤销了；名单没有丢，可以重新建立。")
            self.error.show()
            self.papers.show_papers(())
            self._show_rows()
            return
        self._plan, self._roll = None, made.roll
        self.header.set_title(made.title)
        printed = all(one.printed != "未印" for one in made.papers)
        self.header.set_chip("已造册", "ok" if printed else "info")
        self.header.set_context(f"{made.day}造册")
        self.steps.set_steps(_STEPS, len(_STEPS) if printed else len(_STEPS) - 1)
        self._set_acts([Act("visit_roster", "慰问名册", "print"), Act("receipt", "签领表", "print", PRIMARY)])
        for label, words in (
            ("时机", made.occasion),
            ("年度", f"{made.year} 年"),
            ("造册", made.day),
            ("条件", made.rule),
            ("慰问品", made.goods or "无"),
        ):
            self.facts[label].set_value(words)
        count = len(made.roll.keys)
        self.tabs.set_tabs([Tab(_LISTED, "列入", count)])
        amounts = {row[-1].text for row in made.roll.rows}
        each = made.roll.total // count if len(amounts) == 1 and count else None
        self.cost.show_cost(count, each, made.roll.total, made.goods, None)
        self.papers.show_papers(made.papers)
        self._show_rows()

    def _show_rows(self) -> None:
        """The listed or the left out, as the tabs say."""
        row = self.table.current_row()
        if self._plan is not None and self.tabs.current() == _LEFT_OUT:
            keys = [person for person, _, _ in self._plan.left_out]
            self.people.show_rows(parts.left_out_rows(self._plan), keys, parts.LEFT_OUT_COLUMNS)
        elif self._roll is not None:
            self.people.show_rows(self._roll.rows, self._roll.keys, parts.COLUMNS)
        else:
            self.people.show_rows((), (), parts.COLUMNS)
        self.table.go_to(max(row, 0))
        roll = self._roll
        self.totals.set_totals(
            [("共", f"{len(roll.keys):,} 人"), ("慰问金", f"{parts.money_words(roll.total)} 元")]
            if roll
            else []
        )

    def _set_acts(self, acts: Sequence[Act]) -> None:
        """Other acts, if they are others: the buttons keep the keyboard while a plan is typed."""
        if acts != self._acts:
            self._acts = list(acts)
            self.header.set_acts(acts)

    def _offer(self, act: Act, why_not: str) -> None:
        self._set_acts([replace(act, enabled=not why_not, reason=why_not)])

    # --- acts ---------------------------------------------------------------------------------------------

    def _act(self, key: str) -> None:
        if key == _MAKE:
            self.make()
        else:
            self._preview(key)

    def make(self) -> None:
        """Write the round as one act, and show it."""
        plan = self._plan
        if plan is None or self._clock.isActive() or not plan.cash:
            self.refresh()
            return
        desk, today = self.office.desk, self.office.today()
        listing = self._choices[int(self.source.value or 0)].listing.to_json()

        def work(_: Progress) -> tuple[int, int]:
            with desk.unit(f"建立走访批次：{plan.title} {len(plan.listed)} 人") as session:
                record = visits.make_round(session, plan, today=today, listing=listing)
            return record, desk.last_act() or 0

        def then(found: tuple[int, int]) -> None:
            record, act = found
            self.office.tell(f"已建立「{plan.title}」", detail=f"{len(plan.listed):,} 人", undo_act=act)
            self.arrive(Go("round", register="rounds", record=record))

        self.office.jobs.run("建立批次", work, then, self._fail)

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, RuleError):
            self.error.show_error(str(error), "台账没有改动。")
            self.error.show()
        else:
            self.office.tell_error(error)

    def _preview(self, key: str) -> None:
        self.office.go("preview", record=self._record, also=key)

    def _open(self, row: int) -> None:
        person = self.people.key(row)
        if person is not None:
            self.office.go("card", register="people", record=person)
