"""A picture of every page and dialog on a county: `python -m cadre_desk.ui.gallery OUT [LEDGER] [DOCS]`.

Drawn at 1366×768 with 标准 and 特大 text; fails on cut words, overlaps, missing glyphs, nameless parts.
Without a ledger (or with "") the demo county is built for it, by the command line in a process of its own.
With the folder DOCS of the documents the pictures of the manual and of the README are drawn anew there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QPoint
from PySide6.QtWidgets import QApplication, QWidget

from cadre_desk.db import ledger
from cadre_desk.db.clock import VARIABLE
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.registers.listing import Listing
from cadre_desk.registers.people import PEOPLE
from cadre_desk.ui import import_shots, manual, manual_shots, work_shots
from cadre_desk.ui.help_viewer import HelpViewer
from cadre_desk.ui.jobs import Job
from cadre_desk.ui.kit import theme
from cadre_desk.ui.kit.audit import audit
from cadre_desk.ui.kit.motion import be_still
from cadre_desk.ui.office import Go, Office, Person
from cadre_desk.ui.preview_window import PreviewWindow
from cadre_desk.ui.start_window import StartWindow
from cadre_desk.ui.window import MainWindow
from cadre_desk.ui.work_shots import Shot

SIZE: Final = (1366, 768)
FACTORS: Final = {"100": 1.0, "150": 1.5}
WORKING_DAY: Final = "2026-01-26"
#: A page is at rest when nothing was asked of the worker for so long, in ms.
_REST: Final = 500
_LONGEST: Final = 20_000


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


def shots(office: Office) -> Iterator[Shot]:
    """Every page of the window."""
    today = office.today()
    everyone = Listing(PEOPLE, today).where(*PEOPLE.views[0].conditions)
    alone = Listing(PEOPLE, today).where(*PEOPLE.views[2].conditions)
    with office.desk.read() as session:
        among = tuple(alone.ids(session))
        someone = alone.find("王𬭎远").ids(session)[:1] or list(among[:1])
    card = Go("card", "people", someone[0], among=among, also="80岁以上独居")
    yield Shot("01-today", Go("today"))
    yield Shot("02-people", Go("list", "people", listing=alone))
    yield Shot("02-people-selected", Go("list", "people", listing=alone), work_shots.tick, work_shots.untick)
    yield Shot("02-people-nobody", Go("list", "people", listing=everyone.find("qqqq")))
    yield Shot("03-card", card)
    yield Shot("03-card-acts", card, work_shots.open_acts)
    yield Shot("04-edit", Go("edit", "people", someone[0]))
    yield Shot("04-new", Go("edit", "people"))
    yield from work_shots.rounds(alone, work_shots.newest_round(office))
    yield Shot("08-import", Go("import", "people"))
    for name, then in import_shots.steps(alone, office.ledger.path.parent):
        yield Shot(name, Go("import", "people"), then)
    yield from work_shots.figures()
    yield Shot("10-system", Go("system"))
    for key in ("users", "backups", "care"):
        yield Shot(f"10-system-{key}", Go("system", also=key))
    for key in REGISTERS:
        if key != "people":
            yield Shot(f"20-{key}", Go("list", key))
    yield Shot("30-death", card, work_shots.death_of(someone[0], "王𬭎远"))


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
        manual_shots.keep(out, manual_shots.MANUAL, Path(argv[2]) / manual.FOLDER / "图")
        manual_shots.keep(out, manual_shots.README, Path(argv[2]) / "screenshots")
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
            shot.after(window)
        for key, record in (("receipt", work_shots.newest_round(office)), ("card", 1)):
            preview = PreviewWindow(office, Go("preview", record=record, also=key))
            preview.resize(*SIZE)
            preview.show()
            rest()
            found += _take(preview, out / f"11-preview-{key}@{label}.png", None)
            preview.close()
        found += _draw_help(rest, out, label)
    finally:
        window.shut()
        office.close()
        window.close()
        rest()
    return found


def _draw_help(rest: Rest, out: Path, label: str) -> list[str]:
    """The manual's window at a chapter with pictures."""
    viewer = HelpViewer()
    viewer.resize(*SIZE)
    viewer.open_at("导入#认表头")
    rest()
    found = _take(viewer, out / f"13-manual@{label}.png", None)
    viewer.close()
    return found


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
    """Save a window's picture, a dialog over it drawn in and alone; what the audit finds, each in a line."""
    picture = window.grab()
    if over is not None:
        place = over.mapToGlobal(QPoint(0, 0)) - window.mapToGlobal(QPoint(0, 0))
        over.render(picture, place)
        over.grab().save(str(file.with_stem(file.stem.replace("@", "-alone@"))))
    picture.save(str(file))
    return [f"{file.stem}: {one}" for one in audit(over or window)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
