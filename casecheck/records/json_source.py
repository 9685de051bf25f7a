"""Case records in JSON: one record, an array of records, a DfE payload with `Children`, or one record a line.

Records are cut out of the stream one at a time and go on as bytes, unread: what is wrong inside one is found when it is
parsed, and costs that record alone. Only what breaks the file around the records ends it: the good ones before stay.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import Final, NamedTuple

from casecheck.records.case import Note
from casecheck.records.streams import HEAD, LONGEST, TOO_LONG, Broken, Content

PIECE: Final = 4 * HEAD
"""How many bytes are read at a time; more where a record is longer than that."""

_MOST_SKIPPED: Final = 16 * LONGEST
_MOST_BLANK_LINES: Final = 1_000_000

_CHILDREN: Final = '"Children"'
_BLANK: Final = re.compile(r"[ \t\r\n]*")
_SCALAR: Final = re.compile(r"[^\s,:\[\]{}]*")
_TOKEN: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["\[\]{}]', re.DOTALL)
"""A whole string, a bracket, or the quotation mark of a string whose end is not in sight."""

_decode: Final = json.JSONDecoder().raw_decode


class SourceRecord(NamedTuple):
    """One record of a source: `number` is 1 for the first, `data` one case record as UTF-8 JSON, not yet parsed.

    `notes` are what the reader of the format has to say of it. `line` is the one on which it begins, from 1; None where
    it does not stand on lines.
    """

    number: int
    data: bytes
    notes: tuple[Note, ...] = ()
    line: int | None = None


class Unreadable(NamedTuple):
    """A record, or the rest of a source, that cannot be read, and why."""

    number: int
    pointer: str
    message: str


Found = SourceRecord | Unreadable

_Piece = tuple[int, bytes] | str
"""What was cut out: a record and the line on which it begins; or why it cannot be read."""


def read_json(content: Content) -> Iterator[Found]:
    """The records of a file that is one JSON document: a record, an array or a payload."""
    return _numbered(_documents(content))


def read_lines(content: Content) -> Iterator[Found]:
    """The records of a file with one JSON record a line; blank lines are passed over."""
    return _numbered(_lines(content.readline, 1))


def _numbered(pieces: Iterator[_Piece]) -> Iterator[Found]:
    """Number what was cut out."""
    number = 0
    try:
        for number, piece in enumerate(pieces, 1):
            if isinstance(piece, str):
                yield Unreadable(number, "", piece)
            else:
                yield SourceRecord(number, piece[1], line=piece[0])
    except Broken as problem:
        yield Unreadable(number + 1, "", str(problem))
        return
    if number == 0:
        yield Unreadable(1, "", "holds no case record: it is empty")


def _documents(content: Content) -> Iterator[_Piece]:
    window = _Window(content)
    first = window.next_sign()
    if first == "[":
        window.place += 1
        yield from _elements(window)
        _nothing_follows(window)
    elif first == "{":
        yield from _object(window)
    elif first:
        raise Broken("holds no case record: a record is a JSON object, { ... }")


def _elements(window: "_Window") -> Iterator[_Piece]:
    """The elements of an array, from behind its opening bracket to behind its closing one."""
    while (sign := window.next_sign()) != "]":
        if not sign:
            raise Broken(f"is cut off: it ends at line {window.line()}, and its array is not closed")
        yield window.line(), window.take()
        sign = window.next_sign()
        if sign == ",":
            window.place += 1
            if window.next_sign() == "]":
                raise Broken(f"is not valid JSON: at line {window.line()} a record should follow the comma")
        elif sign not in ("]", ""):
            raise Broken(f"is not valid JSON: at line {window.line()} there should be a comma or the array's end, ]")
    window.place += 1


def _object(window: "_Window") -> Iterator[_Piece]:
    """A payload's children; else the object itself, which is a record, and any that stand on the lines behind it."""
    if window.is_whole() and _CHILDREN not in window.text:
        yield window.line(), window.rest().strip()
        return
    end, is_payload = window.scan(_CHILDREN)
    if is_payload:
        window.place = end
        yield from _children(window)
        return
    line = window.line()
    record = window.cut(end)
    yield line, record
    if b"\n" in record:
        _nothing_follows(window)
    else:
        yield from _lines(window.readline, line)


def _children(window: "_Window") -> Iterator[_Piece]:
    """What stands under a payload's `Children`: an array of records, or one; then the payload's end."""
    sign = window.next_sign()
    if sign == "[":
        window.place += 1
        yield from _elements(window)
    elif sign == "{":
        yield window.line(), window.take()
    else:
        raise Broken(f"is no payload: Children, at line {window.line()}, should be an array of records, or one")
    end, again = window.scan(_CHILDREN, depth=1)
    window.place = end
    if again:
        raise Broken(f"has Children twice, again at line {window.line()}; a payload has it once")
    _nothing_follows(window)


def _nothing_follows(window: "_Window") -> None:
    if window.next_sign():
        raise Broken(
            f"goes on at line {window.line()}, where the JSON has ended: a file holds one record, one array, one "
            "payload, or one record a line"
        )


def _lines(readline: Callable[[int], bytes], first: int) -> Iterator[_Piece]:
    """The records of lines, of which the next to be read is number `first`."""
    blank = 0
    for number in count(first):
        line = readline(LONGEST + 1)
        if not line:
            return
        record = line.strip()
        if not record:
            blank += 1
            if blank > _MOST_BLANK_LINES:
                raise Broken("goes on with blank lines only; the rest is not read")
        elif len(line) > LONGEST:
            _skip_line(line, readline)
            yield TOO_LONG
        else:
            blank = 0
            yield number, record.removeprefix(codecs.BOM_UTF8)


def _skip_line(line: bytes, readline: Callable[[int], bytes]) -> None:
    skipped = len(line)
    while line and not line.endswith(b"\n"):
        line = readline(PIECE)
        skipped += len(line)
        if skipped > _MOST_SKIPPED:
            raise Broken(TOO_LONG)


class _Window:
    """A piece of the text that moves along it. `place` is where reading stands; what is before it is dropped.

    Bytes that are no UTF-8 stay as they are (as lone surrogates), so that they cost only the record that they are in.
    """

    def __init__(self, content: Content) -> None:
        self._content = content
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._line = 1
        self._counted = 0
        self._ended = False
        self.text = ""
        self.place = 0
        self._more()
        if self.text.startswith("\ufeff"):
            self.place = 1

    def _more(self) -> bool:
        """Drop what is behind and read on, as much again as is kept; whether there was more."""
        if self._ended:
            return False
        data = self._content.read(max(PIECE, len(self.text) - self.place))
        self._ended = not data
        more = self._decoder.decode(data, final=self._ended)
        self.line()
        self.text = self.text[self.place :] + more
        self.place = self._counted = 0
        return bool(data or more)

    def line(self) -> int:
        """The number of the line on which `place` is."""
        self._line += self.text.count("\n", self._counted, self.place)
        self._counted = self.place
        return self._line

    def is_whole(self) -> bool:
        """Whether all that is left is in sight, as it is of small files."""
        return self._ended or (len(self.text) < PIECE and not self._more())

    def next_sign(self) -> str:
        """Step over blanks; the sign that follows them, or nothing at the end."""
        blanks = 0
        while True:
            end = self._behind_blanks(self.place)
            blanks += end - self.place
            self.place = end
            if end < len(self.text):
                return self.text[end]
            if blanks > LONGEST:
                raise Broken("goes on with blanks only; the rest is not read")
            if not self._more():
                return ""

    def take(self) -> bytes:
        """Cut out the value that begins here."""
        if self.text[self.place] not in '{["':
            return self._take_scalar()
        try:
            _, end = _decode(self.text, self.place)
        except (ValueError, RecursionError):
            end, _ = self.scan()
        return self.cut(end)

    def _take_scalar(self) -> bytes:
        while True:
            match = _SCALAR.match(self.text, self.place)
            end = match.end() if match else self.place
            if end < len(self.text) or end - self.place > LONGEST or not self._more():
                break
        if end == self.place:
            raise Broken(f"is not valid JSON: at line {self.line()} a record should begin")
        return self.cut(end)

    def cut(self, end: int) -> bytes:
        """What stands from here to `end`, as bytes; reading goes on behind it."""
        start, self.place = self.place, end
        if end - start > LONGEST:
            raise Broken(TOO_LONG)
        return self.text[start:end].encode("utf-8", "surrogateescape")

    def rest(self) -> bytes:
        """All that is left in sight."""
        return self.cut(len(self.text))

    def readline(self, size: int) -> bytes:
        """The next line, with its end: those in sight first, then those of the content itself."""
        end = self.text.find("\n", self.place) + 1
        if end:
            return self.cut(end)
        pending = self.rest() + self._decoder.getstate()[0]
        self._decoder.reset()
        return pending + self._content.readline(size)

    def scan(self, key: str | None = None, depth: int = 0) -> tuple[int, bool]:
        """Find where the value that begins here ends, by its brackets alone, however deep they go and whatever stands
        between them. With `key`, stop behind the colon of that key of the value itself, and say that it was found.

        With `depth` 1 the value has begun already, and what is sought is its end.
        """
        at = self.place
        while True:
            for token in _TOKEN.finditer(self.text, at):
                at, end = token.span()
                sign = self.text[at]
                if sign == '"':
                    if end == at + 1:
                        break
                    if depth == 0:
                        return end, False
                    if depth == 1 and key is not None and token.group() == key:
                        behind = self._behind_blanks(end)
                        if behind == len(self.text):
                            break
                        if self.text[behind] == ":":
                            return behind + 1, True
                else:
                    depth += 1 if sign in "[{" else -1
                    if depth <= 0:
                        return end, False
                at = end
            at -= self.place
            line = self.line()
            if len(self.text) - self.place > LONGEST:
                raise Broken(TOO_LONG)
            if not self._more():
                raise Broken(f"is cut off: what begins at line {line} is not closed before the file ends")

    def _behind_blanks(self, place: int) -> int:
        match = _BLANK.match(self.text, place)
        return match.end() if match else place
