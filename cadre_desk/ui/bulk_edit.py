"""批量修改: one field of the ticked records, with what stands there now and what will, as one act to undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cadre_desk.actions import safekeeping
from cadre_desk.actions.bulk import Bulk, before_of, change_many, changeable, is_dated
from cadre_desk.actions.records import How
from cadre_desk.actions.related import label_of, labels_of
from cadre_desk.db.container import Reason
from cadre_desk.domain import pinyin
from cadre_desk.domain.dates import PartialDate, parse_date
from cadre_desk.domain.errors import FieldError
from cadre_desk.domain.fields import AnyField, Link
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.register import Register
from cadre_desk.ui.editor_base import Editor, Where
from cadre_desk.ui.editors import editor_for
from cadre_desk.ui.jobs import Progress
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.buttons import PRIMARY, Button
from cadre_desk.ui.kit.cards import ScrollColumn
from cadre_desk.ui.kit.drawer import Drawer
from cadre_desk.ui.kit.inputs import CheckInput, ChoiceInput, CodeInput, DateInput
from cadre_desk.ui.kit.notices import HINT, WARNING, Notice
from cadre_desk.ui.kit.roles import ColumnLook, Look, Role
from cadre_desk.ui.kit.sight import set_seen
from cadre_desk.ui.kit.table import RegisterTable
from cadre_desk.ui.office import Office

_Index: TypeAlias = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()
#: So many records are told line by line; more are counted.
_MOST: Final = 500
_PAUSE: Final = 150
_TABLE: Final = 176
_HEADS: Final = ("姓名", "现在", "改为")
_LOOKS: Final = (ColumnLook(84, keep=True, bold=True, sortable=False), ColumnLook(112, 1, sortable=False))


class _Preview(QAbstractTableModel):
    """Name, old value, new value."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[str, str, str]] = []

    def show_rows(self, rows: list[tuple[str, str, str]]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(_HEADS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        _name, old, new = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.rows[index.row()][index.column()]
        if role == Role.LOOK and index.column() and old != new:
            return Look(ground="wtint", tone="warn") if index.column() > 1 else Look(tone="ink2")
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.COLUMN:
            return _LOOKS[min(section, 1)]
        return _HEADS[section] if role == Qt.ItemDataRole.DisplayRole else None


class BulkEdit(Drawer):
    """The drawer for one register: choose a field, give its value, see both, write once."""

    def __init__(self, host: QWidget, office: Office, register: Register) -> None:
        """Closed, nothing chosen."""
        super().__init__(host)
        self.setObjectName("bulk-edit")
        self._office, self._register = office, register
        self._listing: Listing | None = None
        self._ids: Sequence[int] = ()
        self._names: dict[int, str] = {}
        self._held: dict[int, Any] = {}
        self._links: dict[int, str] = {}
        self._editor: Editor | None = None
        self._fields = changeable(register)
        self._build()
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._compare)

    def _build(self) -> None:
        side = theme.space("card")
        self.body.setContentsMargins(side, theme.px(10), side, 0)
        self.field = CodeInput("要改的栏目", self._matching, prompt="打首字母或汉字，如 zzmm")
        self.field.changed.connect(self._choose)
        self.place = QVBoxLayout()
        self.clear = CheckInput("把这一栏清空")
        self.clear.changed.connect(self._set_clear)
        self.how = ChoiceInput(
            "怎么改", (("change", "变更：从某日起是这样"), ("correction", "更正：原来就该是这样"))
        )
        self.how.changed.connect(self._fit)
        self.since = DateInput("从哪天起", self._read_since, rule="统计从这一天起按新的算")
        self.notice = Notice("先选一个栏目，再填新的值。", HINT)
        self.table = RegisterTable("修改前后")
        self._preview = _Preview()
        self.table.setModel(self._preview)
        self.table.setMinimumHeight(theme.px(_TABLE))
        held = ScrollColumn()
        held.column.setSpacing(theme.px(8))
        for part in (self.field, self.clear, self.how, self.since, self.notice):
            held.column.addWidget(part)
        held.column.insertLayout(1, self.place)
        held.column.addWidget(self.table, 1)
        self.body.addWidget(held, 1)
        leave = Button("放弃 Esc")
        leave.clicked.connect(self.shut)
        self.write = Button("修改", PRIMARY)
        self.write.clicked.connect(self.apply)
        self.foot.addStretch(1)
        self.foot.addWidget(leave)
        self.foot.addWidget(self.write)

    # --- beginning ----------------------------------------------------------------------------------------

    def offer(self, listing: Listing) -> None:
        """Open for the records of a listing."""
        self._listing = listing
        with self._office.desk.read() as session:
            self._ids = listing.ids(session)
            self._names = labels_of(session, self._register, self._ids[:_MOST], self._office.today())
        self.set_title("批量修改", f"已选 {len(self._ids):,} {self._register.measure}")
        self.field.set_value("")
        self._choose()
        self.unfold()
        self.field.setFocus()

    def _matching(self, typed: str) -> list[tuple[str, str, str]]:
        """Fields by initials, hanzi or label."""
        lines = [(key, one.label, pinyin.text_initials(one.label)) for key, one in self._fields.items()]
        wanted = typed.strip().lower()
        return [line for line in lines if wanted in line[1].lower() or line[2].startswith(wanted)]

    def _choose(self) -> None:
        """Another field: its editor takes the place of the one before."""
        key = self.field.value
        if self._editor is not None:
            self.place.removeWidget(self._editor.input)
            self._editor.input.hide()
            self._editor.input.deleteLater()
            self._editor = None
        if key:
            self._editor = editor_for(Where(self._office, self._register, key, self._fields[key]))
            self._editor.load(None)
            self._editor.changed.connect(self._timer.start)
            self.place.addWidget(self._editor.input)
            self._read_before(key)
        self.clear.set_value(False)
        self._fit()
        self._compare()

    def _read_before(self, key: str) -> None:
        """What the first records hold now; links with the names they lead to."""
        ids = self._ids[:_MOST]
        with self._office.desk.read() as session:
            self._held = before_of(session, self._register, key, ids)
            field = self._fields[key]
            if isinstance(field, Link):
                wanted = sorted({one for one in self._held.values() if one is not None})
                self._links = labels_of(session, REGISTERS[field.to], wanted, self._office.today())

    def _set_clear(self) -> None:
        if self._editor is not None:
            self._editor.input.set_locked(self.clear.value)
        self._timer.start()

    def _fit(self) -> None:
        """Show only what this field asks for."""
        key = self.field.value
        dated = bool(key) and is_dated(self._register, key)
        only_change = key == "branch_id"
        set_seen(self.clear, bool(key) and not self._fields[key].required)
        set_seen(self.how, dated and not only_change)
        set_seen(self.since, dated and self._how() is How.CHANGE)
        if dated and not self.since.text():
            self.since.set_value(PartialDate.of(self._office.today()).show())

    def _how(self) -> How:
        return (
            How.CORRECTION
            if self.how.value == "correction" and self.field.value != "branch_id"
            else How.CHANGE
        )

    @staticmethod
    def _read_since(text: str) -> str:
        return parse_date(text).words()

    # --- before and after ---------------------------------------------------------------------------------

    def new_value(self) -> Any:
        """What will stand in the field; FieldError if what was typed is no value."""
        return None if self.clear.value or self._editor is None else self._editor.value()

    def _words(self, field: AnyField, value: Any) -> str:
        if value is None:
            return "（空）"
        if isinstance(field, Link):
            return self._links.get(value) or self._label(field, value)
        return field.mask(value)

    def _label(self, field: Link, value: int) -> str:
        with self._office.desk.read() as session:
            self._links[value] = label_of(session, REGISTERS[field.to], value, self._office.today())
        return self._links[value]

    def _compare(self) -> None:
        """Show what would change."""
        key = self.field.value
        try:
            value = self.new_value()
        except FieldError:
            value = None
        if not key or (value is None and not self.clear.value):
            self._preview.show_rows([])
            self._say("先选一个栏目，再填新的值。" if not key else "填上新的值，就能看到每条改前改后。", 0)
            return
        field = self._fields[key]
        new = self._words(field, value)
        changing = [record for record in self._held if self._held[record] != value]
        rows = [(self._names.get(one, ""), self._words(field, self._held[one]), new) for one in changing]
        self._preview.show_rows(rows)
        same, unseen = len(self._held) - len(changing), len(self._ids) - len(self._held)
        measure = self._register.measure
        parts = [f"将修改 {len(changing) + unseen:,} {measure}"]
        parts += [f"{same:,} {measure}已经是这样，不动"] if same else []
        parts += [f"下面只列前 {_MOST} {measure}"] if unseen else []
        self._say("；".join(parts) + "。改之前自动备份，改完可以一次撤销。", len(changing) + unseen)

    def _say(self, text: str, count: int) -> None:
        self.notice.say(text, WARNING if count else HINT)
        measure = self._register.measure
        self.write.set_text(f"修改 {count:,} {measure}" if count else "修改")
        self.write.set_allowed(count > 0, "还没有要改的")

    # --- writing ------------------------------------------------------------------------------------------

    def apply(self) -> None:
        """Back up, write all in one act, say what was done."""
        key = self.field.value
        if not key or self._editor is None or (not self.clear.value and self._editor.show_fault()):
            return
        try:
            since = parse_date(self.since.text()) if is_dated(self._register, key) else None
            bulk = Bulk(self._register, key, self.new_value(), self._how(), since)
        except FieldError as error:
            self.since.show_problem(str(error))
            return
        self._run(bulk, tuple(self._ids), self._words(self._fields[key], bulk.value))

    def _run(self, bulk: Bulk, ids: tuple[int, ...], new: str) -> None:
        ledger, desk, today = self._office.ledger, self._office.desk, self._office.today()
        count = f"{len(ids):,} {self._register.measure}"
        label = bulk.field.label

        def work(progress: Progress) -> int:
            progress.step(0, len(ids), "正在备份")
            safekeeping.make_backup(ledger, Reason.BULK)
            with desk.unit(f"批量修改：{label} → {new}（{count}）") as session:
                change_many(
                    session,
                    bulk,
                    ids,
                    today=today,
                    step=lambda done, total: progress.step(done, total, f"正在修改「{label}」"),
                )
            return desk.last_act() or 0

        def done(act: int) -> None:
            self._office.tell(f"已把 {count}的「{label}」改为", detail=new, undo_act=act)

        self.shut()
        self._office.jobs.run(f"批量修改「{label}」", work, done)
