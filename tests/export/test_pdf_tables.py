from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from cadre_desk.domain.errors import UserError
from cadre_desk.domain.money import rmb_words, show_money
from cadre_desk.export.layout import Band, Layout, lay_out
from cadre_desk.export.measures import PageForm
from cadre_desk.export.pdf import MissingGlyphsError, page_count, write_pdf
from cadre_desk.export.sheet import Group, Mark, PaperKind, Sheet, SheetColumn, Totals
from tests.export import reading
from tests.export.county import FOOT, NAMES, card, people, roster, statistic, voucher

PAPERS = {"roster": roster(40), "voucher": voucher(40), "statistic": statistic()}


@pytest.fixture(params=PAPERS, name="sheet")
def _sheet(request: pytest.FixtureRequest) -> Sheet:
    return PAPERS[request.param]


def _values(sheet: Sheet) -> list[str]:
    shown = (
        sheet.shown(column, value)
        for row in sheet.rows
        for column, value in zip(sheet.columns, row, strict=True)
    )
    return [reading.squeezed(value) for value in shown if value]


def test_every_value_is_read_back_by_two_readers(sheet: Sheet, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    write_pdf(sheet, path)
    for pages in (reading.texts(path), reading.texts_by_pypdf(path)):
        text = reading.squeezed("".join(pages))
        assert [value for value in _values(sheet) if value not in text and "、" not in value] == []


def test_names_of_two_hanzi_and_rare_ones_are_found_by_any_reader(tmp_path: Path) -> None:
    path = tmp_path / "roster.pdf"
    write_pdf(roster(7), path)
    by_poppler = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    for text in (reading.texts(path)[0], reading.texts_by_pypdf(path)[0], by_poppler):
        for name in NAMES:
            assert name in text or all(part in text for part in name.split("·"))
        assert "住址" in text
        assert "周敏" in text


def _columns_of(layout: Layout, path: Path) -> None:
    """Each value stands within its column, character box by character box."""
    number = 0
    for page in layout.pages:
        for part in layout.parts:
            found = reading.chars(path, number)
            number += 1
            y = layout.table_top(page) + sum(layout.head_heights)
            y += 6.0 if any(column.number for column in layout.sheet.columns) else 0.0
            for line in page.lines:
                if line.band is Band.ROW:
                    for one in part.columns:
                        value = layout.sheet.rows[line.row][one.at]
                        expected = one.show(line.row + 1 if one.column.serial and value is None else value)
                        read = reading.within(found, one.x, one.x + one.width, y, y + line.height)
                        assert read.replace("、", "") == reading.squeezed(expected).replace("、", "")
                        inside = [
                            char
                            for char in found
                            if one.x < char.middle[0] < one.x + one.width
                            and y < char.middle[1] < y + line.height
                        ]
                        assert all(one.x < char.left and char.right < one.x + one.width for char in inside)
                        assert all(y < char.top and char.bottom < y + line.height for char in inside)
                y += line.height


def test_each_value_stands_within_its_cell(sheet: Sheet, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    write_pdf(sheet, path)
    _columns_of(lay_out(sheet), path)


def test_nothing_stands_outside_the_margins(sheet: Sheet, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    pages = write_pdf(sheet, path)
    form = lay_out(sheet).page
    for number in range(pages):
        for char in reading.chars(path, number):
            assert form.left - 0.3 < char.left
            assert char.right < form.right_edge + 0.3
            assert char.top > 8
            assert char.bottom < form.height - 7


def test_each_page_has_head_and_number(sheet: Sheet, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    pages = write_pdf(sheet, path)
    texts = reading.texts(path)
    assert len(texts) == pages == page_count(sheet)
    for number, text in enumerate(texts, 1):
        assert f"第 {number} 页　共 {pages} 页" in text
        for column in sheet.columns:
            assert reading.squeezed(column.label) in reading.squeezed(text)


def test_every_font_is_embedded(sheet: Sheet, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    write_pdf(replace(sheet, watermark="内部资料", demo=True), path)
    found = reading.fonts(path)
    assert found
    assert all(found.values())


def test_the_same_paper_gives_the_same_bytes(sheet: Sheet, tmp_path: Path) -> None:
    for name in "ab":
        write_pdf(replace(sheet, watermark="内部资料"), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_roster_of_one_page_has_its_total_and_who_signs(tmp_path: Path) -> None:
    sheet = roster(5)
    path = tmp_path / "roster.pdf"
    assert write_pdf(sheet, path) == 1
    (text,) = reading.texts(path)
    total = sum(int(str(one["cash"])) for one in people(5))
    assert show_money(total) in text
    assert rmb_words(total) in text
    assert "5人（离休5人）" in text
    assert "本页小计" not in text
    for role in ("单位负责人：", "审核人：", "经办人：", "制表人：周敏"):
        assert role in text
    assert "批次号 MC-2026-0003　打印 2026-01-12 15:20" in text
    assert "截至 2026-01-12　春节慰问·已审定" in text


def test_further_pages_of_a_roster_have_the_short_title(tmp_path: Path) -> None:
    path = tmp_path / "roster.pdf"
    write_pdf(roster(40), path)
    texts = reading.texts(path)
    assert all("走访慰问名册（续）" in text for text in texts[1:])
    assert all("本页小计" in text for text in texts)
    assert ["制表人" in text for text in texts] == [False] * (len(texts) - 1) + [True]


def test_every_page_of_a_voucher_has_the_full_title_and_its_sums(tmp_path: Path) -> None:
    sheet = voucher(40)
    path = tmp_path / "voucher.pdf"
    write_pdf(sheet, path)
    layout = lay_out(sheet)
    running = 0
    for page, text in zip(layout.pages, reading.texts(path), strict=True):
        rows = [line.row for line in page.lines if line.band is Band.ROW]
        here = sum(int(sheet.rows[row][5]) for row in rows)
        running += here
        assert sheet.title in text
        assert f"¥{show_money(here)}" in text
        assert f"大写：{rmb_words(here)}" in text
        assert f"¥{show_money(running)}" in text
        assert f"大写：{rmb_words(running)}" in text
        assert ("以下空白" in text) is page.last
        assert ("累计" in text) is not page.last
        assert ("合计" in text) is page.last
    assert running == sum(int(str(one["cash"])) for one in people(40))


@pytest.mark.parametrize("count", [*range(1, 5), *range(10, 30), 41])
def test_signatures_never_stand_alone(count: int) -> None:
    for sheet in (roster(count), voucher(count)):
        layout = lay_out(sheet)
        last = [line for line in layout.pages[-1].lines if line.band is Band.ROW]
        assert len(last) >= min(2, count)
        for page in layout.pages:
            bottom = (
                layout.table_top(page) + sum(layout.head_heights) + sum(line.height for line in page.lines)
            )
            assert bottom + (layout.closing.height if page.last else 0) <= layout.page.lowest + 0.01


def test_rows_in_which_people_sign_are_high_enough() -> None:
    money = lay_out(voucher(30))
    assert {line.height for page in money.pages for line in page.lines if line.band is Band.ROW} == {10.0}
    columns = tuple(replace(column, total=False) for column in voucher(1).columns if column.key != "cash")
    rows = tuple(tuple(one.get(column.key) for column in columns) for one in people(20))
    attendance = replace(voucher(1), columns=columns, rows=rows, totals=None, spare_rows=4)
    layout = lay_out(attendance)
    lines = [line for page in layout.pages for line in page.lines]
    assert all(line.height >= 9 for line in lines if line.band in (Band.ROW, Band.SPARE))
    assert not any(line.band is Band.BELOW_BLANK for line in lines)


def test_what_a_fixed_row_cannot_hold_is_a_note_below(tmp_path: Path) -> None:
    sheet = voucher(3)
    long = "县林业局原总工程师、高级工程师，享受政府特殊津贴，兼任县老科协会长和县关心下一代工作委员会顾问"
    rows = (tuple(long if at == 2 else cell for at, cell in enumerate(sheet.rows[0])), *sheet.rows[1:])
    path = tmp_path / "voucher.pdf"
    write_pdf(replace(sheet, rows=rows), path)
    (text,) = reading.texts(path)
    assert "见注1" in text
    assert f"注：第1号单位：{long}。" in reading.squeezed(text)


def test_a_note_on_a_row_has_its_number_there(tmp_path: Path) -> None:
    path = tmp_path / "voucher.pdf"
    why = "本人去世后发放，经局务会2026年1月10日批准，由配偶代领"
    write_pdf(replace(voucher(3), row_notes={1: why}), path)
    (text,) = reading.texts(path)
    assert "（注1）" in text
    assert why in reading.squeezed(text)


def test_nobody_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "roster.pdf"
    for sheet in (roster(0), voucher(0)):
        with pytest.raises(UserError, match="没有符合条件的人员，未生成"):
            write_pdf(sheet, path)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_statistic_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "t3.pdf"
    assert write_pdf(replace(statistic(), rows=(), row_styles={}, checks=()), path) == 1


def test_a_character_without_a_glyph_stops_the_print_or_leaves_a_box(tmp_path: Path) -> None:
    sheet = roster(2)
    rows = (tuple("张\ue123丽" if at == 1 else cell for at, cell in enumerate(sheet.rows[0])), sheet.rows[1])
    spoiled = replace(sheet, rows=rows)
    path = tmp_path / "roster.pdf"
    with pytest.raises(MissingGlyphsError, match=r"U\+E123") as refused:
        write_pdf(spoiled, path)
    assert refused.value.found == (("\ue123", "U+E123", "张\ue123丽"),)
    assert not path.exists()
    write_pdf(spoiled, path, by_hand=True)
    assert "张丽" in reading.squeezed(reading.texts(path)[0])


def test_a_statistic_shows_zeros_signs_and_relations(tmp_path: Path) -> None:
    path = tmp_path / "t3.pdf"
    write_pdf(statistic(), path)
    text = reading.texts(path)[0]
    assert "一、离休干部 2 31 0 0 6 6 25 √ 19.35" in text
    assert "机关 3 31 0 0 6 6 24 × —" in text
    assert "√ [6]＝[1]＋[2]－[4]　4,159＝4,117＋151－109" in text
    assert "× 第2行＝第3行　相差1" in text
    assert "变动说明：其他增加2人系以前年度差错。" in text
    assert text.count("本期增加") == 1
    assert Mark.TICK.value == "√"


def test_the_watermark_is_no_text(tmp_path: Path) -> None:
    plain, marked = tmp_path / "plain.pdf", tmp_path / "marked.pdf"
    write_pdf(roster(5), plain)
    write_pdf(roster(5), marked, watermark="绝密水印　周敏")
    assert reading.texts(plain) == reading.texts(marked)
    assert marked.stat().st_size > plain.stat().st_size


def test_an_invented_ledger_says_so_on_every_page(tmp_path: Path) -> None:
    path = tmp_path / "roster.pdf"
    write_pdf(replace(roster(40), demo=True), path)
    assert all("演示数据" in text for text in reading.texts(path))


def test_a_draft_has_no_batch_and_nobody_signs(tmp_path: Path) -> None:
    path = tmp_path / "roster.pdf"
    write_pdf(replace(roster(5), draft=True), path)
    (text,) = reading.texts(path)
    assert FOOT.batch not in text
    assert "审核人" not in text
    assert "打印 2026-01-12 15:20" in text


def test_a_filter_too_long_for_the_foot_is_a_note(tmp_path: Path) -> None:
    words = "管理单位为县委老干部局或县教育委员会、离退类别为离休或退休、年龄80岁以上、独居或空巢、未走访"
    path = tmp_path / "roster.pdf"
    write_pdf(replace(roster(5), foot=replace(FOOT, words=words), notes=()), path)
    text = reading.squeezed(reading.texts(path)[0])
    assert text.count(words) == 1
    assert f"注：范围：{words}" in text


def test_seven_narrow_columns_stand_upright_and_more_lie() -> None:
    few = replace(
        roster(3), columns=roster(1).columns[:5], rows=tuple(row[:5] for row in roster(3).rows), totals=None
    )
    assert lay_out(few).page is PageForm.PORTRAIT
    assert lay_out(roster(3)).page is PageForm.LANDSCAPE


def test_what_no_page_holds_goes_side_by_side(tmp_path: Path) -> None:
    sheet = roster(30)
    extra = tuple(SheetColumn(f"x{number}", f"栏目{number}", 30) for number in range(8))
    rows = tuple((*row, *(f"值{at}" for at in range(8))) for row in sheet.rows)
    wide = replace(sheet, columns=sheet.columns + extra, rows=rows)
    path = tmp_path / "wide.pdf"
    pages = write_pdf(wide, path)
    texts = reading.texts(path)
    assert "第 1-1 页" in texts[0]
    assert "第 1-2 页" in texts[1]
    assert f"共 {pages} 页" in texts[1]
    assert "名册（一）" in texts[0]
    assert "名册（二）" in texts[1]
    assert all(name in texts[1] for name in NAMES if "·" not in name)
    _columns_of(lay_out(wide), path)
    assert (
        lay_out(
            replace(wide, columns=sheet.columns + extra[:3], rows=tuple(row[:16] for row in rows), a3=True)
        ).page
        is PageForm.A3
    )


def test_groups_have_headings_and_an_index(tmp_path: Path) -> None:
    sheet = replace(
        roster(400),
        groups=tuple(Group(start, f"第{start // 50 + 1}单位") for start in range(0, 400, 50)),
        index=True,
        totals=Totals(by_page=False),
    )
    path = tmp_path / "list.pdf"
    write_pdf(sheet, path)
    texts = reading.texts(path)
    for number in range(1, 9):
        page = next(at for at, text in enumerate(texts[1:], 2) if f"第{number}单位　50人" in text)
        assert f"第{number}单位　50人 {page}" in texts[0].replace("\r\n", " ")


def test_papers_bound_together_count_their_pages_through(tmp_path: Path) -> None:
    path = tmp_path / "bound.pdf"
    assert write_pdf([statistic(), card(), replace(statistic(), title="离休干部基本情况")], path) == 3
    assert [f"第 {page} 页　共 3 页" in text for page, text in enumerate(reading.texts(path), 1)] == [
        True
    ] * 3


def test_great_amounts_take_room_from_the_text() -> None:
    sheet = roster(2)
    rows = tuple(
        tuple(123_456_789_012 if at == 9 else cell for at, cell in enumerate(row)) for row in sheet.rows
    )
    layout = lay_out(replace(sheet, rows=rows))
    (part,) = layout.parts
    cell = part.settings[0][9]
    assert cell.lines == ("1,234,567,890.12",)
    assert cell.size == part.columns[9].size
    assert sum(one.width for one in part.columns) == pytest.approx(267)


def test_a_kind_of_paper_says_what_it_is() -> None:
    assert [sheet.kind for sheet in PAPERS.values()] == [
        PaperKind.ROSTER,
        PaperKind.VOUCHER,
        PaperKind.STATISTICS,
    ]
