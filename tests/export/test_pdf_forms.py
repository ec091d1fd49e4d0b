from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from cadre_desk.domain.fields import Align
from cadre_desk.export.form import Block, Form, Label, Photo, Value, row
from cadre_desk.export.form_layout import lay_out_form
from cadre_desk.export.measures import FormType
from cadre_desk.export.pdf import write_pdf
from tests.export import reading
from tests.export.county import card


def test_every_label_and_value_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "card.pdf"
    form = card()
    assert write_pdf(form, path) == 1
    for text in (reading.texts(path)[0], reading.texts_by_pypdf(path)[0]):
        read = reading.squeezed(text)
        shown = [reading.squeezed(one) for one in form.texts() if one != form.running]
        assert [one for one in shown if one not in read] == []


def test_choices_are_boxes_of_which_some_are_ticked(tmp_path: Path) -> None:
    path = tmp_path / "card.pdf"
    write_pdf(card(), path)
    text = reading.squeezed(reading.texts(path)[0])
    assert "√重病失能√灾害" in text


def test_each_cell_holds_its_own(tmp_path: Path) -> None:
    path = tmp_path / "card.pdf"
    form = card()
    write_pdf(form, path)
    found = reading.chars(path)
    layout = lay_out_form(form)
    (segments,) = layout.pages
    y = layout.heading.table
    left = form.page.left
    for segment in segments:
        for cell in segment.cells:
            top = y + sum(segment.heights[: cell.first_row])
            bottom = y + sum(segment.heights[: cell.end_row])
            if isinstance(cell.cell, Label | Value):
                read = reading.within(found, left + cell.x, left + cell.x + cell.width, top, bottom)
                assert read == reading.squeezed(cell.cell.text)
        y += segment.height
    assert y < form.page.lowest


def test_a_long_family_goes_on_over_the_page(tmp_path: Path) -> None:
    path = tmp_path / "card.pdf"
    form = card(members=40)
    pages = write_pdf(form, path)
    texts = reading.texts(path)
    assert pages == len(texts) == 2
    assert "离退休干部登记卡（续）·冉光耀·500101-0118" in texts[1]
    assert reading.squeezed("".join(texts)).count("县交通运输委员会科员") == 40
    assert ["填表人" in text for text in texts] == [False, True]
    for layout_page in lay_out_form(form).pages:
        assert sum(segment.height for segment in layout_page) < form.page.lowest


def _one(value: Value, width: float = 40, height: float = FormType.ROW) -> Form:
    return Form(title="表", blocks=(Block("", (width,), (row(value, height=height),)),))


def test_a_value_shrinks_then_wraps_then_grows_its_row() -> None:
    def setting(text: str) -> tuple[float, int, bool]:
        ((segment,),) = lay_out_form(_one(Value(text))).pages
        (cell,) = segment.cells
        return cell.setting.size, len(cell.setting.lines), cell.setting.grown

    assert setting("县人民武装部") == (11, 1, False)
    assert setting("县人民武装部副政委") == (11, 1, False)
    assert setting("县人民武装部副政治委员") == (9.5, 1, False)
    assert setting("县人民武装部原副政治委员") == (10.5, 2, False)
    assert setting("县人民武装部原副政治委员兼纪委书记")[1:] == (2, False)
    assert setting("县人民武装部原副政治委员" * 5)[2]
    ((segment,),) = lay_out_form(_one(Value("县人民武装部原副政治委员" * 5))).pages
    assert segment.heights[0] > FormType.ROW


def test_who_signs_in_a_box_stands_at_its_foot(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    box = Value("情况属实，同意上报。", align=Align.LEFT, foot="签字：　　　　年　月　日")
    write_pdf(_one(box, width=120, height=40), path)
    found = reading.chars(path)
    opinion = next(char for char in found if char.char == "情")
    signed = next(char for char in found if char.char == "签")
    assert signed.top > opinion.bottom + 10
    assert signed.left > opinion.left + 50


@pytest.mark.parametrize("size", [(300, 400), (400, 300)])
def test_a_picture_is_centred_in_its_frame_and_never_stretched(size: tuple[int, int], tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", size, "grey").save(picture, "JPEG")
    form = card()
    first = form.blocks[0]
    cells = (*first.rows[0].cells[:-1], Photo(picture.getvalue(), down=2))
    block = replace(first, rows=(row(*cells), *first.rows[1:]))
    path = tmp_path / "card.pdf"
    write_pdf(replace(form, blocks=(block, *form.blocks[1:])), path)
    assert "小二寸" not in reading.texts(path)[0]
    ((width, height),) = reading.pictures(path)
    assert width / height == pytest.approx(size[0] / size[1], rel=0.01)
    assert width <= 33.01
    assert height <= 2 * FormType.ROW + 0.01


def test_a_row_wider_than_its_block_is_a_fault_of_the_program() -> None:
    form = Form(title="表", blocks=(Block("组", (10, 10), (row(Value("甲", span=3)),)),))
    with pytest.raises(ValueError, match="wider than its columns"):
        lay_out_form(form)


def test_the_same_card_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in "ab":
        write_pdf(card(), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
