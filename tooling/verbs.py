"""The verbs of start.py: each sees to what it needs, then does one thing."""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tooling import environment, freezing, system
from tooling.steps import ROOT, Refused, asked, run, run_without, say, step

#: Where papers and pictures go when there is no screen.
OUT = ROOT / "out"

#: Tells the tests which packages are missing and could not be installed; only for these a test may skip.
MISSING = "CADRE_DESK_MISSING_PACKAGES"

#: import-linter has no ``-m``, and its script stops working when the folder moves.
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"

#: How begins what Qt says of windows it draws without a screen; it means nothing here.
NO_SIZES = "This plugin does not support "

#: Where the desk keeps the user's data, asked of the desk.
ASK_DATA = "import json; from cadre_desk.db.places import data_folder; print(json.dumps(str(data_folder())))"


def main(arguments: Sequence[str]) -> int:
    """Do what the command line asks; the exit code (0 done, 1 something failed, 2 refused)."""
    for stream in (sys.stdout, sys.stderr):  # a console that can't show Chinese still shows the rest
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    parser = argparse.ArgumentParser(
        prog="start.py",
        description="Sets Cadre Desk (老干部台账) up and starts it. Without a verb: opens the demo county.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(f"  {name:<9}{verb.__doc__}" for name, verb in VERBS.items()),
    )
    parser.add_argument("verb", nargs="?", choices=[*VERBS], default="desk", metavar="VERB")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="for test: handed to pytest", metavar="…")
    chosen = parser.parse_args(arguments)
    try:
        return VERBS[chosen.verb](chosen.rest)
    except Refused as refusal:
        say(f"! {refusal}")
        return 2
    except BrokenPipeError:  # who reads has seen enough (start.py … | head): what was going on has stopped
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        say("! Stopped. Start again to go on.")
        return 2


def desk(rest: Sequence[str]) -> int:
    """Open the desk on the demo county; without a display write its papers and pictures to out/ (default)."""
    system.need(system.WINDOW)
    environment.ready("run")
    if why := no_display():
        say(f"! {why} Instead, the county's papers and a picture of every page are in out/:")
        return show_without_display()
    answer = asked([environment.program("python"), "-I", "-c", ASK_DATA])
    if answer.returncode:
        raise Refused(f"The desk does not start:\n{answer.stderr.strip()}")
    folder = Path(json.loads(answer.stdout)) / "demo"
    county = folder / "demo.cdesk"
    if not county.exists():
        build_county(folder)
    say(f"* Opening the desk on {county}")
    return run([environment.program("cadre-desk"), county, *rest])


def test(rest: Sequence[str]) -> int:
    """Check everything: ruff, mypy, the import contracts and the tests."""
    left = system.need(system.WINDOW + system.TEST)
    environment.ready("dev")
    python = environment.program("python")
    checks: dict[str, list[str | Path]] = {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "mypy": [python, "-m", "mypy"],
        "import contracts": [python, "-c", LINT_IMPORTS, "--no-logo"],
        # A worker for each core; a file's tests stay together, for some build a county that all of them read.
        "tests": [python, "-m", "pytest", "-n", "auto", "--dist", "loadfile", *rest],
    }
    failed = []
    env = {**os.environ, **({MISSING: " ".join(left)} if left else {})}
    for name, command in checks.items():
        with step(f"Checking: {name}"):
            if run(command, env):
                failed.append(name)
    say(f"! Failed: {', '.join(failed)}" if failed else "* All checks passed")
    return 1 if failed else 0


def gallery(rest: Sequence[str]) -> int:
    """Draw every page and dialog to out/pages (or the folder given), check them, renew the manual."""
    system.need(system.WINDOW)
    environment.ready("run")
    return draw_pages(Path(rest[0]) if rest else OUT / "pages", "", ROOT / "docs")


def bench(rest: Sequence[str]) -> int:
    """Measure the speeds the desk promises, each against its baseline in the same run."""
    system.need(system.WINDOW)
    environment.ready("dev")
    with step("Measuring"):
        return run([environment.program("python"), "-m", "benchmarks", *rest])


def package(_: Sequence[str]) -> int:
    """Freeze the program to dist/cadre-desk, for computers without Python, and let it try itself out."""
    system.need(system.WINDOW + system.PACKAGE)
    environment.ready("package")
    return freezing.freeze(environment.program("python"))


VERBS: dict[str, Callable[[Sequence[str]], int]] = {
    "desk": desk,
    "test": test,
    "gallery": gallery,
    "bench": bench,
    "package": package,
}


def build_county(folder: Path) -> None:
    """Build the demo county and its papers in a folder; a half-built one does not stay."""
    with step(f"Building the demo county in {folder} (about a minute)"):
        built = False
        try:
            built = run([environment.program("cadre-desk"), "demo", folder]) == 0
        finally:
            if not built:
                shutil.rmtree(folder, ignore_errors=True)
    if not built:
        raise Refused("The demo county could not be built; the lines above say why.")


def no_display() -> str:
    """Why no window can be opened here, in a sentence; nothing where one can."""
    if os.name == "nt":
        return ""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return "There is no display."
    probe = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
    answer = asked([environment.program("python"), "-I", "-c", probe])
    if answer.returncode == 0:
        return ""
    said = answer.stderr.strip().splitlines()
    return f"The display does not open ({said[0] if said else f'exit code {answer.returncode}'})."


def show_without_display() -> int:
    """Write what there is to see to ``out/``, again where the program has changed since, and list it."""
    made = OUT / "made"
    code = 0
    if not made.exists() or made.stat().st_mtime < _program_changed():
        shutil.rmtree(OUT, ignore_errors=True)
        build_county(OUT / "county")
        code = draw_pages(OUT / "pages", OUT / "county" / "demo.cdesk")
        if code == 0:
            made.touch()
    for path in sorted(OUT.rglob("*")):
        if path.is_file() and path != made:
            say(f"  {path.relative_to(ROOT).as_posix()}")
    return code


def draw_pages(folder: Path, county: Path | str = "", *documents: Path) -> int:
    """A picture of every page and dialog, in a folder; 1 if text is cut, parts overlap or glyphs are missing.

    Drawn on a copy of the county given, or on one built for it; the documents' pictures are cut out of them.
    """
    with step(f"Drawing every page to {folder}"):
        env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        draw: list[str | Path] = [
            environment.program("python"),
            "-m",
            "cadre_desk.ui.gallery",
            folder.resolve(),
            county,
            *documents,
        ]
        return run_without(NO_SIZES, draw, env)


def _program_changed() -> float:
    """When the program was last changed: the newest of its files."""
    files = [path for room in ("cadre_desk", "resources") for path in (ROOT / room).rglob("*")]
    return max(path.stat().st_mtime for path in files if "__pycache__" not in path.parts)
