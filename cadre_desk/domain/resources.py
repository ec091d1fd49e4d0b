"""Where the program's own files lie: fonts, code tables, icons, style, templates."""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

from cadre_desk.domain.errors import UserError

_PACKAGE = Path(__file__).resolve().parents[1]


class ResourceMissingError(UserError):
    """A file that belongs to the program is not there: the installation is incomplete, the ledger is not."""


def _roots() -> tuple[Path, ...]:
    """Folders that may hold the resources: frozen program, wheel, source tree, in this order."""
    frozen = getattr(sys, "_MEIPASS", None)
    unpacked = (Path(frozen) / "resources",) if isinstance(frozen, str) else ()
    return (*unpacked, _PACKAGE / "resources", _PACKAGE.parent / "resources")


def resource(name: str) -> Path:
    """The file or folder ``name``, written with slashes below ``resources``: "codes/sex.json".

    ValueError for a name that points outside (absolute, with a drive, a backslash or "..");
    ResourceMissingError for one that isn't there.
    """
    parts = PurePosixPath(name).parts
    outside = name.startswith("/") or "\\" in name or PureWindowsPath(name).drive or ".." in parts
    if outside or not parts:
        raise ValueError(f"not a name below resources: {name!r}")
    for root in _roots():
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise ResourceMissingError(f"程序文件不完整，缺少“{name}”；台账没有受影响。请重新安装本程序。")
