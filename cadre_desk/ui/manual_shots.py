"""The pictures of the manual and of the README: parts of the gallery's pages, small enough to keep."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from cadre_desk.ui.kit import theme

#: All of a picture.
_WHOLE: Final = QRect()
#: A page without rail, top bar and status line: what those say has nothing to do with the page.
_PAGE: Final = QRect(148, 48, 1218, 692)
_COLOURS: Final = 250
_INKS: Final = ("ink", "ink2", "accent", "line")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture kept with a text: its file, the gallery's picture it is taken from, and which part, in px."""

    file: str
    page: str
    part: QRect = _PAGE


#: The manual's, in 手册/图.
MANUAL: Final = (
    Picture("工作台.png", "01-today@100", QRect(156, 92, 692, 642)),
    Picture("老干部名单.png", "02-people-selected@100"),
    Picture("登记卡.png", "03-card@100"),
    Picture("修改.png", "04-edit@100", QRect(156, 152, 928, 414)),
    Picture("登记去世.png", "30-death-alone@100", QRect()),
    Picture("打印预览.png", "11-preview-receipt@100", _WHOLE),
    Picture("导入对表头.png", "08-import-columns@100", QRect(148, 48, 1218, 460)),
    Picture("导入看变化.png", "08-import-changes@100", QRect(148, 48, 1218, 690)),
    Picture("导入写入.png", "08-import-done@100", QRect(380, 88, 756, 300)),
    Picture("造册.png", "05-round-rules@100"),
    Picture("走访登记.png", "06-results@100"),
    Picture("看名单.png", "09-figures-names@100"),
    Picture("增减变动.png", "09-figures-t3@100", QRect(148, 143, 1218, 357)),
    Picture("离休基本情况.png", "09-figures-t1@100", QRect(148, 143, 1218, 585)),
)
#: The README's, whole pages.
README: Final = (
    Picture("01-today.png", "01-today@100", _WHOLE),
    Picture("02-people.png", "02-people-selected@100", _WHOLE),
    Picture("03-card.png", "03-card@100", _WHOLE),
    Picture("04-edit.png", "04-edit@100", _WHOLE),
    Picture("05-round.png", "05-round-rules@100", _WHOLE),
    Picture("08-import.png", "08-import-changes@100", _WHOLE),
    Picture("09-figures.png", "09-figures-names@100", _WHOLE),
    Picture("11-preview-receipt.png", "11-preview-receipt@100", _WHOLE),
)


def keep(pages: Path, pictures: tuple[Picture, ...], folder: Path) -> None:
    """Cut the pictures out of the gallery's pages and keep them in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in pictures:
        draw_small(pages / f"{one.page}.png", one.part, folder / one.file)


def draw_small(page: Path, part: QRect, file: Path) -> None:
    """A part of a page, framed, in its inks and most frequent colours, all others in the nearest of them."""
    whole = QImage(str(page)).convertToFormat(QImage.Format.Format_RGB32)
    cut = whole.copy(part if part.isValid() else whole.rect())
    counted = Counter(memoryview(cut.constBits()).cast("I"))
    inks = [theme.colour(name).rgb() for name in _INKS]
    painter = QPainter(cut)
    painter.setPen(theme.colour("line"))
    painter.drawRect(cut.rect().adjusted(0, 0, -1, -1))
    painter.end()
    table = list(dict.fromkeys([*inks, *(colour for colour, _ in counted.most_common(_COLOURS))]))
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    cut.convertToFormat(QImage.Format.Format_Indexed8, table, flags).save(str(file), quality=0)
