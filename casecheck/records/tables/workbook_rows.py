"""Tables in workbooks (.xlsx, .xlsm, .xls, .xlsb, .ods): each sheet as rows.

The library that reads them gives an error of a formula (#N/A) as a blank, which it is not; in `.xlsx` files the errors
are looked for beside it.
"""

import re
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

from casecheck.records.tables.cells import Cell
from casecheck.records.tables.rows import Broken, Row, Sheet

MOST_UNPACKED: Final = 4 * 1024**3
"""How large a workbook may be once unpacked, in bytes."""

ERROR: Final = "#N/A"
"""What stands for any error of a formula."""

PIECE: Final = 1024 * 1024

_BEGINNINGS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_SINCE_1904: Final = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*[\"'](?:1|true)[\"']")
_CELL: Final = re.compile(rb"<(?:\w+:)?c\s[^<>]*>")
_IS_ERROR: Final = re.compile(rb"\bt=[\"']e[\"']")
_REFERENCE: Final = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_LONGEST_TAG: Final = 1000
_OTHER_KIND: Final = (
    "is no .xlsx file, in which errors of formulas (#N/A) can be told from blanks; here they are read as blanks"
)


def may_be_workbook(head: bytes) -> bool:
    """Whether a file that begins so may be a workbook."""
    return head.startswith(_BEGINNINGS)


def sheets(path: Path) -> Iterator[Sheet]:
    """The sheets of a workbook. Raises Broken, with the reason, for what is none."""
    parts = _parts(path)
    book = _opened(path)
    since_1904 = parts is not None and _counts_from_1904(path)
    notes = () if parts is not None else (_OTHER_KIND,)
    for name in book.sheet_names:
        errors = _errors(path, parts[name]) if parts is not None and name in parts else frozenset()
        yield _sheet(book, name, errors)._replace(since_1904=since_1904, notes=notes)


def _opened(path: Path) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError:
        raise Broken("is a workbook that asks for a password; save it without one") from None
    except (CalamineError, OSError):
        raise Broken("is no workbook that can be read") from None


def _sheet(book: Any, name: str, errors: frozenset[tuple[int, int]]) -> Sheet:
    from python_calamine import CalamineError

    try:
        sheet = book.get_sheet_by_name(name)
    except (CalamineError, OSError):
        return Sheet(name, partial(_unreadable, name))
    left = sheet.start[1] if sheet.start is not None else 0
    wrong: dict[int, list[int]] = {}
    for row, column in errors:
        wrong.setdefault(row, []).append(column - left)

    def read() -> Iterator[Row]:
        for place, cells in enumerate(sheet.iter_rows(), 1):
            yield place, _with_errors(cells, wrong[place]) if place in wrong else cells

    merged = tuple((top, first - left, bottom, last - left) for (top, first), (bottom, last) in _merged(sheet))
    return Sheet(name, read, merged=merged)


def _merged(sheet: Any) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return list(sheet.merged_cell_ranges or ())


def _with_errors(cells: list[Cell], places: list[int]) -> list[Cell]:
    for place in places:
        if 0 <= place < len(cells):
            cells[place] = ERROR
    return cells


def _unreadable(name: str) -> Iterator[Row]:
    raise Broken(f"cannot be read: its sheet {name[:60]} is damaged")


# --- beside the library -----------------------------------------------------------------------------------------------


def _parts(path: Path) -> dict[str, str] | None:
    """The files within an .xlsx file that hold its sheets, by the sheets' names; None for another kind of workbook."""
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
                raise Broken(f"is larger than {MOST_UNPACKED // 1024**3} GiB once unpacked; it is not read")
            names = set(packed.namelist())
            if not {_WORKBOOK, _RELATIONS} <= names:
                return None
            targets = {each["Id"]: each["Target"] for each in _elements(packed.read(_RELATIONS), "Relationship")}
            found = {each["name"]: targets.get(each["id"], "") for each in _elements(packed.read(_WORKBOOK), "sheet")}
    except (zipfile.BadZipFile, OSError, NotImplementedError, KeyError, RuntimeError):
        return None
    whole = {name: target.lstrip("/") if target.startswith("/") else f"xl/{target}" for name, target in found.items()}
    return {name: part for name, part in whole.items() if part in names}


def _elements(data: bytes, name: str) -> list[dict[str, str]]:
    """The attributes of every element of that name, without namespaces."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return []
    return [
        {str(key).rpartition("}")[2]: str(value) for key, value in each.attrib.items()}
        for each in root.iter(f"{{*}}{name}")
    ]


def _counts_from_1904(path: Path) -> bool:
    """Whether the workbook counts its days from 1904, as older ones of the Macintosh do."""
    with zipfile.ZipFile(path) as packed:
        return bool(_SINCE_1904.search(packed.read(_WORKBOOK)))


def _errors(path: Path, part: str) -> frozenset[tuple[int, int]]:
    """The cells of a sheet that are errors, as row (from 1) and column (from 0)."""
    found: set[tuple[int, int]] = set()
    try:
        with zipfile.ZipFile(path) as packed, packed.open(part) as file:
            kept = b""
            while piece := file.read(PIECE):
                kept += piece
                for tag in _CELL.finditer(kept):
                    reference = _REFERENCE.search(tag[0]) if _IS_ERROR.search(tag[0]) else None
                    if reference:
                        found.add((int(reference[2]), _column(reference[1])))
                kept = kept[-_LONGEST_TAG:]
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return frozenset()
    return frozenset(found)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
