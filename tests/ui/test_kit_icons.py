"""The icons: every name that the windows use is drawn, in its colour, sharp on every screen."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QIcon

import cadre_desk.ui
from cadre_desk.domain.resources import ResourceMissingError, resource
from cadre_desk.ui.kit import icons, theme
from cadre_desk.ui.kit.tokens import COLOURS

NAMES = (
    "today people branch visit aid clock study voice star stats system search undo import "
    "export print plus edit close chevron-down chevron-right chevron-left left right sort "
    "columns calendar filter bookmark warn info ok wrong unknown cake bed phone gift heart "
    "flag bell lock shield file folder eye backup help key user settings void drag more save "
    "refresh house card excel pdf zoom-in zoom-out page-fit users check minus history list "
    "mail route money car keyboard seal "
)

#: Where the name of an icon stands among the positional arguments of a call.
PLACES = {
    "Act": 2,
    "Place": 2,
    "Button": 2,
    "Chip": 2,
    "set_chip": 2,
    "EmptyState": 0,
    "icon": 0,
    "pixmap": 0,
    "set_icon": 0,
}


def called(call: ast.Call) -> str:
    """The bare name of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def names_used(source: str) -> set[str]:
    """Icon names written out in a module."""
    used = set()
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        given = [word.value for word in call.keywords if word.arg == "icon"]
        place = PLACES.get(called(call))
        if place is not None:
            given += call.args[place : place + 1]
        used |= {
            node.value for node in given if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    return used - {""}


@pytest.mark.parametrize("name", NAMES.split())
def test_the_family_has_every_icon_the_desk_speaks_of(name: str) -> None:
    assert icons.exists(name)


def test_every_icon_named_in_the_windows_exists() -> None:
    folder = Path(cadre_desk.ui.__file__).parent
    used = {name for file in folder.rglob("*.py") for name in names_used(file.read_text("utf-8"))}
    assert len(used) > 20
    assert {name for name in used if not icons.exists(name)} == set()


def test_names_are_found_where_they_are_written() -> None:
    found = names_used(
        'Act("k", "词", "plus")\nicons.pixmap("lock", "ink")\nNotice("词", icon="cake")\nAct("k", "l")'
    )
    assert found == {"plus", "lock", "cake"}


def test_every_drawing_is_of_one_family() -> None:
    for file in resource("icons").glob("*.svg"):
        drawing = file.read_text("utf-8")
        if file.stem.startswith("mark-") or file.stem.startswith("seal"):
            continue
        assert 'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"' in drawing, (
            file.name
        )


@pytest.mark.usefixtures("qapp")
def test_an_icon_wears_its_colour_and_no_other() -> None:
    picture = icons.pixmap("plus", "accent", 48, ratio=1.0).toImage()
    colours = {
        picture.pixelColor(x, y).name().upper()
        for x in range(48)
        for y in range(48)
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert colours == {COLOURS["accent"]}


@pytest.mark.usefixtures("qapp")
def test_an_icon_is_sharp_on_a_dense_screen() -> None:
    picture = icons.pixmap("star", size=16, ratio=2.0)
    assert picture.width() == 2 * theme.px(16)
    assert picture.devicePixelRatio() == 2.0


@pytest.mark.usefixtures("qapp")
def test_a_disabled_icon_is_paler() -> None:
    drawn = icons.icon("plus", "ink2", 32)
    usual = drawn.pixmap(32, 32).toImage()
    faded = drawn.pixmap(32, 32, QIcon.Mode.Disabled).toImage()
    middle = usual.width() // 2
    assert usual.pixelColor(middle, middle).lightness() < faded.pixelColor(middle, middle).lightness()


@pytest.mark.usefixtures("qapp")
def test_an_unknown_icon_is_an_error_at_once() -> None:
    assert not icons.exists("unicorn")
    with pytest.raises(ResourceMissingError):
        icons.icon("unicorn")
