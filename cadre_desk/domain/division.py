"""The field of a region: typed as a code or a name, kept as the code, shown by its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cadre_desk.domain import regions
from cadre_desk.domain.errors import FieldError
from cadre_desk.domain.field import Field


@dataclass(frozen=True)
class Division(Field[str]):
    """A region by its six-digit code (GB/T 2260), shown by its name; a code nobody knows shows as such."""

    kind: ClassVar[str] = "division"

    def _read(self, text: str) -> str:
        code = regions.find(text)
        if code is None:
            msg = f"「{self.label}」要填六位行政区划代码，或者写全省市县的名称，现在是「{text}」。"
            raise FieldError(msg)
        return code

    def _show(self, value: str) -> str:
        return regions.name_of(value)

    def edit(self, value: str | None) -> str:
        """The code itself."""
        return value or ""

    def plain(self, value: str | None) -> dict[str, str] | None:
        """Code and name."""
        return None if value is None else {"code": value, "label": regions.name_of(value)}
