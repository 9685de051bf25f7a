"""Tables in text: CSV with commas, semicolons, tabs or bars, in UTF-8, UTF-16 or Windows-1252, gzipped or not."""

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final, cast

from casecheck.records.streams import HEAD, Broken, is_gzip, unpacked_head
from casecheck.records.tables import rows
from casecheck.records.tables.rows import Row, Sheet

DELIMITERS: Final = (",", ";", "\t", "|")
PIECE: Final = 1024 * 1024

LONGEST_LINE: Final = 4 * 1024 * 1024
"""How many characters a line may have; those of real tables have a few hundred."""

_WINDOWS: Final = "is not UTF-8 text; it is read as Windows-1252, so look at its accented letters"


def sheets(path: Path, head: bytes) -> Iterator[Sheet]:
    """The table that a file of text may be, once for each sign that may part its cells, the likeliest first."""
    gzipped = is_gzip(head)
    encoding = encoding_of(unpacked_head(head) if gzipped else head)
    notes: tuple[str, ...] = ()
    if encoding == "utf-8-sig" and not _is_utf8(path, gzipped):
        encoding, notes = "cp1252", (_WINDOWS,)
    for delimiter in _likeliest(head_text(head)):
        yield Sheet("", _reader(path, gzipped, encoding, delimiter), notes=notes)


def head_sheets(head: bytes) -> Iterator[Sheet]:
    """The beginning of the table that a file of text may be, once for each sign that may part its cells."""
    text = head_text(head)
    whole = text if len(head) < HEAD else text[: text.rfind("\n") + 1]

    def reader(delimiter: str) -> Callable[[], Iterator[Row]]:
        def read() -> Iterator[Row]:
            try:
                yield from enumerate(csv.reader(io.StringIO(whole, newline=""), delimiter=delimiter), 1)
            except csv.Error:
                raise rows.Broken("is no table in text") from None

        return read

    for delimiter in _likeliest(whole):
        yield Sheet("", reader(delimiter))


def head_text(head: bytes) -> str:
    """The first characters of a file, as far as they can be read. Raises `streams.Broken` for what is no gzip."""
    data = unpacked_head(head) if is_gzip(head) else head
    return data.decode(encoding_of(data), "replace")


def encoding_of(head: bytes) -> str:
    """The encoding that the first bytes of a file tell; UTF-8 where they tell of none."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head[1:2] == b"\0" and head[:1] != b"\0":
        return "utf-16-le"
    if head[:1] == b"\0" and head[1:2] != b"\0":
        return "utf-16-be"
    return "utf-8-sig"


def _opened(path: Path, gzipped: bool) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path, "rb")) if gzipped else open(path, "rb")


def _is_utf8(path: Path, gzipped: bool) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    try:
        with _opened(path, gzipped) as file:
            while piece := file.read(PIECE):
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    except (OSError, EOFError, zlib.error):
        return True
    return True


def _likeliest(text: str) -> list[str]:
    """The signs that may part cells, those that stand in the first lines most often first."""
    lines = text[:HEAD].splitlines()[:20]
    counts = {sign: max((line.count(sign) for line in lines), default=0) for sign in DELIMITERS}
    return sorted((sign for sign in DELIMITERS if counts[sign]), key=lambda sign: -counts[sign]) or [","]


def _reader(path: Path, gzipped: bool, encoding: str, delimiter: str) -> Callable[[], Iterator[Row]]:
    def read() -> Iterator[Row]:
        place = 0
        try:
            with _opened(path, gzipped) as raw, _as_text(raw, encoding) as text:
                for place, cells in enumerate(csv.reader(_lines(text), delimiter=delimiter), 1):
                    yield place, cells
        except csv.Error as problem:
            raise rows.Broken(f"cannot be read after row {place:,}: {_why(problem)}") from None
        except UnicodeError:
            raise rows.Broken(f"cannot be read after row {place:,}: it is no text in {encoding}") from None
        except (OSError, EOFError, zlib.error):
            raise rows.Broken(f"cannot be read after row {place:,}: it is cut off or damaged") from None

    return read


def _as_text(raw: IO[bytes], encoding: str) -> io.TextIOWrapper:
    """The text of a file; where it is Windows-1252 for want of another, what that does not have is replaced."""
    return io.TextIOWrapper(raw, encoding, "replace" if encoding == "cp1252" else "strict", newline="")


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise csv.Error("field larger")
        yield line


def _why(problem: csv.Error) -> str:
    if "field larger" in str(problem):
        return "a cell or a row is longer than any real one; a quotation mark may be left open"
    return "it is no table in text"


__all__ = ["Broken", "encoding_of", "head_text", "sheets"]
