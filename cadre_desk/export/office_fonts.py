"""The faces that a workbook names: those of the office's PCs, for a workbook carries names and no faces.

方正小标宋 and 仿宋_GB2312 are licensed to whoever bought them: they are named where the PC has them, never
bundled.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from cadre_desk.export.measures import Type

#: By preference; the last is named where none is there.
_WANTED: Final[Mapping[Type, tuple[str, ...]]] = {
    Type.TITLE: ("方正小标宋_GBK", "方正小标宋简体", "华文中宋", "宋体", "思源宋体", "Noto Serif SC"),
    Type.HEI: ("黑体", "思源黑体", "Noto Sans SC"),
    Type.SONG: ("宋体", "思源宋体", "Noto Serif SC"),
    Type.FANG: ("仿宋_GB2312", "仿宋", "宋体", "思源宋体", "Noto Serif SC"),
}
_USUAL: Final = {Type.TITLE: "宋体", Type.HEI: "黑体", Type.SONG: "宋体", Type.FANG: "仿宋"}
_BEYOND: Final = ("SimSun-ExtB", "宋体-ExtB", "HanaMinB", "Noto Serif SC")
#: English names that systems give the same faces.
_SAME: Final = {"SimSun": "宋体", "SimHei": "黑体", "FangSong": "仿宋", "STZhongsong": "华文中宋"}


@dataclass(frozen=True, slots=True)
class OfficeFonts:
    """Names of faces by type, and the one for characters beyond the basic plane."""

    names: Mapping[Type, str]
    beyond: str

    def name(self, kind: Type) -> str:
        """The name for a type."""
        return self.names[kind]

    @property
    def bold_title(self) -> bool:
        """Whether the title stands in for 小标宋 and is set bold."""
        return "小标宋" not in self.names[Type.TITLE]


def choose(installed: frozenset[str]) -> OfficeFonts:
    """The faces to name on a PC that has these families."""
    known = installed | {_SAME[name] for name in installed if name in _SAME}
    names = {
        kind: next((name for name in wanted if name in known), _USUAL[kind])
        for kind, wanted in _WANTED.items()
    }
    return OfficeFonts(names, next((name for name in _BEYOND if name in installed), _BEYOND[0]))


@cache
def office_fonts() -> OfficeFonts:
    """The faces of this PC."""
    return choose(frozenset(_windows() if sys.platform == "win32" else _fontconfig()))


def _fontconfig() -> set[str]:
    """Families known to fontconfig; none where it isn't installed."""
    program = shutil.which("fc-list")
    if program is None:
        return set()
    listed = subprocess.run(  # noqa: S603 - the system's own font list
        [program, "--format", "%{family}\n"], capture_output=True, text=True, check=False, timeout=10
    )
    return {name.strip() for line in listed.stdout.splitlines() for name in line.split(",")}


def _windows() -> set[str]:
    """Families in the registry: "宋体 & 新宋体 (TrueType)"."""
    found: set[str] = set()
    if sys.platform == "win32":
        import winreg

        key = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as fonts:
            for number in range(winreg.QueryInfoKey(fonts)[1]):
                title = winreg.EnumValue(fonts, number)[0].partition("(")[0]
                found.update(name.strip() for name in title.split("&"))
    return found
