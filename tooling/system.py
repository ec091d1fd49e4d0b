"""The system's own packages: what the window, the tests and ``venv`` need beyond Python's wheels.

Only Debian and its kin (Ubuntu, UOS, Kylin) are known; elsewhere nothing is installed and nothing is refused.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys

from tooling.steps import asked, run, say, step

#: What Qt's window plugin links to and a bare Debian lacks (``ldd`` of libqxcb and QtGui).
WINDOW = (
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-render0",
    "libxcb-shape0",
    "libxcb-shm0",
    "libxcb-sync1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
)

#: What the tests in a real window and the tests of paper start.
TEST = ("dbus-x11", "openbox", "poppler-utils", "xdotool", "xvfb")

#: What PyInstaller looks into libraries with.
PACKAGE = ("binutils",)


def venv_package() -> tuple[str, ...]:
    """The package that brings ``ensurepip`` where Debian has cut it out of Python; nothing elsewhere."""
    if importlib.util.find_spec("ensurepip"):
        return ()
    return (f"python{sys.version_info.major}.{sys.version_info.minor}-venv",)


def absent(packages: tuple[str, ...]) -> list[str]:
    """Those of the packages that dpkg does not have installed.

    Since the 64-bit time_t transition some libraries carry ``t64`` behind their old name; both count.
    """
    names = [name for package in packages for name in (package, f"{package}t64")]
    answer = asked(["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names])
    there = {line.split()[0] for line in answer.stdout.splitlines() if line.endswith(" installed")}
    return [package for package in packages if not {package, f"{package}t64"} & there]


def install_command(packages: list[str]) -> list[str]:
    """How the packages are installed, without the word that makes one root."""
    return ["apt-get", "install", "-y", "--no-install-recommends", *packages]


def root_words() -> list[str] | None:
    """What stands before a command to run it as root: nothing, sudo, or None where we may not."""
    if os.name == "nt":
        return None
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if asked(["sudo", "-n", "true"]).returncode == 0 else None


def need(packages: tuple[str, ...]) -> list[str]:
    """Install what is absent where we may, name the command where we may not; what is absent afterwards."""
    if not (shutil.which("dpkg-query") and shutil.which("apt-get")):
        return []
    missing = absent(packages)
    if not missing:
        return []
    by_hand = "sudo " + " ".join(install_command(missing))
    words = root_words()
    if words is None:
        say(f"! Not installed, and installing needs root: {', '.join(missing)}. Please run:\n  {by_hand}")
        return missing
    with step(f"Installing system packages: {' '.join(missing)}"):
        _install(words, missing)
    if left := absent(packages):
        say(f"! Could not be installed: {', '.join(left)}. Please run:\n  {by_hand}")
        return left
    return []


def _install(words: list[str], packages: list[str]) -> None:
    """Install, and once more after fetching the package lists, which a bare system does not have."""
    quiet = [*words, "env", "DEBIAN_FRONTEND=noninteractive"]
    install = [*quiet, *install_command(packages)]
    if asked(install).returncode:
        run([*quiet, "apt-get", "update", "-qq"])
        run([*install, "-qq"])
