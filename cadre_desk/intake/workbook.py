"""Reading a workbook of any kind by its content, within bounds of room and time; refusing what can't be read.

The name of a file says little: systems write HTML or XML and call it .xls, an xls is renamed .xlsx. So the
first bytes decide. Every refusal is one sentence that says why and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from cadre_desk.domain.errors import UserError, why_not
from cadre_desk.intake import (
    biff,
    delimited,
    html_tables,
    opendocument,
    openxml,
    spreadsheet_xml,
    web_archive,
    xlsb,
)
from cadre_desk.intake.grid import Bounds, BrokenWorkbook, Workbook
from cadre_desk.intake.ole import SIGNATURE, Compound
from cadre_desk.intake.package import ENCRYPTED, ENTITIES, NOT_WHOLE, Package

#: A larger file holds pictures or was made to harm.
_MOST_BYTES: Final = 80 << 20
#: Text files are read whole, as characters.
_MOST_TEXT: Final = 48 << 20

_ZIP: Final = b"PK"
_LOCK_NAME: Final = re.compile(r"(?:~\$|\.~)")
_LOCK_SIZES: Final = frozenset({162, 165})
_LOCK_NAME_ROOM: Final = 54
_LOCK: Final = "这是 Excel 或 WPS 打开文件时留下的临时文件，不是名册；请选同名但不带「~」的那个文件。"
#: What begins like this is no table, whatever it is called.
_OTHER_KINDS: Final = {
    b"%PDF": "这是 PDF，不是表格；请找原来的 Excel 文件，或照着录入空白模板再导入。",
    b"\x89PNG": "这是图片，不是表格；请照着录入空白模板再导入。",
    b"\xff\xd8\xff": "这是照片，不是表格；请照着录入空白模板再导入。",
    b"Rar!": "这是压缩包；请先解压，再选里面的表格导入。",
    b"7z\xbc\xaf": "这是压缩包；请先解压，再选里面的表格导入。",
    b"{\\rtf": "这是文字文档，不是表格；请把里面的表复制到 Excel 另存后再导入。",
}
_WORD: Final = "这是 Word 文档，不是表格；请把里面的表复制到 Excel 另存后再导入。"
_MARKUP: Final = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*|<\?[^>]*\?>\s*)*<(!?[\w:]+)", re.DOTALL
)
_ENCODING: Final = re.compile(rb"(?:encoding|charset)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_WORKBOOK_TAG: Final = re.compile(r"<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet")
_DOCTYPE_ENTITY: Final = re.compile(r"<!ENTITY", re.IGNORECASE)


def read_workbook(path: Path) -> Workbook:
    """The sheets of a file, whatever kind it is.

    Raises:
        BrokenWorkbook: it can't be read: encrypted, cut off, empty, a lock file, or made to harm.
        UserError: there is no such file, or it may not be opened.
    """
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= _MOST_BYTES else b""
    except OSError as error:
        raise UserError(
            f"打不开「{path.name}」：{why_not(error)}。请确认文件还在、没有被别的程序独占。"
        ) from error
    if size > _MOST_BYTES:
        raise BrokenWorkbook(
            f"文件有 {size >> 20} 兆，大于能读取的 {_MOST_BYTES >> 20} 兆；请去掉图片、拆成几份再导入。"
        )
    return read_content(path.name, content)


def read_content(file: str, content: bytes) -> Workbook:
    """The sheets of a file given as bytes; ``file`` is its name.

    Raises:
        BrokenWorkbook: it can't be read.
    """
    workbook = _read_content(file, content)
    Bounds().expect_rows(sum(any(cells) for sheet in workbook.sheets for cells in sheet.rows))
    return workbook


def _read_content(file: str, content: bytes) -> Workbook:
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise BrokenWorkbook("文件是空的（没有任何内容）；请确认拷贝完整后再导入。")
    if content.startswith(_ZIP):
        return _read_package(file, content)
    if content.startswith(SIGNATURE):
        return _read_compound(file, content)
    if _LOCK_NAME.match(file) or _is_lock(content):
        raise BrokenWorkbook(_LOCK)
    for beginning, sentence in _OTHER_KINDS.items():
        if content.startswith(beginning):
            raise BrokenWorkbook(sentence)
    return _read_text(file, content)


def _is_lock(content: bytes) -> bool:
    """Whether it is the owner file of an open document: the length of the user's name, the name, blanks."""
    length = content[0]
    return (
        len(content) in _LOCK_SIZES
        and length < _LOCK_NAME_ROOM
        and not content[1 + length : 54].strip(b" \0")
    )


def _read_package(file: str, content: bytes) -> Workbook:
    package = Package(content)
    names = package.names
    if "xl/workbook.bin" in names:
        return xlsb.read(file, content, package)
    if any(name.startswith("xl/") for name in names):
        return openxml.read(file, content, package)
    if "content.xml" in names and package.part("mimetype", 200).startswith(opendocument.MIMETYPE):
        return opendocument.read(file, package)
    if any(name.startswith("word/") for name in names):
        raise BrokenWorkbook(_WORD)
    raise BrokenWorkbook("这是压缩包或别的文件，里面没有表格；请先解压，再选里面的表格导入。")


def _read_compound(file: str, content: bytes) -> Workbook:
    compound = Compound(content)
    names: Mapping[str, object] = compound.names
    if "EncryptedPackage" in names:
        raise BrokenWorkbook(ENCRYPTED)
    if "Workbook" in names or "Book" in names:
        return biff.read(file, compound, content)
    raise BrokenWorkbook(_WORD if "WordDocument" in names else NOT_WHOLE)


def _read_text(file: str, content: bytes) -> Workbook:
    if len(content) > _MOST_TEXT:
        raise BrokenWorkbook(f"文件大于能读取的 {_MOST_TEXT >> 20} 兆；请拆成几份再导入。")
    if web_archive.is_archive(content):
        return web_archive.read(file, content)
    text = _text(content)
    tag = _MARKUP.match(text[: 1 << 16])
    if tag is None:
        return delimited.read(file, text)
    if _DOCTYPE_ENTITY.search(text[: 1 << 16]):
        raise BrokenWorkbook(ENTITIES)
    if _WORKBOOK_TAG.search(text[: 1 << 16]):
        return spreadsheet_xml.read(file, text)
    if re.search(r"<table\b", text, re.IGNORECASE):
        return html_tables.read(file, text)
    raise BrokenWorkbook("这是网页或别的标记文件，里面没有表格；请用 Excel 打开原表，另存为 .xlsx 再导入。")


def _text(content: bytes) -> str:
    """The characters of a text file; a web page's own word for its encoding is heard first."""
    said = _ENCODING.search(content, 0, 2048)
    if said is not None and content.lstrip()[:1] == b"<":
        name = said[1].decode("ascii", "replace").lower()
        if name in {"gb2312", "gbk", "gb18030", "gb_2312-80"}:
            try:
                return content.decode("gb18030")
            except UnicodeDecodeError:
                pass
    return delimited.decode(content)
