"""Printing a PDF through the system's print dialog; printer, pages and copies are remembered per paper."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSettings
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from cadre_desk.db.places import data_folder
from cadre_desk.ui.pdf_pages import POINTS, PdfPages

#: Finer than this a laser printer's toner does not go, and the pictures would grow.
FINEST_DPI = 300


def memory() -> QSettings:
    """What this computer remembers of its printing."""
    return QSettings(str(data_folder() / "printing.ini"), QSettings.Format.IniFormat)


def printer_names() -> list[str]:
    """The printers of this computer."""
    return [info.printerName() for info in QPrinterInfo.availablePrinters()]


def printer_for(paper: str) -> QPrinter:
    """A printer set up as it was last used for a paper."""
    kept = memory()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    name = str(kept.value(f"{paper}/printer", ""))
    if name and name in printer_names():
        printer.setPrinterName(name)
    printer.setCopyCount(int(str(kept.value(f"{paper}/copies", "1"))))
    printer.setFullPage(True)
    return printer


def remember(paper: str, printer: QPrinter) -> None:
    """Keep how a paper was printed."""
    kept = memory()
    kept.setValue(f"{paper}/printer", printer.printerName())
    kept.setValue(f"{paper}/copies", printer.copyCount())
    kept.sync()


def print_pages(path: Path, printer: QPrinter) -> int:
    """Draw a PDF's pages on a printer, each in its own size and turn; answers how many.

    The printer's page range is kept; nothing of the page is scaled unless the printer has no such paper.
    """
    pages = PdfPages(path)
    try:
        wanted = _wanted(printer, len(pages))
        painter = QPainter()
        for count, page in enumerate(wanted):
            _set_page(printer, pages, page)
            if count:
                printer.newPage()
            else:
                painter.begin(printer)
            dpi = min(printer.resolution(), FINEST_DPI)
            area = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
            painter.drawImage(area, pages.picture(page, dpi / POINTS))
        painter.end()
    finally:
        pages.close()
    return len(wanted)


def _wanted(printer: QPrinter, count: int) -> range:
    first, last = printer.fromPage(), printer.toPage()
    return range(max(first - 1, 0), min(last, count)) if first else range(count)


def _set_page(printer: QPrinter, pages: PdfPages, page: int) -> None:
    size = pages.size(page)
    upright = size if size.height() >= size.width() else size.transposed()
    printer.setPageSize(QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
    landscape = size.width() > size.height()
    turn = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(turn)
