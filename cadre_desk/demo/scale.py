"""How large an invented ledger is, and the figures it is made to show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Final

#: The desk's working day in the demo (2025 not yet closed), and the day the opening balance stands on.
WORKING_DAY: Final = date(2026, 1, 26)
OPENING: Final = date(2020, 12, 31)
#: When each year's figures were closed; the next is still open.
CLOSINGS: Final = {
    2021: date(2022, 1, 20),
    2022: date(2023, 1, 18),
    2023: date(2024, 1, 25),
    2024: date(2025, 1, 23),
}


@dataclass(frozen=True, slots=True)
class Flow:
    """What a year books: 新退休, 转入, 补录 (``found``; ``doubles`` are mistakes), 去世, 转出, 注销.

    ``deaths`` include ``lixiu_deaths``; ``late_deaths`` of them happened in the year before, which is closed.
    """

    year: int
    new: int = 0
    moved_in: int = 0
    found: int = 0
    doubles: int = 0
    deaths: int = 0
    lixiu_deaths: int = 0
    late_deaths: int = 0
    moved_out: int = 0
    struck: int = 0

    @property
    def net(self) -> int:
        """Growth of the books."""
        return (
            self.new + self.moved_in + self.found + self.doubles - self.deaths - self.moved_out - self.struck
        )

    def times(self, ratio: float) -> Flow:
        """The same year in a ledger so many times as large."""
        doubles = round(self.doubles * ratio)
        names = ("new", "moved_in", "found", "deaths", "late_deaths", "moved_out")
        return replace(
            self,
            **{name: round(getattr(self, name) * ratio) for name in names},
            lixiu_deaths=min(round(self.lixiu_deaths * ratio), round(self.deaths * ratio)),
            doubles=doubles,
            struck=round(self.struck * ratio),
        )


_FLOWS: Final = (
    Flow(2021, new=112, moved_in=6, doubles=1, deaths=118, lixiu_deaths=11, moved_out=5),
    Flow(2022, 109, 4, 1, 0, deaths=131, lixiu_deaths=11, late_deaths=2, moved_out=6, struck=1),
    Flow(2023, 113, 5, 1, 0, deaths=134, lixiu_deaths=9, late_deaths=2, moved_out=4),
    Flow(2024, 116, 5, 0, 1, deaths=121, lixiu_deaths=6, late_deaths=2, moved_out=7, struck=1),
    Flow(2025, 106, 6, 1, 1, deaths=124, lixiu_deaths=5, late_deaths=2, moved_out=5, struck=1),
    Flow(2026, new=4, moved_in=1, deaths=4, moved_out=1),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """The size of a ledger: its counties, who is on the books at the end of 2025, how many of them are what.

    ``alone`` gives those of 80 and more who live alone, by the lowest age of each band; ``alone_lixiu`` of
    them are 离休. ``families`` is the share of people whose family is on file.
    """

    counties: tuple[str, ...]
    on_books: int
    lixiu: int
    flows: tuple[Flow, ...]
    alone: tuple[tuple[int, int], ...]
    alone_lixiu: int
    alone_younger: int
    remote: int
    no_emergency: int
    in_hospital: int
    families: float
    couples: int
    survivors: int
    citizens: int

    @property
    def opening(self) -> int:
        """Those on the books on the opening day: the end less all that came, plus all that went."""
        return self.on_books - sum(flow.net for flow in self.flows if flow.year < WORKING_DAY.year)

    @property
    def opening_lixiu(self) -> int:
        """离休干部 of the opening day; none has been added since (国发〔1982〕62号)."""
        return self.lixiu + sum(flow.lixiu_deaths for flow in self.flows)


_COUNTY: Final = Scale(
    counties=("青岚县",),
    on_books=3286,
    lixiu=23,
    flows=_FLOWS,
    alone=((80, 96), (85, 74), (90, 35), (95, 9)),
    alone_lixiu=9,
    alone_younger=112,
    remote=167,
    no_emergency=58,
    in_hospital=7,
    families=1.0,
    couples=210,
    survivors=120,
    citizens=60,
)

_CITY_FAMILIES: Final = 0.3
_CITY_COUNTIES: Final = (
    "青岚县",
    "白石县",
    "云溪县",
    "龙滩县",
    "江口区",
    "南浦区",
    "竹山县",
    "丰泽县",
    "梅岭县",
    "临河区",
    "松坪县",
    "东川坝县",
    "太和场县",
    "永宁坝县",
    "安平场县",
    "金沙坝县",
)


def _scaled(on_books: int, counties: tuple[str, ...]) -> Scale:
    ratio = on_books / _COUNTY.on_books

    def grown(count: int) -> int:
        return max(round(count * ratio), 1)

    return Scale(
        counties=counties,
        on_books=on_books,
        lixiu=grown(_COUNTY.lixiu * 2 if ratio < 1 else _COUNTY.lixiu),
        flows=tuple(flow.times(ratio) for flow in _FLOWS),
        alone=tuple((age, grown(count)) for age, count in _COUNTY.alone),
        alone_lixiu=grown(_COUNTY.alone_lixiu),
        alone_younger=grown(_COUNTY.alone_younger),
        remote=grown(_COUNTY.remote),
        no_emergency=grown(_COUNTY.no_emergency),
        in_hospital=grown(_COUNTY.in_hospital),
        families=1.0 if ratio < 1 else _CITY_FAMILIES,
        couples=grown(_COUNTY.couples),
        survivors=grown(_COUNTY.survivors),
        citizens=grown(_COUNTY.citizens),
    )


class Size(Enum):
    """How much is built: a handful for tests, the demo county, a whole city for benchmarks."""

    VILLAGE = "village"
    COUNTY = "county"
    CITY = "city"

    @property
    def scale(self) -> Scale:
        """The figures of the size."""
        return _SCALES[self]


_SCALES: Final = {
    Size.VILLAGE: _scaled(60, ("青岚县",)),
    Size.COUNTY: _COUNTY,
    Size.CITY: _scaled(79_600, _CITY_COUNTIES),
}
