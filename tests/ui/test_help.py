"""The manual: complete, offline, opened at the page's own chapter, found by words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from pytestqt.qtbot import QtBot

from cadre_desk.domain import resources
from cadre_desk.ui import manual
from cadre_desk.ui.help_viewer import HelpViewer
from cadre_desk.ui.manual_shots import MANUAL, README
from cadre_desk.ui.today_page import COMMON, TodayPage
from tests.ui.desk_window import dress, faults, press, show, type_in

CHAPTERS = manual.chapters()
ROOT = Path(__file__).resolve().parents[2]
_MOST_BYTES = 110 * 1024
#: What the manual quotes of rosters, of files and of the clerk's own questions.
NOT_THE_PROGRAM = {".xls", "~$", "汉", "√", "去年年底有多少人"}


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
    lying = {f"图/{path.name}" for path in (manual.manual_folder() / "图").iterdir()}
    assert {link for _chapter, link in PICTURES} == lying == {f"图/{one.file}" for one in MANUAL}
    for _chapter, link in PICTURES:
        assert (manual.manual_folder() / link).stat().st_size <= _MOST_BYTES


def test_the_pictures_of_the_readme_are_those_that_the_gallery_draws_and_small() -> None:
    links = set(re.findall(r"docs/screenshots/([^)]+)\)", (ROOT / "README.md").read_text("utf-8")))
    lying = {path.name: path.stat().st_size for path in (ROOT / "docs" / "screenshots").iterdir()}
    assert links == set(lying) == {one.file for one in README}
    assert max(lying.values()) <= _MOST_BYTES


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_what_a_chapter_quotes_is_said_by_the_program(chapter: str) -> None:
    said = program_texts()
    quoted = {
        part for words in re.findall("「([^」]*)」", manual.text_of(chapter)) for part in words.split(" › ")
    }
    assert {words for words in quoted - NOT_THE_PROGRAM if not is_said(words, said)} == set()


def test_a_label_that_no_longer_is_there_is_found() -> None:
    assert not is_said("遮盖全部号码", program_texts())
    assert is_said("按……分", "按人员类别分")
    assert is_said("添加走访", "添加{}")


def program_texts() -> str:
    """Every text that stands in the program's code, a line each."""
    found: set[str] = set()
    for path in (ROOT / "cadre_desk").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = (one.value if isinstance(one, ast.Constant) else "{}" for one in node.values)
                found.add("".join(str(part) for part in parts))
    return "\n".join(found)


def is_said(words: str, said: str) -> bool:
    """Whether the program says them; …… stands for what it puts in, as {} does in its own texts."""
    pattern = ".*".join(re.escape(part) for part in re.split("……|（台账名）|某某", words))
    if re.search(pattern, said):
        return True
    begun = [
        text.removesuffix("{}") for text in said.splitlines() if text.count("{}") == 1 and text[-1] == "}"
    ]
    return any(text and words.startswith(text) for text in begun)


@pytest.mark.parametrize("factor", [1.0, 1.5])
@pytest.mark.parametrize("chapter", sorted({chapter for chapter, _link in PICTURES}))
def test_a_chapter_shows_its_pictures_smoothly_in_their_own_width_or_as_wide_as_the_page(
    qtbot: QtBot, factor: float, chapter: str
) -> None:
    dress(factor)
    viewer = HelpViewer()
    viewer.open_at(chapter)
    qtbot.addWidget(viewer)
    document = viewer.text.document()
    links = [link for of, link in PICTURES if of == chapter]
    for width in (1000, 800):
        viewer.resize(width, 700)
        qtbot.wait(20)
        room = viewer.text.viewport().width() - 2 * document.documentMargin()
        shown = list(shown_pictures(document))
        assert len(shown) == len(links)
        for link, (wide, high) in zip(links, shown, strict=True):
            lying = QImage(str(manual.manual_folder() / link)).size()
            assert wide == pytest.approx(min(room, lying.width() * factor), abs=1)
            assert high == pytest.approx(wide * lying.height() / lying.width(), rel=0.01)
            drawn = document.resource(QTextDocument.ResourceType.ImageResource.value, QUrl(link))
            assert isinstance(drawn, QImage)
            assert drawn.width() == pytest.approx(wide, abs=1)
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
