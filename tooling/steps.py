"""What start.py says while it works: one line as a step begins, one when it took long, one when it can't."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

#: The folder of start.py.
ROOT = Path(__file__).resolve().parent.parent

#: Seconds after which the time of a step is worth a line.
LONG = 2.0


class Refused(Exception):
    """A step can't be done here; the text says why and what to do."""


def say(text: str) -> None:
    """One line for whoever started start.py, in order with what the started programs print."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@contextmanager
def step(title: str) -> Iterator[None]:
    """Say what begins now and, where it was long, what it took."""
    say(f"* {title}")
    began = time.monotonic()
    yield
    if (took := time.monotonic() - began) > LONG:
        say(f"  done in {took:.0f} s")


def run(command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> int:
    """Run a program in the project's folder, its output shown; its exit code."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False).returncode


def run_without(line: str, command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> int:
    """Run a program, its output shown but for lines on stderr that begin with ``line``; its exit code."""
    words = [str(part) for part in command]
    with subprocess.Popen(
        words, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True, encoding="utf-8", errors="replace"
    ) as running:
        for said in running.stderr or ():
            if not said.startswith(line):
                sys.stderr.write(said)
                sys.stderr.flush()
    return running.returncode


def asked(command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    """Run a program for its answer; a program that is not there answers with exit code 127."""
    words = [str(part) for part in command]
    try:
        return subprocess.run(
            words, cwd=ROOT, check=False, capture_output=True, text=True, encoding="utf-8", errors="replace"
        )
    except OSError as error:
        return subprocess.CompletedProcess(words, 127, "", str(error))
