"""The program in a real window: Xvfb, a window manager, typed keys; all of it started by the test."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

#: How long a test waits for the window to do something, in seconds.
PATIENCE = 25.0

#: A picture is taken by a program of its own: the test's Qt has no screen.
_GRAB = """import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
app.primaryScreen().grabWindow(int(sys.argv[1])).save(sys.argv[2])
"""


def wait_for(what: Callable[[], object], said: str) -> None:
    """Wait until something holds; fails with what was waited for."""
    until = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > until:
            raise TimeoutError(said)
        time.sleep(0.1)


@dataclass
class Screen:
    """A screen of 1366×768 with a window manager, and the program on it."""

    display: str
    env: dict[str, str]
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *words: str | Path) -> subprocess.Popen[bytes]:
        """Start a program on the screen."""
        silent = subprocess.DEVNULL
        process = subprocess.Popen([str(word) for word in words], env=self.env, stdout=silent, stderr=silent)
        self.started.append(process)
        return process

    def ask(self, *words: str) -> str:
        """What xdotool answers."""
        answer = subprocess.run(
            ["xdotool", *words], env=self.env, capture_output=True, text=True, check=False
        )
        return answer.stdout.strip()

    def window(self, title: str) -> str:
        """The number of the window with a title, brought to the front."""
        wait_for(lambda: self.ask("search", "--onlyvisible", "--name", title), f"no window {title!r}")
        number = self.ask("search", "--onlyvisible", "--name", title).splitlines()[-1]
        self.ask("windowactivate", "--sync", number)
        return number

    def keys(self, *names: str) -> None:
        """Press keys one after another."""
        for name in names:
            self.ask("key", "--clearmodifiers", name)
            time.sleep(0.15)

    def type(self, text: str) -> None:
        """Type text, letter by letter."""
        # For a hanzi xdotool gives a key another meaning; the window must have read it before the next.
        self.ask("type", "--delay", "25" if text.isascii() else "200", text)
        time.sleep(0.3)

    def room(self, number: str) -> tuple[int, int]:
        """How wide and high a window is inside its frame."""
        told = dict(line.split("=") for line in self.ask("getwindowgeometry", "--shell", number).splitlines())
        return int(told["WIDTH"]), int(told["HEIGHT"])

    def picture(self, number: str, file: Path) -> None:
        """Save what is to be seen of a window, frame left out."""
        subprocess.run([sys.executable, "-c", _GRAB, number, str(file)], env=self.env, check=True)


@contextmanager
def screen(home: Path) -> Iterator[Screen]:
    """A screen of one's own; everything started on it is ended."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        display = f":{told.readline().strip()}"
    env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOME": str(home)}
    env |= {"CADRE_DESK_HOME": str(home / "desk"), "CADRE_DESK_TODAY": "2026-01-26"}
    found = Screen(display, env)
    try:
        found.start("openbox")
        yield found
    finally:
        for process in reversed(found.started):
            process.terminate()
        for process in found.started:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        server.terminate()
        server.wait(10)


def desk(on: Screen, *words: str | Path) -> subprocess.Popen[bytes]:
    """Start the program itself."""
    return on.start(sys.executable, "-m", "cadre_desk", *words)
