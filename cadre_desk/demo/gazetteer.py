"""Homes, telephones, ID numbers and bank cards: well-formed, and clearly nobody's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from cadre_desk.demo.dice import Dice, Weighted
from cadre_desk.demo.lists import rows, words
from cadre_desk.domain.id_numbers import upgrade15

#: ID numbers are issued where one was first registered; the county's own code comes first.
_REGIONS: Final = Weighted.of(
    {"500101": 900.0, "500234": 30.0, "500230": 20.0, "512221": 12.0, "510125": 8.0, "422822": 8.0}
)
_NETWORKS: Final = (
    "139",
    "138",
    "136",
    "135",
    "137",
    "158",
    "159",
    "187",
    "186",
    "133",
    "189",
    "150",
    "152",
    "183",
)
#: The exchange 000 behind a network's number is given to nobody.
_EXCHANGE: Final = "000"
_LANDLINE: Final = "023-7000"
_CARDS: Final = ("621700000", "622848000", "622202000", "621799000", "623091000")


@dataclass(frozen=True, slots=True)
class Place:
    """乡镇街道 with its share of the people, its communities and roads."""

    id: int
    name: str
    county: int
    division: str
    serial: int
    communities: tuple[str, ...]
    roads: tuple[str, ...]
    town: bool


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody lives: the place within the county (None outside it), the address, its division code."""

    place: int | None
    address: str
    division: str
    community: str | None = None


class Gazetteer:
    """Gives out homes and numbers; an ID number or card is never given twice."""

    def __init__(self, dice: Dice, counties: tuple[str, ...]) -> None:
        """Lay out the places of each county."""
        self._dice = dice
        self.places = tuple(place for number, name in enumerate(counties) for place in _places(number, name))
        weights = [float(row["weight"]) for row in rows("places")]
        self._by_county = {
            number: Weighted(zip((one for one in self.places if one.county == number), weights, strict=True))
            for number in range(len(counties))
        }
        self._by_id = {place.id: place for place in self.places}
        self._cities = {
            key: tuple(_city(text) for text in words("phrases")[key]) for key in ("cities", "warm")
        }
        self._taken: set[str] = set()

    def place(self, number: int) -> Place:
        """The place of an id."""
        return self._by_id[number]

    def named(self, name: str) -> Place:
        """The first place of a name."""
        return next(place for place in self.places if place.name == name)

    def somewhere(self, county: int) -> Place:
        """A place of a county, as likely as people live there."""
        return self._dice.weigh(self._by_county[county])

    def home(self, place: Place) -> Home:
        """An address in a place."""
        dice = self._dice
        community = dice.pick(place.communities)
        road = dice.pick(place.roads)
        number = dice.between(1, 168)
        if not place.town and dice.chance(0.35):
            village = f"{place.name}{dice.pick(('石坝', '新屋', '大湾', '李家坪', '桐子林', '黄桷树'))}村"
            return Home(place.id, f"{village}{dice.between(1, 8)}组", place.division, None)
        if dice.chance(0.72 if place.town else 0.3):
            flat = f"{dice.between(1, 9)}{dice.between(1, 4):02d}"
            text = f"{place.name}{road}{number}号{dice.between(1, 12)}栋{flat}"
        else:
            text = f"{place.name}{road}{number}号"
        return Home(place.id, text, place.division, community)

    def far_home(self, key: str = "cities") -> Home:
        """An address in another city; ``warm`` ones are where people spend the winter."""
        city, division, road = self._dice.pick(self._cities[key])
        dice = self._dice
        number = (
            f"{dice.between(1, 300)}号{dice.between(1, 20)}栋{dice.between(1, 30)}{dice.between(1, 4):02d}"
        )
        return Home(None, f"{city}{road}{number}", division)

    def mobile(self) -> str:
        """A mobile number."""
        return f"{self._dice.pick(_NETWORKS)}{_EXCHANGE}{self._dice.digits(5)}"

    def landline(self) -> str:
        """A number of the county's exchange."""
        return f"{_LANDLINE}{self._dice.digits(4)}"

    def id_number(self, born: date, sex: str) -> str:
        """A resident ID number of eighteen digits with its right check character (GB 11643-1999)."""
        while True:
            middle = 2 * self._dice.between(1, 498) + int(sex == "1")
            number = upgrade15(f"{self._dice.weigh(_REGIONS)}{born:%y%m%d}{middle:03d}")
            if number not in self._taken and not number.endswith("000"):
                self._taken.add(number)
                return number

    def card(self) -> str:
        """A card of nineteen digits that ends as Luhn's rule wants."""
        while True:
            body = f"{self._dice.pick(_CARDS)}{self._dice.digits(9)}"
            card = body + _luhn(body)
            if card not in self._taken:
                self._taken.add(card)
                return card

    def passbook(self) -> str:
        """The number of an old passbook: no rule holds for it."""
        return f"3405{self._dice.digits(13)}"


def short_id(number: str) -> str:
    """The fifteen digits that the card before 1999 had."""
    return f"{number[:6]}{number[8:17]}"


def _places(number: int, county: str) -> tuple[Place, ...]:
    listed = rows("places")
    return tuple(
        Place(
            id=number * len(listed) + serial,
            name=row["name"] if number == 0 else f"{county}{row['name']}",
            county=number,
            division=f"{int(row['division']) + number * 1000:09d}",
            serial=number * len(listed) + serial,
            communities=tuple(row["communities"].split(";")),
            roads=tuple(row["roads"].split(";")),
            town=row["name"].endswith("街道"),
        )
        for serial, row in enumerate(listed, start=1)
    )


def _city(text: str) -> tuple[str, str, str]:
    city, division, road = text.split("|")
    return city, division, road


def _luhn(body: str) -> str:
    """The digit that makes a card's sum a multiple of ten."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * 2 if place % 2 == 0 else int(digit)
        total += sum(divmod(doubled, 10))
    return str(-total % 10)
