"""The manual: complete, offline, opened at the page's own chapter, found by words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from cadre_desk.domain import resources
from cadre_desk.ui import manual
from cadre_desk.ui.gallery import MANUAL
from cadre_desk.ui.help_viewer import HelpViewer
from cadre_desk.ui.today_page import COMMON, TodayPage
from tests.ui.desk_window import dress, faults, press, show, type_in

CHAPTERS = manual.chapters()


def test_the_index_lists_every_chapter_that_lies_there() -> None:
    written = {path.stem for path in manual.manual_folder().glob("*.md")} - {manual.INDEX}
    assert set(CHAPTERS) == written
    assert len(CHAPTERS) == len(set(CHAPTERS))
    assert CHAPTERS[0] == "开始"


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_begins_with_its_own_name_and_links_only_to_others(chapter: str) -> None:
    text = manual.text_of(chapter)
    assert text.startswith(f"# {chapter}\n")
    for link in re.findall(r"(?<!!)\[[^\]]*\]\(([^)]+)\)", text):
        assert link.removesuffix(".md") in CHAPTERS, link
    assert "http" not in text


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_headings_of_a_chapter_are_told_apart(chapter: str) -> None:
    titles = [section.title for section in manual.sections(chapter)]
    assert len(titles) == len(set(titles))


def test_the_manual_names_the_keys_of_the_workbench() -> None:
    text = manual.text_of("开始")
    for act in COMMON:
        assert f"| {act.keys} | {act.label} |" in text


def test_a_page_opens_its_own_chapter() -> None:
    assert manual.chapter_of(TodayPage.HELP) == ("开始", "工作台")
    assert manual.chapter_of("登记卡#修改") == ("登记卡", "修改")
    assert manual.chapter_of("名单") == ("老干部名单", "")
    assert manual.chapter_of("没有这一章") == ("开始", "")
    assert manual.chapter_of("") == ("开始", "")


def test_finds_name_the_heading_first() -> None:
    hits = manual.search("恢复码")
    assert hits[0].section.title == "恢复码"
    assert all("恢复码" in hit.section.title or "恢复码" in hit.section.text for hit in hits)
    assert {hit.section.chapter for hit in hits} >= {"开始", "备份与恢复"}
    assert manual.search("   ") == []
    assert manual.search("量子纠缠") == []


def test_all_words_of_a_search_must_be_there() -> None:
    both = manual.search("移动盘 恢复码")
    assert both
    for hit in both:
        whole = hit.section.title + hit.section.text
        assert "移动盘" in whole
        assert "恢复码" in whole


def test_an_installed_program_finds_the_manual_among_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "resources" / "手册"
    folder.mkdir(parents=True)
    monkeypatch.setattr(resources, "_roots", lambda: (tmp_path / "resources",))
    assert manual.manual_folder() == folder


def test_without_a_manual_the_sentence_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "_roots", lambda: (tmp_path,))
    monkeypatch.setattr(manual, "__file__", str(tmp_path / "a" / "b" / "manual.py"))
    with pytest.raises(resources.ResourceMissingError, match="台账没有受影响"):
        manual.manual_folder()


@pytest.fixture
def viewer(qtbot: QtBot) -> HelpViewer:
    dress()
    made = HelpViewer()
    show(qtbot, made, 960, 680)
    return made


def titles(viewer: HelpViewer) -> list[str]:
    return [viewer.places.item(row).text().partition("\n")[0] for row in range(viewer.places.count())]


def test_the_viewer_shows_the_chapter_and_scrolls_to_the_heading(viewer: HelpViewer) -> None:
    viewer.open_at("备份与恢复#电脑坏了")
    assert viewer.chapter == "备份与恢复"
    assert viewer.text.textCursor().block().text() == "电脑坏了"
    assert titles(viewer) == list(CHAPTERS)
    item = viewer.places.currentItem()
    assert item is not None
    assert item.text() == "备份与恢复"


def test_choosing_a_chapter_shows_it(viewer: HelpViewer) -> None:
    viewer.open_at("开始")
    viewer.places.setCurrentRow(CHAPTERS.index("导入"))
    assert viewer.chapter == "导入"
    assert "认表头" in viewer.text.toPlainText()


def test_a_search_shows_finds_and_the_first_of_them(viewer: HelpViewer) -> None:
    viewer.open_at("开始")
    type_in(viewer.search.edit, "Ctrl")
    assert all("›" in title or title in CHAPTERS for title in titles(viewer))
    viewer.search.edit.setText("本页小计")
    assert viewer.chapter == "慰问名册"
    viewer.search.edit.setText("量子纠缠")
    assert viewer.none.isVisible()
    viewer.search.edit.clear()
    assert titles(viewer) == list(CHAPTERS)


def test_a_link_turns_to_the_other_chapter(viewer: HelpViewer) -> None:
    viewer.open_at("老干部名单")
    viewer.text.anchorClicked.emit(QUrl("慰问名册.md"))
    assert viewer.chapter == "慰问名册"


def test_esc_closes_the_manual(viewer: HelpViewer) -> None:
    viewer.open_at("开始")
    press(viewer, Qt.Key.Key_Escape)
    assert not viewer.isVisible()


def shown_pictures(document: QTextDocument) -> Iterator[tuple[float, float]]:
    block = document.begin()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            shape = fragments.fragment().charFormat()
            if shape.isImageFormat():
                picture = shape.toImageFormat()
                yield picture.width(), picture.height()
            fragments += 1
        block = block.next()


PICTURES = [
    (chapter, link)
    for chapter in CHAPTERS
    for link in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", manual.text_of(chapter))
]


def test_the_pictures_of_the_manual_are_those_that_the_gallery_draws_and_small() -> None:
    assert {link for _chapter, link in PICTURES} == {f"图/{name}" for name in MANUAL}
    for _chapter, link in PICTURES:
        assert (manual.manual_folder() / link).stat().st_size <= 60 * 1024


@pytest.mark.parametrize("factor", [1.0, 1.5])
@pytest.mark.parametrize(("chapter", "link"), PICTURES)
def test_a_chapter_shows_its_picture_as_wide_as_the_page(
    qtbot: QtBot, factor: float, chapter: str, link: str
) -> None:
    dress(factor)
    viewer = HelpViewer()
    show(qtbot, viewer, 1000, 700)
    viewer.open_at(chapter)
    document = viewer.text.document()
    picture = document.resource(QTextDocument.ResourceType.ImageResource.value, QUrl(link))
    assert picture is not None
    for width in (1000, 800):
        viewer.resize(width, 700)
        room = viewer.text.viewport().width()
        pictures = list(shown_pictures(document))
        assert pictures
        for wide, high in pictures:
            assert room / 2 < wide <= room
            assert high == pytest.approx(wide * 768 / 1366, rel=0.01)
    dress()


@pytest.mark.parametrize("factor", [1.0, 1.5])
def test_the_manual_has_no_faults(qtbot: QtBot, factor: float) -> None:
    dress(factor)
    viewer = HelpViewer()
    show(qtbot, viewer, 1366, 768)
    for chapter in CHAPTERS:
        viewer.open_at(chapter)
        assert faults(qtbot, viewer) == []
    dress()
