"""The project's Python environment in ``.venv``: made, mended, filled from a lock, and known to be so.

A stamp inside says what was installed and from which lock, so that a second start installs nothing. The
project itself is installed by an editable wheel written here: it needs no build tool and no network, and pip
makes the ``cadre-desk`` command for each system.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from tooling import system
from tooling.steps import ROOT, Refused, asked, run, step

FOLDER = ROOT / ".venv"
STAMP = FOLDER / "cadre-desk.json"

#: Locks by what they are for; each holds all of the first.
LOCKS = {name: ROOT / "requirements" / f"{name}.lock" for name in ("run", "dev", "package")}

#: Packages carried over from another computer; where this folder is, nothing else is asked for them.
WHEELS = ROOT / "wheels"

#: What an environment says of itself: its Python, where it thinks it is, and what it has.
PROBE = """
import importlib.metadata as m, json, pip, sys
print(json.dumps({
    "python": sys.version_info[:2], "prefix": sys.prefix,
    "packages": sorted(f"{d.metadata['Name']}=={d.version}" for d in m.distributions()),
}))
"""


def program(name: str) -> Path:
    """A program of the environment, by the name it has on this system."""
    return FOLDER / ("Scripts" if os.name == "nt" else "bin") / (f"{name}.exe" if os.name == "nt" else name)


def ready(purpose: str) -> None:
    """See to it that ``.venv`` works and holds what the lock of this purpose names, and the command."""
    state = _state()
    if state is None:
        _make()
        state = _state()
        if state is None:
            raise Refused(f"A new environment in {FOLDER} does not start; is this Python whole?")
    if not _up_to_date(purpose, state):
        _fill(purpose)


def _state() -> dict[str, Any] | None:
    """What the environment says of itself, or None where it is absent, broken or of another Python."""
    answer = asked([program("python"), "-I", "-c", PROBE])
    if answer.returncode:
        return None
    state: dict[str, Any] = json.loads(answer.stdout)
    at_home = Path(state["prefix"]).resolve() == FOLDER.resolve()
    return state if at_home and state["python"] == list(sys.version_info[:2]) else None


def _make() -> None:
    """Make ``.venv`` anew, whatever lay there."""
    if left := system.need(system.venv_package()):
        raise Refused(f"Without {left[0]} this Python can't make an environment.")
    broken = FOLDER.exists() or FOLDER.is_symlink()
    with step("Making .venv again: it is broken or of another Python" if broken else "Making .venv"):
        if FOLDER.is_dir() and not FOLDER.is_symlink():
            shutil.rmtree(FOLDER)
        elif broken:
            FOLDER.unlink()
        # In a process of its own: ensurepip may only just have been installed.
        if run([sys.executable, "-m", "venv", FOLDER]):
            raise Refused(f"{FOLDER} could not be made; the lines above say why.")


def _wanted(purpose: str) -> dict[str, str]:
    """Fingerprints of what must have been installed for a purpose: its lock, and the way to this folder."""
    entry = json.dumps([str(ROOT), project_version(), _entry_points()])
    return {
        purpose: hashlib.sha256(LOCKS[purpose].read_bytes()).hexdigest(),
        "entry": hashlib.sha256(entry.encode()).hexdigest(),
    }


def _stamped(state: dict[str, Any]) -> dict[str, str]:
    """What the stamp says was done; nothing where some of what was installed then is no longer there."""
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    done: dict[str, str] = stamp["done"]
    return done if set(stamp["packages"]) <= set(state.get("packages", ())) else {}


def _up_to_date(purpose: str, state: dict[str, Any]) -> bool:
    """Whether the stamp speaks of this lock, and all that was installed then is still there."""
    return _wanted(purpose).items() <= _stamped(state).items() and program("cadre-desk").exists()


def _fill(purpose: str) -> None:
    """Install the lock and the project, then stamp what was done."""
    lock = LOCKS[purpose]
    before = _stamped(_state() or {})
    STAMP.unlink(missing_ok=True)
    carried = ("--no-index", "--find-links", WHEELS) if WHEELS.is_dir() else ()
    source = f"from {WHEELS.name}/" if carried else "over the network (some 150 MB the first time)"
    with step(f"Installing the packages of {lock.name} {source}"):
        quiet = () if sys.stdout.isatty() else ("--quiet",)
        hashed = ("--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", lock)
        if _pip(*quiet, *carried, *hashed):
            raise Refused("The packages could not be installed; the lines above say why.")
    with step("Installing the command cadre-desk"), tempfile.TemporaryDirectory() as folder:
        wheel = write_editable_wheel(Path(folder))
        if _pip("--quiet", "--no-index", "--no-deps", "--force-reinstall", wheel):
            raise Refused("The command cadre-desk could not be installed; the lines above say why.")
    state = _state()
    if state is None:
        raise Refused(f"{FOLDER} does not start after the packages were installed.")
    done = before | _wanted("run") | _wanted(purpose)
    STAMP.write_text(json.dumps({"done": done, "packages": state["packages"]}, indent=1), "utf-8")


def _pip(*arguments: str | Path) -> int:
    """Let the environment's own pip install; its exit code."""
    return run(
        [program("python"), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", *arguments]
    )


def project_version() -> str:
    """The project's version, read without importing it."""
    text = (ROOT / "cadre_desk" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    if found is None:
        raise Refused("cadre_desk/__init__.py states no version.")
    return found.group(1)


def _entry_points() -> str:
    """The project's commands, as wheels write them, from pyproject.toml."""
    import tomllib  # not known to the Pythons that start.py refuses

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return "\n".join(["[console_scripts]", *(f"{k} = {v}" for k, v in project["scripts"].items()), ""])


def write_editable_wheel(folder: Path) -> Path:
    """A wheel that holds only the way to this source tree and the project's commands (PEP 660).

    The way is written in ASCII: Windows reads path files in the code page of its country.
    """
    version = project_version()
    info = f"cadre_desk-{version}.dist-info"
    files = {
        "cadre_desk.pth": f"import sys; sys.path.append({str(ROOT)!a})\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: cadre-desk\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: start\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": _entry_points(),
    }
    record = [f"{name},{_digest(text)},{len(text.encode())}" for name, text in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""])
    wheel = folder / f"cadre_desk-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return wheel


def _digest(text: str) -> str:
    """A file's hash as RECORD writes it."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
    return f"sha256={digest.decode().rstrip('=')}"
