"""What can be refused, and how it is said: one sentence in the clerk's own words."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


class UserError(Exception):
    """Something the clerk can mend; its text is shown as it is (what happened, what is safe, what to do)."""


class FieldError(UserError):
    """A value that its field can't take; the text lands beside the field."""


#: Why a file can't be read or written, by the system's number of the fault.
_WHYS: Final = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EEXIST: "已经有同名的文件",
    errno.EISDIR: "那是一个文件夹",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.ENOSPC: "磁盘满了",
    errno.EROFS: "那个盘只能读",
    errno.EBUSY: "正被别的程序占用",
    errno.ENAMETOOLONG: "名字太长",
}


def why_not(error: OSError) -> str:
    """Why the system refused a file, in Chinese where the reason is a common one."""
    return _WHYS.get(error.errno or 0) or error.strerror or str(error)


class Severity(StrEnum):
    """How much a problem weighs: a hold stops the row, a warning is shown and may be passed."""

    HOLD = "hold"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one record; ``field`` is the key of the field it is shown at ("" = the record).

    ``rule`` names the rule where somebody treats its problems apart.
    """

    text: str
    field: str = ""
    severity: Severity = Severity.HOLD
    rule: str = ""


class RuleError(UserError):
    """A record breaks rules that hold; ``problems`` are shown together, each at its field."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems; the message joins their texts."""
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("；".join(problem.text for problem in self.problems))
