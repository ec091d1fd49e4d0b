"""The photo on the card: given by a file or a drop, replaced, removed, undone, refused in a sentence."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from cadre_desk.actions.photos import photo_of
from cadre_desk.domain.errors import UserError
from cadre_desk.ui.card_photo import LONGEST, read_photo
from cadre_desk.ui.kit import motion
from tests.ui.card_looking import Looking, look_on
from tests.ui.card_office import dress
from tests.ui.portrait import CROWN, GROUND, portrait, portrait_file


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing slides."""
    monkeypatch.setattr(motion, "allowed", lambda: False)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Looking]:
    dress(qapp)
    yield from look_on(qtbot, tmp_path)


def look(desk: Looking) -> None:
    desk.look(desk.keys.wang)


def kept(desk: Looking) -> bytes | None:
    with desk.office.desk.read() as session:
        return photo_of(session, desk.keys.wang)


def like(found: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(found, tuple)
    return all(abs(one - other) < 12 for one, other in zip(found, colour, strict=True))


@pytest.mark.parametrize("name", ["a.jpg", "b.png", "c.bmp"])
def test_a_picture_is_kept_small_and_whole(name: str, tmp_path: Path) -> None:
    with Image.open(io.BytesIO(read_photo(portrait_file(tmp_path, name)))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (LONGEST * 3 // 4, LONGEST))
        assert like(picture.getpixel((240, 150)), CROWN)


def test_a_phones_picture_stands_upright_and_loses_what_the_phone_wrote(tmp_path: Path) -> None:
    with Image.open(io.BytesIO(read_photo(portrait_file(tmp_path, turned=True)))) as picture:
        assert picture.size == (LONGEST * 3 // 4, LONGEST)
        assert like(picture.getpixel((240, 150)), CROWN)
        assert like(picture.getpixel((10, 10)), GROUND)
        assert not picture.getexif()


def test_a_small_picture_is_not_blown_up_and_its_clear_ground_is_white(tmp_path: Path) -> None:
    small = portrait(90, 120).convert("RGBA")
    small.putpixel((0, 0), (0, 0, 0, 0))
    small.paste((0, 0, 0, 0), (0, 0, 20, 20))
    small.save(tmp_path / "small.png")
    with Image.open(io.BytesIO(read_photo(tmp_path / "small.png"))) as picture:
        assert picture.size == (90, 120)
        assert like(picture.getpixel((4, 4)), (255, 255, 255))


def test_what_is_no_photo_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "说明.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "假.jpg").write_text("不是照片", encoding="utf-8")
    (tmp_path / "坏.png").write_bytes(portrait_file(tmp_path, "whole.png").read_bytes()[:60])
    portrait(40, 40).save(tmp_path / "动.gif")
    with (tmp_path / "大.bmp").open("wb") as large:
        large.truncate(20 * 1024 * 1024 + 1)
    for name, words in (
        ("说明.pdf", "不是 JPEG、PNG 或 BMP"),
        ("假.jpg", "不是 JPEG、PNG 或 BMP"),
        ("动.gif", "不是 JPEG、PNG 或 BMP"),
        ("坏.png", "读不出来"),
        ("大.bmp", "超过 20 MB"),
        ("没有.jpg", "打不开"),
    ):
        with pytest.raises(UserError, match=words) as told:
            read_photo(tmp_path / name)
        assert "没有存入" in str(told.value)


def test_a_photo_is_chosen_shown_and_told_in_the_history(desk: Looking, tmp_path: Path) -> None:
    look(desk)
    place = desk.page.head.photo
    assert place.accessibleName() == "王𬭎远的照片，添加照片"
    QTest.mouseClick(place, Qt.MouseButton.LeftButton)
    dialog = desk.page.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "选王𬭎远的照片"
    dialog.fileSelected.emit(str(portrait_file(tmp_path)))
    dialog.close()
    assert desk.said[-1].text == "已登记照片　王𬭎远"
    assert kept(desk) is not None
    desk.page.refresh()
    assert place.accessibleName() == "王𬭎远的照片，更换或移除照片"
    crown = place.grab().toImage().pixelColor(place.width() // 2, place.height() // 5)
    assert abs(crown.red() - QColor(*CROWN).red()) < 25
    desk.page.body.show_tab("history")
    assert "照片：空 改为 新照片" in [
        line.accessibleName() for line in desk.page.body.history.blocks()[0].lines
    ]


def test_a_dropped_file_replaces_the_photo_and_undo_brings_the_first_back(
    desk: Looking, tmp_path: Path
) -> None:
    look(desk)
    desk.page.photo.take(portrait_file(tmp_path))
    first = kept(desk)
    portrait(300, 300).save(tmp_path / "other.png")
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / "other.png"))])
    place, copy = QPoint(20, 20), Qt.DropAction.CopyAction
    button, key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    desk.page.refresh()
    QApplication.sendEvent(desk.page.head, QDragEnterEvent(place, copy, files, button, key))
    QApplication.sendEvent(desk.page.head, QDropEvent(QPointF(place), copy, files, button, key))
    assert desk.said[-1].text == "已更换照片　王𬭎远"
    assert kept(desk) not in {None, first}
    desk.office.desk.undo(desk.said[-1].undo_act)
    assert kept(desk) == first


@pytest.mark.qt_log_ignore("^This plugin does not support (raise|grabbing the keyboard|propagateSizeHints)")
def test_enter_on_the_photo_offers_to_remove_it(desk: Looking, tmp_path: Path) -> None:
    look(desk)
    desk.page.photo.take(portrait_file(tmp_path))
    desk.page.refresh()
    desk.page.head.photo.setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(Qt.Key.Key_Return)
    menu = desk.page.findChild(QMenu)
    assert menu is not None
    assert [one.text() for one in menu.actions()] == ["更换照片…", "移除照片"]
    menu.actions()[1].trigger()
    menu.close()
    assert kept(desk) is None
    assert desk.said[-1].text == "已移除照片　王𬭎远"


def test_a_refused_file_leaves_the_photo_and_the_clerk_is_told(desk: Looking, tmp_path: Path) -> None:
    look(desk)
    desk.page.photo.take(portrait_file(tmp_path))
    before = kept(desk)
    desk.page.photo.take(tmp_path / "没有.jpg")
    assert desk.said[-1].is_error
    assert kept(desk) == before


@pytest.mark.qt_log_ignore("^This plugin does not support (raise|grabbing the keyboard|propagateSizeHints)")
def test_the_acts_on_a_person_have_a_key_of_their_own(desk: Looking) -> None:
    look(desk)
    assert "F9" in desk.page.header.acts.button("moves").toolTip()
    QTest.keyClick(desk.page, Qt.Key.Key_F9)
    menu = desk.page.findChild(QMenu)
    assert menu is not None
    assert menu.actions()[0].text() == "登记去世"
    assert menu.layoutDirection() == Qt.LayoutDirection.LeftToRight
    menu.close()
