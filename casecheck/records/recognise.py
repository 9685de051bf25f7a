"""What a file holds, told by its first bytes; and which files of a folder are meant to hold case records."""

import codecs
import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, NamedTuple

from casecheck.records.streams import Broken, is_gzip, unpacked_head

if TYPE_CHECKING:
    from casecheck.records.tables.model import Mapping

ACCEPTED: Final = (
    "casecheck reads case records in JSON (one record, an array, a payload with Children, or one record a line), "
    "gzipped or not, Children in Need census returns in XML, and tables (CSV files, workbooks) of the formats that it "
    "knows or that a mapping tells of"
)

_RECORDS: Final = frozenset((".json", ".jsonl", ".ndjson", ".xml"))
_LINES: Final = frozenset((".jsonl", ".ndjson"))
_OTHERS: Final = frozenset((".md", ".rst", ".yaml", ".yml", ".toml", ".ini", ".cfg", ".csv", ".tsv", ".log", ".xsd"))

_KINDS: Final = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip file (Excel and Word files are such)"),
    (b"\xd0\xcf\x11\xe0", "an Office file of the older kind (.xls, .doc)"),
    (b"\x1f\x8b", "gzipped twice"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"7z\xbc\xaf", "a 7-zip file"),
    (b"SQLite format 3", "a database"),
)
_WIDE_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_BEGINNINGS: Final = (b'{"', b"{}", b"[{", b"[]")


class Recognised(NamedTuple):
    """What a file is.

    `format` is `json`, `jsonl` or `census`, with `.gz` where it is gzipped, the id of a shipped mapping or `mapping`
    where it holds tables, else `unknown`; `problem` is why it cannot be read (None if it can), `reference_date` that of
    a census return, `mapping` that by which tables are read.
    """

    format: str
    problem: str | None = None
    reference_date: str | None = None
    mapping: "Mapping | None" = None


def recognise(head: bytes, name: str) -> Recognised:
    """Recognise a file by its first bytes; its name breaks a tie only."""
    if not is_gzip(head):
        return _recognise(head, name)
    try:
        found = _recognise(unpacked_head(head), name)
    except Broken as problem:
        return Recognised("unknown", str(problem))
    return found._replace(format=f"{found.format}.gz" if found.problem is None else found.format)


def _recognise(head: bytes, name: str) -> Recognised:
    text = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if not text:
        return Recognised("unknown", "holds no case record: it is empty")
    if text.startswith(b"<") or (head.startswith(_WIDE_MARKS) and "<" in head[:8].decode("latin-1")):
        return _xml(text, head)
    wide = head.startswith(_WIDE_MARKS) or b"\0" in head[:4]
    if wide and head[:8].strip(b"\0\xff\xfe \r\n\t")[:1] in (b"{", b"["):
        return Recognised("unknown", "is JSON in UTF-16 or UTF-32; save it as UTF-8")
    if text[:1] in (b"{", b"["):
        return Recognised("jsonl" if text.startswith(b"{") and _is_lines(text, name) else "json")
    if _suffix(name) in _LINES and b"\0" not in head:
        return Recognised("jsonl")
    return Recognised("unknown", f"is {_kind(head)}; {ACCEPTED}")


def _xml(text: bytes, head: bytes) -> Recognised:
    if text[:14].lower() == b"<!doctype html" or text[:5].lower() == b"<html":
        return Recognised("unknown", f"is a web page; {ACCEPTED}")
    from casecheck.records.census import read_header

    header = read_header(head)
    if header.problem is not None:
        is_another = header.problem.startswith("is ")
        return Recognised("unknown", f"{header.problem}; {ACCEPTED}" if is_another else header.problem)
    return Recognised("census", None, header.reference_date)


def _is_lines(text: bytes, name: str) -> bool:
    """Whether text that begins with `{` is one record a line.

    It is if its first line is a whole object or its second begins as the first does; where no second line is in sight
    the name decides.
    """
    first, _, rest = text.partition(b"\n")
    rest = rest.lstrip()
    if not rest:
        return _suffix(name) in _LINES and b'"Children"' not in first
    if rest.startswith(b"{") and first.strip() != b"{":
        return True
    try:
        return "Children" not in json.loads(first)
    except (ValueError, RecursionError):
        return False


def _kind(head: bytes) -> str:
    for begins, kind in _KINDS:
        if head.startswith(begins):
            return kind
    if head.startswith(_WIDE_MARKS):
        return "text in UTF-16 or UTF-32 that is neither JSON nor XML"
    return "a binary file" if b"\0" in head else "text that is neither JSON nor XML"


def belongs(head: bytes, name: str, found: Recognised) -> bool:
    """Whether a file that stands in a folder of case records is one of them, readable or not."""
    if found.mapping is not None:
        return True
    suffix = _suffix(name)
    if suffix in _RECORDS:
        return True
    if suffix in _OTHERS or found.problem is not None:
        return False
    if not found.format.startswith("json"):
        return True
    text = unpacked_head(head) if is_gzip(head) else head
    return b"".join(text.removeprefix(codecs.BOM_UTF8)[:4096].split()).startswith(_BEGINNINGS)


def _suffix(name: str) -> str:
    return PurePath(name.lower().removesuffix(".gz")).suffix
