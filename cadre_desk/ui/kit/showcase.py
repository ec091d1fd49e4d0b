"""Draw every part of the kit: ``python -m cadre_desk.ui.kit.showcase OUT.png [--scale 1.5]``.

Writes OUT.png (the list page of picture 02 with its frame), OUT-parts.png, OUT-card.png (with the drawer),
OUT-form.png (with the code list open) and OUT-empty.png (with error bar and result bar).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from cadre_desk.ui.kit import motion, showcase_parts, showcase_people, theme
from cadre_desk.ui.kit.inputs import CodeInput
from cadre_desk.ui.kit.narrow import form_columns, narrow
from cadre_desk.ui.kit.parts import Button, Drawer, FieldView


def _screen() -> QWidget:
    """The smallest screen the desk is made for."""
    screen = QWidget()
    screen.resize(1366, 768)
    return screen


def people() -> QWidget:
    """The list page."""
    return showcase_people.people()


def parts() -> QWidget:
    """Bars, tiles, chips, buttons, fields."""
    return showcase_people.frame(showcase_parts.parts_page(narrow(_screen())), "visits")


def form() -> QWidget:
    """Inputs in all their states, the code list open."""
    window = showcase_people.frame(showcase_parts.form_page(form_columns(_screen())))
    window.show()
    rank = window.findChild(CodeInput)
    if rank is not None:
        QApplication.processEvents()
        rank.line.setFocus()
        rank.line.setText("dyy")
        rank.popup().offer(showcase_parts.matching("dyy"), "dyy")
    return window


def card() -> QWidget:
    """Fields as they are read, with a drawer over them."""
    page = showcase_parts.card_page(form_columns(_screen(), 2))
    window = showcase_people.frame(page)
    window.show()
    drawer = Drawer(page)
    drawer.set_title("发放困难补助", "名单")
    drawer.body.setContentsMargins(*(theme.px(side) for side in (16, 10, 16, 10)))
    drawer.body.setSpacing(0)
    for label, value in (("人数", "183 人"), ("笔数", "191 笔"), ("金额", "¥ 412,600.00")):
        drawer.body.addWidget(FieldView(label, value))
    drawer.body.addStretch(1)
    drawer.foot.addWidget(Button("打印名单", icon="print"))
    drawer.foot.addWidget(Button("导出 Excel", icon="export"))
    drawer.foot.addStretch(1)
    drawer.unfold()
    return window


def empty() -> QWidget:
    """An empty page between an error and a result."""
    return showcase_people.frame(showcase_parts.empty_page(), "volunteers")


PAGES: Final = MappingProxyType[str, Callable[[], QWidget]](
    {"": people, "-parts": parts, "-card": card, "-form": form, "-empty": empty}
)


def draw(out: Path) -> list[Path]:
    """Draw all pages beside ``out``; returns the files written."""
    written = []
    for suffix, page in PAGES.items():
        window = page()
        if not window.isVisible():
            window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            window.show()
            window.setFocus()
        for _round in range(3):
            QApplication.processEvents()
        file = out.with_name(f"{out.stem}{suffix}{out.suffix}")
        window.grab().save(str(file))
        written.append(file)
        window.close()
        window.deleteLater()
    return written


def main(arguments: list[str]) -> int:
    """Draw and leave; 0."""
    parser = argparse.ArgumentParser(prog="showcase", description="draw the parts of the kit")
    parser.add_argument("out", type=Path)
    parser.add_argument("--scale", type=float, default=1.0)
    chosen = parser.parse_args(arguments)
    app = QApplication.instance() or QApplication([])
    if isinstance(app, QApplication):
        theme.apply_theme(app, chosen.scale)
    motion.be_still(still=True)
    draw(chosen.out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
