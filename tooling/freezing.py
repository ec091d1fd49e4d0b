"""The frozen program: built from build_installer.spec, tried out as on a computer without Python, packed."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from tooling.environment import project_version
from tooling.steps import ROOT, Refused, run, say, step

DIST = ROOT / "dist"
FOLDER = DIST / "cadre-desk"
SPEC = ROOT / "build_installer.spec"

#: What a frozen program is given of the environment; the rest, Python above all, it must do without.
KEPT = ("SYSTEMROOT", "WINDIR", "TEMP", "TMP")


def freeze(python: Path) -> int:
    """Build the folder, run its self-test, pack it into one file; 1 if the self-test fails.

    Raises:
        Refused: it could not be built.
    """
    with step("Freezing the program (half a minute)"):
        build = ["-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
        if run([python, *build, "--distpath", DIST, "--workpath", ROOT / "build", SPEC]):
            raise Refused("The program could not be frozen; the lines above say why.")
    with step("Trying the frozen program out: an empty home, no Python on the path"):
        if try_out(program()):
            say("! The frozen program did not pass its own test; it is not for a clerk's computer.")
            return 1
    with step("Packing it into one file"):
        packed = pack()
    say(f"* {FOLDER.relative_to(ROOT)}: {size(FOLDER):,.0f} MB; it starts in {starts_in(program()):.1f} s")
    say(f"* {packed.relative_to(ROOT)}: {packed.stat().st_size / 1e6:,.0f} MB")
    return 0


def program() -> Path:
    """The frozen program that can write to a console."""
    return FOLDER / ("cadre-desk-cli.exe" if os.name == "nt" else "cadre-desk")


def try_out(frozen: Path) -> int:
    """Run a frozen program's self-test with an empty home and no Python around it; its exit code."""
    with tempfile.TemporaryDirectory() as home:
        return subprocess.run([frozen, "--self-test"], env=bare(Path(home)), cwd=home, check=False).returncode


def bare(home: Path) -> dict[str, str]:
    """The environment of a computer that has nothing: an empty home, no path."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    homes = {"HOME": str(home), "USERPROFILE": str(home), "LOCALAPPDATA": str(home), "APPDATA": str(home)}
    return {**kept, **homes, "PATH": str(home), "LC_ALL": "C.UTF-8"}


def starts_in(frozen: Path) -> float:
    """Seconds until the command line of a frozen program answers."""
    with tempfile.TemporaryDirectory() as home:
        began = time.monotonic()
        subprocess.run([frozen, "--version"], env=bare(Path(home)), check=True, stdout=subprocess.DEVNULL)
        return time.monotonic() - began


def size(folder: Path) -> float:
    """What a folder's files take, in MB; a link counts once."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def pack() -> Path:
    """One file to carry: a zip on Windows; elsewhere a tar, which keeps links and the right to be run."""
    system = f"{platform.system()}-{platform.machine()}".lower()
    name = f"cadre-desk-{project_version()}-{system}"
    form = "zip" if os.name == "nt" else "gztar"
    return Path(shutil.make_archive(str(DIST / name), form, root_dir=DIST, base_dir=FOLDER.name))
