"""The theme: Fusion under the desk's own palette, style sheet, faces and Chinese words, at one text size.

`apply_theme` is called once, before the first window. Another text size is taken by calling it again and
building the window anew: sizes are asked for when a widget is made (decision 0033).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from cadre_desk.domain.resources import resource
from cadre_desk.ui.kit.tokens import COLOURS, FAMILIES, TYPE, Scale

_BOLD: Final = "fonts/NotoSansSC_700Bold-subset.ttf"
FACE_FILES: Final = (
    "fonts/NotoSansSC_400Regular.ttf",
    "fonts/NotoSerifSC_400Regular.ttf",
    "fonts/HanaMinB.ttf",
)
"""The files behind FAMILIES, one a family, in the same order."""

_FACTOR: Final = "cadre_desk_text_factor"

_PALETTE: Final = (
    (QPalette.ColorRole.Window, "desk"),
    (QPalette.ColorRole.WindowText, "ink"),
    (QPalette.ColorRole.Base, "paper"),
    (QPalette.ColorRole.AlternateBase, "band"),
    (QPalette.ColorRole.Text, "ink"),
    (QPalette.ColorRole.Button, "paper"),
    (QPalette.ColorRole.ButtonText, "ink"),
    (QPalette.ColorRole.BrightText, "paper"),
    (QPalette.ColorRole.PlaceholderText, "ink3"),
    (QPalette.ColorRole.Highlight, "accent"),
    (QPalette.ColorRole.HighlightedText, "paper"),
    (QPalette.ColorRole.Link, "info"),
    (QPalette.ColorRole.ToolTipBase, "paper"),
    (QPalette.ColorRole.ToolTipText, "ink"),
    (QPalette.ColorRole.Mid, "line2"),
    (QPalette.ColorRole.Midlight, "line"),
    (QPalette.ColorRole.Accent, "accent"),
)
_FADED: Final = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def application() -> QApplication:
    """The running application; TypeError before there is one."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("the kit wants a QApplication, made before its first widget")
    return app


def scale() -> Scale:
    """The scale in force: 1.0 until `apply_theme` says otherwise."""
    app = QApplication.instance()
    factor = app.property(_FACTOR) if app is not None else None
    return Scale(factor) if isinstance(factor, float) else Scale()


def px(pixels: float) -> int:
    """Pixels at 100 % as pixels at the scale in force."""
    return scale().px(pixels)


def space(token: str) -> int:
    """A size of `tokens.SPACE` as pixels at the scale in force."""
    return scale().space(token)


@lru_cache(maxsize=64)
def colour(token: str) -> QColor:
    """The colour of a token; KeyError for a name the look does not know. Not to be changed by who gets it."""
    return QColor(COLOURS[token])


@lru_cache(maxsize=128)
def _face(points: float, bold: bool) -> QFont:  # noqa: FBT001 - a key of the cache
    """One face of the chain."""
    face = QFont()
    face.setFamilies(list(FAMILIES))
    face.setPointSizeF(points)
    face.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return face


def font(step: str = "body", *, bold: bool | None = None) -> QFont:
    """The face of a step of the type scale at the text size in force; ``bold`` overrules its weight."""
    return QFont(_face(scale().points(step), TYPE[step].bold if bold is None else bold))


def style_sheet(sizes: Scale) -> str:
    """The template resources/style.qss with tokens, scaled sizes and icon files put in."""
    template = resource("style.qss").read_text("utf-8")
    sheet = re.sub(r"@(\d+)px", lambda found: f"{sizes.px(int(found[1]))}px", template)
    sheet = re.sub(r"@mark\(([\w-]+)\)", lambda found: _url(f"icons/mark-{found[1]}.svg"), sheet)
    sheet = re.sub(r"@(\w+)", lambda found: COLOURS[found[1]], sheet)
    tones = "\n".join(
        f'QFrame[ground="{token}"] {{ background: {value}; }}\n'
        f'QFrame[edge="{token}"] {{ border: 1px solid {value}; }}'
        for token, value in COLOURS.items()
    )
    return f"{sheet}\n{tones}\n"


def _url(name: str) -> str:
    """A resource as a style sheet names it, on Windows too."""
    return f'url("{resource(name).as_posix()}")'


def _palette() -> QPalette:
    """The palette; the placeholder's colour can be set only here."""
    palette = QPalette()
    for role, token in _PALETTE:
        palette.setColor(role, colour(token))
    for role in _FADED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, colour("ink3"))
    return palette


def _speak_chinese(app: QApplication) -> None:
    """Qt's own words (确定, 取消, 剪切) and dates in Chinese."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def apply_theme(app: QApplication, factor: float = 1.0) -> None:
    """Dress the application: style, palette, faces, sheet and words, at ``factor`` times normal text.

    Style and palette are given once: Qt does not survive another style under widgets that are just being
    taken apart. The same factor again changes nothing.
    """
    before = app.property(_FACTOR)
    if before is None:
        # All at once, which takes 3 ms: a face that comes later makes Qt forget all it has measured with
        # others. Qt reads a rare outline from the file only when a text needs it.
        for name in (_BOLD, *FACE_FILES):
            QFontDatabase.addApplicationFont(str(resource(name)))
        _speak_chinese(app)
        # A style in Python is asked by every widget while it is still being made, which shiboken 6.9 does
        # not survive for long; what Fusion should do otherwise stands in the sheet.
        app.setStyle("Fusion")
        app.setPalette(_palette())
    if before == float(factor):
        return
    app.setProperty(_FACTOR, float(factor))
    app.setFont(font("body"))
    app.setStyleSheet(style_sheet(Scale(float(factor))))
