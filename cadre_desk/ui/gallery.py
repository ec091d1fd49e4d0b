"""A picture of every page and dialog on a county: `python -m cadre_desk.ui.gallery OUT [LEDGER] [MANUAL]`.

Drawn at 1366×768 with 标准 and 特大 text; fails on cut words, overlaps, missing glyphs, nameless parts.
Without a ledger the demo county is built for it, by the command line in a process of its own.
With a folder MANUAL the pictures of the manual are drawn anew there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from cadre_desk.db import ledger
from cadre_desk.db.clock import VARIABLE
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.people import PEOPLE
from cadre_desk.ui import import_shots
from cadre_desk.ui.jobs import Job
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.audit import audit
from cadre_desk.ui.kit.motion import be_still
from cadre_desk.ui.list_page import ListPage
from cadre_desk.ui.office import Go, Office, Person
from cadre_desk.ui.person_acts import DeathDialog
from cadre_desk.ui.preview_window import PreviewWindow
from cadre_desk.ui.start_window import StartWindow
from cadre_desk.ui.window import MainWindow

SIZE: Final = (1366, 768)
FACTORS: Final = {"100": 1.0, "150": 1.5}
WORKING_DAY: Final = "2026-01-26"
#: The manual's pictures: file, and the page it shows.
MANUAL: Final = {
    "老干部名单.png": "02-people@100",
    "登记卡.png": "03-card@100",
    "打印预览.png": "11-preview-receipt@100",
    "导入对表头.png": "08-import-columns@100",
    "导入看变化.png": "08-import-changes@100",
}
_MANUAL_WIDTH: Final = 1024
_COLOURS: Final = 40
#: A page is at rest when nothing was asked of the worker for so long, in ms.
_REST: Final = 500
_LONGEST: Final = 20_000


@dataclass(frozen=True)
class Shot:
    """One picture: its name, where to go, and what to do there before it is taken."""

    name: str
    go: Go
    then: Callable[[MainWindow], QWidget | None] = lambda _: None


class Rest:
    """Waits until the program has done what it began: the worker of an office idle for a while."""

    def __init__(self, app: QApplication, office: Office | None = None) -> None:
        """Watch an office's jobs from now on."""
        self._app = app
        self._running: set[int] = set()
        if office is not None:
            office.jobs.started.connect(self._started)

    def _started(self, job: Job) -> None:
        number = id(job)
        self._running.add(number)
        job.ended.connect(lambda: self._running.discard(number))

    def __call__(self) -> None:
        """Wait."""
        longest, quiet = QDeadlineTimer(_LONGEST), QDeadlineTimer(_REST)
        while not longest.hasExpired() and not quiet.hasExpired():
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
            if self._running:
                quiet = QDeadlineTimer(_REST)


def _tick_three(window: MainWindow) -> None:
    page = window.page()
    if isinstance(page, ListPage):
        for row in (1, 3, 5):
            index = page.model.index(row, 0)
            page.model.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)


def _death(window: MainWindow) -> QWidget:
    dialog = DeathDialog(window.office, window, 1, "王𬭎远")
    dialog.open()
    return dialog


def shots(office: Office) -> Iterator[Shot]:
    """Every page of the window."""
    today = office.today()
    everyone = Listing(PEOPLE, today).where(*PEOPLE.views[0].conditions)
    alone = Listing(PEOPLE, today).where(*PEOPLE.views[2].conditions)
    with office.desk.read() as session:
        among = tuple(alone.ids(session))
        someone = alone.find("王𬭎远").ids(session)[:1] or list(among[:1])
    yield Shot("01-today", Go("today"))
    yield Shot("02-people", Go("list", "people", listing=alone))
    yield Shot("02-people-selected", Go("list", "people", listing=alone), _tick_three)
    yield Shot("02-people-nobody", Go("list", "people", listing=everyone.find("qqqq")))
    yield Shot("03-card", Go("card", "people", someone[0], among=among, also="80岁以上独居"))
    yield Shot("04-edit", Go("edit", "people", someone[0]))
    yield Shot("04-new", Go("edit", "people"))
    yield Shot("05-round", Go("round", "rounds", 1))
    yield Shot("05-round-plan", Go("round", listing=alone))
    yield Shot("08-import", Go("import", "people"))
    for name, then in import_shots.steps(alone, office.ledger.path.parent):
        yield Shot(name, Go("import", "people"), then)
    yield Shot("09-figures", Go("figures"))
    yield Shot("10-system", Go("system"))
    for key in REGISTERS:
        if key != "people":
            yield Shot(f"20-{key}", Go("list", key))
    yield Shot("30-death", Go("card", "people", someone[0]), _death)


def main(argv: Sequence[str]) -> int:
    """Draw everything to a folder; 1 if anything was found wrong."""
    out = Path(argv[0])
    out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault(VARIABLE, WORKING_DAY)
    app = QApplication([])
    be_still(still=True)
    found: list[str] = []
    with _ledger(argv[1] if len(argv) > 1 else "") as file:
        for label, factor in FACTORS.items():
            theme.apply_theme(app, factor)
            found += _draw_desk(app, file, out, label)
            found += _draw_start(app, file, out, label)
    if len(argv) > 2:  # noqa: PLR2004 - the third word
        for name, page in MANUAL.items():
            draw_small(out / f"{page}.png", Path(argv[2]) / name)
    for line in found:
        sys.stderr.write(f"{line}\n")
    sys.stdout.write(f"{len(list(out.glob('*.png')))} pictures in {out}, {len(found)} findings\n")
    return 1 if found else 0


@contextmanager
def _ledger(named: str) -> Iterator[Path]:
    """A copy of the ledger to draw, with a home of its own."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        os.environ["CADRE_DESK_HOME"] = str(here / "home")
        if named:
            for one in Path(named).parent.glob(f"{Path(named).stem}.cdesk*"):
                if one.is_file():
                    shutil.copy(one, here)
            yield here / Path(named).name
        else:
            subprocess.run(  # noqa: S603 - our own program
                [sys.executable, "-m", "cadre_desk", "demo", folder], check=True, stdout=subprocess.DEVNULL
            )
            yield here / "demo.cdesk"


def _draw_desk(app: QApplication, file: Path, out: Path, label: str) -> list[str]:
    book = ledger.open_ledger(file, ledger.openly)
    with book.desk.read() as session:
        book.desk.user = ledger.first_user(session)
    office = Office(book, Person(book.desk.user, "2"))
    rest = Rest(app, office)
    window = MainWindow(office)
    window.resize(*SIZE)
    window.show()
    found: list[str] = []
    try:
        window.begin()
        rest()
        for shot in shots(office):
            window.go(shot.go)
            rest()
            over = shot.then(window)
            rest()
            found += _take(window, out / f"{shot.name}@{label}.png", over)
            if over is not None:
                over.close()
        for key, record in (("receipt", 1), ("card", 1)):
            preview = PreviewWindow(office, Go("preview", record=record, also=key))
            preview.resize(*SIZE)
            preview.show()
            rest()
            found += _take(preview, out / f"11-preview-{key}@{label}.png", None)
            preview.close()
    finally:
        window.shut()
        office.close()
        window.close()
        rest()
    return found


def draw_small(picture: Path, file: Path) -> None:
    """A page's picture for the manual: narrower, in its inks and most frequent colours."""
    whole = QImage(str(picture)).convertToFormat(QImage.Format.Format_RGB32)
    small = whole.scaledToWidth(_MANUAL_WIDTH, Qt.TransformationMode.SmoothTransformation)
    counted = Counter(memoryview(small.constBits()).cast("I"))
    inks = [theme.colour(name).rgb() for name in ("ink", "ink2")]
    table = [*inks, *(colour for colour, _ in counted.most_common(_COLOURS))]
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    file.parent.mkdir(exist_ok=True)
    small.convertToFormat(QImage.Format.Format_Indexed8, table, flags).save(str(file), quality=0)


def _draw_start(app: QApplication, file: Path, out: Path, label: str) -> list[str]:
    found: list[str] = []
    rest = Rest(app)
    window = StartWindow()
    window.resize(*SIZE)
    window.show()
    for name, show in (
        ("12-first-run", window.show_first),
        ("12-login", lambda: window.show_login(file)),
        ("12-recovery", lambda: window.show_recovery(file)),
        ("12-restore", window.show_restore),
    ):
        show()
        rest()
        found += _take(window, out / f"{name}@{label}.png", None)
    window.close()
    return found


def _take(window: QWidget, file: Path, over: QWidget | None) -> list[str]:
    """Save a window's picture, a dialog over it drawn in; what the audit finds, each in a line."""
    picture = window.grab()
    if over is not None:
        place = over.mapToGlobal(QPoint(0, 0)) - window.mapToGlobal(QPoint(0, 0))
        over.render(picture, place)
    picture.save(str(file))
    return [f"{file.stem}: {one}" for one in audit(over or window)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
