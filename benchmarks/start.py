"""From the command to a usable window, and what the desk holds in memory after every page was opened.

Baseline: a bare Qt window that has imported SQLAlchemy's ORM and opened the same encrypted ledger. Each is a
process of its own, drawn offscreen; the median of several rounds counts. Bars: 2.5 times, 250 MB.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 5
TIMES_BAR = 2.5
MEMORY_BAR = 250

_BARE = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget
import sqlalchemy.orm
from cadre_desk.db import cipher
from cadre_desk.db.vault import Vault
file = Path(sys.argv[1])
connection = cipher.connect(file, Vault.find(file).unlock_open())
connection.execute("SELECT count(*) FROM person").fetchone()
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QTableWidget(20, 8))
window.show()
app.processEvents()
print("usable", flush=True)
"""
_DESK = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
app = QApplication([])
from cadre_desk.app import DeskApp
from cadre_desk.ui.kit import theme
theme.apply_theme(app)
desk = DeskApp(app)
desk.start(Path(sys.argv[1]))
app.processEvents()
print("usable", flush=True)
"""
_MEMORY = """
import os, sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
app = QApplication([])
from cadre_desk.app import DeskApp
from cadre_desk.registers.catalogue import REGISTERS
from cadre_desk.ui.kit import theme
from cadre_desk.ui.navigation import PAGES
theme.apply_theme(app)
desk = DeskApp(app)
desk.start(Path(sys.argv[1]))
window = desk._desk
for key in PAGES:
    window.office.go(key, register="people", record=1)
    QTest.qWait(600)
for key in REGISTERS:
    window.office.go("list", register=key)
    QTest.qWait(300)
pages = int(Path("/proc/self/statm").read_text().split()[1])
print("usable", pages * os.sysconf("SC_PAGESIZE") // 2**20, flush=True)
"""


def run(script: str, file: Path) -> tuple[float, str]:
    """Seconds until the script says that its window is usable, and what else it says."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "CADRE_DESK_TODAY": "2026-01-26"}
    # An installed program comes with its bytecode; the first, uncounted run of each script makes it here.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    env["PYTHONPYCACHEPREFIX"] = str(file.parent / "bytecode")
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", script, file], stdout=subprocess.PIPE, text=True, env=env
    ) as one:
        said = one.stdout.readline() if one.stdout else ""
        taken = time.perf_counter() - begun
        one.kill()
    return taken, said


def main() -> int:
    """Measure and print; 1 if a bar is missed."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CADRE_DESK_HOME"] = str(Path(folder) / "home")
        subprocess.run([sys.executable, "-m", "cadre_desk", "demo", folder], check=True, capture_output=True)
        file = Path(folder) / "demo.cdesk"
        found: dict[str, list[float]] = {"bare": [], "desk": []}
        for script in (_BARE, _DESK):
            run(script, file)
        for _ in range(ROUNDS):
            found["bare"].append(run(_BARE, file)[0])
            found["desk"].append(run(_DESK, file)[0])
        told = run(_MEMORY, file)[1].split() if Path("/proc/self/statm").exists() else []
    bare, desk = (statistics.median(found[name]) for name in ("bare", "desk"))
    ratio = desk / bare
    print(f"start to usable window   {desk:.2f} s   {ratio:.2f} x a bare window (bar: {TIMES_BAR})")
    memory = int(told[1]) if len(told) > 1 else 0
    if memory:
        print(f"memory after every page  {memory} MB (bar: {MEMORY_BAR} MB)")
    return 0 if ratio <= TIMES_BAR and memory <= MEMORY_BAR else 1


if __name__ == "__main__":
    sys.exit(main())
