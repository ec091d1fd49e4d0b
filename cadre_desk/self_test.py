"""`cadre-desk --self-test`: the program tries itself out on this computer, in a folder that goes away.

One line a step. It works in the source tree and frozen, where it shows that nothing was left out of the
package: the encryption, the program's files, the libraries of paper and workbooks, and Qt, drawn unseen.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cadre_desk.actions import safekeeping
from cadre_desk.db import ledger
from cadre_desk.db.clock import Clock
from cadre_desk.db.container import Reason
from cadre_desk.db.desk import Change
from cadre_desk.db.places import HOME_VARIABLE
from cadre_desk.db.recovery import new_recovery_code
from cadre_desk.db.restore import restore_backup
from cadre_desk.domain.errors import UserError
from cadre_desk.fault_log import log_file
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.people import PEOPLE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_LOG = logging.getLogger(__name__)
#: What every SQLite file that is not encrypted begins with.
_PLAIN: Final = b"SQLite format 3"
_USER: Final = "试用员"
_PASSWORD: Final = "兰桂齐芳-自检-2026"  # noqa: S105 - of a ledger that lives for seconds
#: People of nobody: among them a character beyond the first plane, and a name with a dot.
_PEOPLE: Final = (
    ("王𬭎远", "男", "1936.2"),
    ("卜兰芝", "女", "1941.08"),
    ("古丽努尔·阿卜杜热合曼", "女", "1944.11"),
    ("单国栋", "男", "1950.5"),
)
#: The smallest screen that the desk is made for.
_SCREEN: Final = (1366, 768)
#: A page on which less than this share of the points has ink is blank.
_INK: Final = 0.005
#: Every so many points, across and down, one is looked at.
_EVERY: Final = 3


class Unlike(UserError):
    """A step ended, and not as it must."""


@dataclass
class Trial:
    """What the steps hand on: the folder, the recovery code, the open ledger, the backup."""

    folder: Path
    code: str = ""
    book: ledger.Ledger | None = None
    backup: Path | None = None

    @property
    def opened(self) -> ledger.Ledger:
        """The ledger, made by the first step."""
        if self.book is None:
            raise Unlike("前面的步骤没有留下打开的台账。")
        return self.book

    def names(self, book: ledger.Ledger | None = None) -> set[str]:
        """Everybody's names, as the list shows them."""
        found = book or self.opened
        with found.desk.read() as session:
            listing = Listing(PEOPLE, found.desk.clock.today()).showing("name")
            return {str(row.values[0]) for _, row in listing.named(session)}


def must(holds: bool, sentence: str) -> None:  # noqa: FBT001 - like assert, which a frozen program may lack
    """Stop the step with a sentence unless something holds."""
    if not holds:
        raise Unlike(sentence)


def make_a_ledger(trial: Trial) -> None:
    """An encrypted ledger with a user, a password and a recovery code; a wrong password does not open it."""
    path = trial.folder / "自检.cdesk"
    trial.code = new_recovery_code()
    founder = ledger.Founder("自检县老干部局", "自检县", _USER, _PASSWORD, trial.code)
    ledger.create(path, founder).close()
    must(not path.read_bytes().startswith(_PLAIN), "台账文件没有加密。")
    try:
        ledger.open_ledger(path, ledger.by_password(_USER, "不对的口令"), user=_USER).close()
    except UserError:
        trial.book = ledger.open_ledger(path, ledger.by_password(_USER, _PASSWORD), user=_USER)
    else:
        raise Unlike("用错误的口令也打开了台账。")


def import_a_roster(trial: Trial) -> None:
    """A workbook of our own goes in as one act."""
    from openpyxl import Workbook

    from cadre_desk.intake.plan import Outcome
    from cadre_desk.intake.planner import plan_file

    book = Workbook()
    page = book.worksheets[0]
    page.append(["自检县离退休干部花名册"])
    page.append(["序号", "姓名", "性别", "出生年月"])
    for number, person in enumerate(_PEOPLE, start=1):
        page.append([number, *person])
    roster = trial.folder / "花名册.xlsx"
    book.save(roster)
    desk = trial.opened.desk
    with desk.read() as session:
        plan = plan_file(session, PEOPLE, roster, today=desk.clock.today())
    new = plan.counts.get(Outcome.NEW, 0)
    must(new == len(_PEOPLE), f"应当新增 {len(_PEOPLE)} 人，认出 {new} 人。{plan.sentence}")
    with desk.unit(f"导入：{plan.file} {new} 人") as session:
        plan.keep(session, lambda *_: None)
    must(trial.names() == _wanted(), "导入以后的名单和名册不一致。")


def _wanted() -> set[str]:
    return {name for name, *_ in _PEOPLE}


def undo_and_redo(trial: Trial) -> None:
    """The import is taken back as one, and comes back."""
    desk = trial.opened.desk
    told: list[Change] = []
    deaf = desk.subscribe(told.append)
    desk.undo()
    deaf()
    must(not trial.names(), "撤销导入以后还有人在名单里。")
    desk.undo(told[-1].act_id)
    must(trial.names() == _wanted(), "恢复导入以后的名单和名册不一致。")


def write_a_workbook(trial: Trial) -> None:
    """The list leaves as a workbook, and another library reads the names in it."""
    from openpyxl import load_workbook

    from cadre_desk.export.issue import Way

    path = _issue(trial, Way.XLSX)
    page = load_workbook(path).worksheets[0]
    cells = {str(cell) for row in page.iter_rows(values_only=True) for cell in row if cell is not None}
    must(_wanted() <= cells, f"Excel 里缺少：{'、'.join(sorted(_wanted() - cells))}。")


def write_a_paper(trial: Trial) -> None:
    """The list leaves as a PDF, and another library reads the names in it."""
    import pypdfium2

    from cadre_desk.export.issue import Way

    document = pypdfium2.PdfDocument(_issue(trial, Way.PDF))
    text = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)
    document.close()
    lost = [name for name in sorted(_wanted()) if name not in text]
    must(not lost, f"PDF 里缺少：{'、'.join(lost)}。")


def _issue(trial: Trial, way: object) -> Path:
    from cadre_desk.export.issue import Way, issue
    from cadre_desk.export.papers.catalogue import roster_of

    listing = Listing(PEOPLE, trial.opened.desk.clock.today())
    path = trial.folder / f"花名册-导出.{way}"
    return issue(trial.opened, roster_of(listing), Way(str(way)), path, purpose="自检").path


def back_up_and_restore(trial: Trial) -> None:
    """One backup file and the recovery code open on a computer that has never seen the ledger."""
    made = safekeeping.make_backup(trial.opened, Reason.MANUAL, trial.folder / "U盘")
    verified = safekeeping.verify_backup(trial.opened, made.path)
    must(verified.ok, "；".join(verified.findings))
    elsewhere = trial.folder / "新电脑"
    elsewhere.mkdir()
    target = elsewhere / "自检.cdesk"
    with _home(elsewhere / "家"):
        restore_backup(made.path, target, ledger.by_recovery(trial.code), Clock().now())
        with ledger.open_ledger(target, ledger.by_password(_USER, _PASSWORD), user=_USER) as again:
            must(trial.names(again) == _wanted(), "恢复出来的名单和原来的不一致。")


def open_the_manual(_: Trial) -> None:
    """The manual came along, and its chapters can be read."""
    from cadre_desk.ui.manual import INDEX, manual_folder

    chapters = list(manual_folder().glob("*.md"))
    must(any(INDEX in one.name for one in chapters), "手册没有目录。")
    must(all(one.read_text(encoding="utf-8") for one in chapters), "手册里有空白的章节。")


def draw_pages(trial: Trial) -> None:
    """The workbench and the list of people are drawn by Qt, and are not blank."""
    from PySide6.QtWidgets import QApplication

    from cadre_desk.ui.gallery import Rest
    from cadre_desk.ui.kit import theme
    from cadre_desk.ui.office import Go, Office, Person
    from cadre_desk.ui.window import MainWindow

    there = QApplication.instance()
    app = there if isinstance(there, QApplication) else QApplication(sys.argv[:1])
    theme.apply_theme(app)
    office = Office(trial.opened, Person(_USER, "1"))
    window = MainWindow(office)
    trial.book = None  # the office closes it
    rest = Rest(app, office)
    try:
        window.resize(*_SCREEN)
        window.show()
        window.begin()
        for title, go in (("工作台", Go("today")), ("老干部", Go("list", "people"))):
            window.go(go)
            rest()
            must(ink(window) > _INK, f"「{title}」画出来是空白的。")
    finally:
        window.shut()
        office.close()
        window.close()
        rest()


def ink(widget: QWidget) -> float:
    """The share of a widget's points, its edges and the rail left out, that are unlike the commonest one."""
    picture = widget.grab().toImage()
    across = range(picture.width() // 4, picture.width() * 15 // 16, _EVERY)
    down = range(picture.height() // 8, picture.height() * 15 // 16, _EVERY)
    points = [picture.pixel(x, y) for y in down for x in across]
    if not points:
        return 0.0
    commonest = max(set(points), key=points.count)
    return 1 - points.count(commonest) / len(points)


#: The steps in their order, each with what the line says.
STEPS: tuple[tuple[str, Callable[[Trial], None]], ...] = (
    ("建立加密台账：使用人、口令、恢复码", make_a_ledger),
    ("导入一份 Excel 花名册", import_a_roster),
    ("撤销导入，再恢复", undo_and_redo),
    ("导出 Excel 并读回", write_a_workbook),
    ("导出 PDF 并读回", write_a_paper),
    ("备份，在空白电脑上用恢复码恢复", back_up_and_restore),
    ("打开手册", open_the_manual),
    ("画出工作台和老干部名单", draw_pages),
)


def run(steps: tuple[tuple[str, Callable[[Trial], None]], ...] = STEPS) -> int:
    """Do the steps one after another; 0 if all went well, 1 at the first that did not."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    log = log_file()
    with tempfile.TemporaryDirectory(prefix="cadre-desk-", ignore_cleanup_errors=True) as name:
        trial = Trial(Path(name))
        with _home(trial.folder / "家"):
            try:
                return _walk(steps, trial, log)
            finally:
                if trial.book is not None:
                    trial.book.close()


def _walk(steps: tuple[tuple[str, Callable[[Trial], None]], ...], trial: Trial, log: Path) -> int:
    for title, step in steps:
        try:
            step(trial)
        except Exception as error:  # noqa: BLE001 - whatever fails on this computer is to be told
            _LOG.exception("self-test: %s", title)
            fault = f"程序出了差错（{type(error).__name__}）。"
            reason = str(error) if isinstance(error, UserError) else fault
            _say(f"✗ {title}：{reason}\n自检没有通过，台账没有受影响。详情在日志里：{log}")
            return 1
        _say(f"✓ {title}")
    _say("自检通过，可以使用。")
    return 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@contextmanager
def _home(folder: Path) -> Iterator[None]:
    """Until the end of the block the user's data folder is this one, not the clerk's."""
    before = os.environ.get(HOME_VARIABLE)
    os.environ[HOME_VARIABLE] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ[HOME_VARIABLE]
        else:
            os.environ[HOME_VARIABLE] = before
