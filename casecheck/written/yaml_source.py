"""YAML that people wrote, read safely and with the line of every node.

It is the part of YAML that standards need: mappings, lists, text, numbers, true, false and null, with anchors and
aliases of bounded size, and `<<` to take over a mapping. Dates stay ISO text, and so do words such as `no` and `off`,
which older YAML turns into a truth value. What has no place in a rule is refused: tags, several documents, a key
written twice.

PyYAML reads the events, one at a time; nothing is built of what exceeds a limit, however deep or often repeated.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import yaml

from casecheck.errors import PackProblem
from casecheck.written.places import Document, Place, Places, printable

MAX_BYTES: Final = 2_000_000
MAX_DEPTH: Final = 60
_TOO_DEEP: Final = f"nested more than {MAX_DEPTH} deep; no rule needs that"
MAX_NODES: Final = 100_000

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: Final = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_TRUTHS: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?[0-9]{0,15}\.[0-9]{1,15}")

_HINTS: Final = (
    ("mapping values are not allowed", "text that holds a colon and a space must stand in quotes"),
    (
        "cannot start any token",
        "text that begins with a mark such as @, ` or % must stand in quotes",
    ),
    ("expected <block end>", "this line is not indented like those before it, or a bracket or a quote is left open"),
    ("did not find expected", "this line is not indented like those before it, or a bracket or a quote is left open"),
    ("expected ',' or", "a bracket or a quote is left open, or a comma is missing"),
    ("could not find expected ':'", "a key is followed by a colon and a space"),
    ("while scanning a quoted scalar", "a quote is left open"),
    ("undefined alias", "an alias (*name) repeats an anchor (&name) written before it"),
)


def read_yaml(content: bytes, file: str) -> Document:
    """The one document in `content`; `file` is what messages call it.

    Raises PackProblem, with one message that names the line, for what is not such YAML.
    """
    if len(content) > MAX_BYTES:
        raise _problem(file, 1, f"the file is larger than {MAX_BYTES // 1_000_000} MB; divide it")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _problem(file, line, "the file is not UTF-8 text; save it as UTF-8") from None
    try:
        return _Builder(file, yaml.parse(text, Loader=_LOADER)).document()
    except yaml.MarkedYAMLError as error:
        raise _problem(file, _line_of(error, text), _why(error, text)) from None
    except yaml.YAMLError:
        found = re.search("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        raise _problem(file, line, "the line holds a control character; remove it") from None


def _problem(file: str, line: int, text: str) -> PackProblem:
    return PackProblem(printable(f"{file}:{line}: {text}"))


def _line_of(error: yaml.MarkedYAMLError, text: str) -> int:
    """The line of the error; of what is left open to the end of the file, the line on which it opens."""
    lines = text.rstrip().count("\n") + 1
    marks = [mark.line + 1 for mark in (error.problem_mark, error.context_mark) if mark is not None]
    return next((line for line in marks if line <= lines), lines)


def _why(error: yaml.MarkedYAMLError, text: str) -> str:
    line = text.split("\n")[_line_of(error, text) - 1]
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "this is not YAML; indent with spaces, not with tabs"
    said = f"{error.context or ''} {error.problem or ''}"
    if "maximum nesting depth" in said:
        return _TOO_DEEP
    hint = next(
        (hint for part, hint in _HINTS if part in said), "look for a bracket, a quote or an indent out of place"
    )
    return f"this is not YAML; {hint}"


class _Anchored(NamedTuple):
    value: Any
    places: Places
    size: int
    height: int


class _Builder:
    """Builds one document from parsing events."""

    def __init__(self, file: str, events: Iterator[Any]) -> None:
        self.file = file
        self.events = events
        self.nodes = 0
        self.deepest = 0
        self.anchors: dict[str, _Anchored] = {}
        self.open_anchors: set[str] = set()

    def document(self) -> Document:
        next(self.events)
        start = next(self.events)
        if isinstance(start, yaml.StreamEndEvent):
            raise _problem(self.file, 1, "the file is empty")
        value, places = self.node(next(self.events), 0)
        next(self.events)
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise self.problem(after, "a second document begins here; write one document a file")
        return Document(value, places)

    def problem(self, event: Any, text: str) -> PackProblem:
        return _problem(self.file, event.start_mark.line + 1, text)

    def count(self, event: Any, size: int) -> None:
        self.nodes += size
        if self.nodes > MAX_NODES:
            raise self.problem(event, f"the file holds more than {MAX_NODES:,} values, aliases counted; divide it")

    def node(self, event: Any, depth: int) -> tuple[Any, Places]:
        """The value that `event` begins; takes the events up to its end."""
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event, depth)
        if event.tag is not None:
            raise self.problem(event, "a tag (a word that begins with !) has no place here; write the value alone")
        self.count(event, 1)
        self.reach(event, depth)
        if event.anchor is None:
            return self.content(event, depth)
        return self.anchored(event, depth)

    def reach(self, event: Any, depth: int) -> None:
        self.deepest = max(self.deepest, depth)
        if depth > MAX_DEPTH:
            raise self.problem(event, _TOO_DEEP)

    def content(self, event: Any, depth: int) -> tuple[Any, Places]:
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event), Places(self.place(event), {})
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(event, depth)
        return self.mapping(event, depth)

    def anchored(self, event: Any, depth: int) -> tuple[Any, Places]:
        """The content, remembered with its size and height: what stands under aliases is bounded as if written out."""
        nodes, deepest, self.deepest = self.nodes, self.deepest, depth
        self.anchors.pop(event.anchor, None)
        self.open_anchors.add(event.anchor)
        value, places = self.content(event, depth)
        self.open_anchors.discard(event.anchor)
        self.anchors[event.anchor] = _Anchored(value, places, self.nodes - nodes + 1, self.deepest - depth)
        self.deepest = max(deepest, self.deepest)
        return value, places

    def place(self, event: Any) -> Place:
        return Place(self.file, event.start_mark.line + 1)

    def alias(self, event: Any, depth: int) -> tuple[Any, Places]:
        if event.anchor in self.open_anchors:
            raise self.problem(event, f"`*{event.anchor}` stands within what it repeats")
        if event.anchor not in self.anchors:
            raise self.problem(event, f"`*{event.anchor}` repeats nothing: no `&{event.anchor}` stands before it")
        value, places, size, height = self.anchors[event.anchor]
        self.count(event, size)
        self.reach(event, depth + height)
        return value, places

    def sequence(self, start: Any, depth: int) -> tuple[list[Any], Places]:
        values: list[Any] = []
        within: dict[str | int, Places] = {}
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            value, places = self.node(event, depth + 1)
            within[len(values)] = Places(self.place(event), places.within)
            values.append(value)
        return values, Places(self.place(start), within)

    def mapping(self, start: Any, depth: int) -> tuple[dict[str, Any], Places]:
        values: dict[str, Any] = {}
        within: dict[str | int, Places] = {}
        taken_over: list[tuple[Any, Any, Places]] = []
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.key(event)
            value, places = self.node(next(self.events), depth + 1)
            if key == "<<" and event.implicit[0]:
                taken_over.append((event, value, places))
                continue
            if key in values:
                raise self.problem(event, f"`{key[:60]}` is written twice here; keep one")
            values[key] = value
            within[key] = Places(self.place(event), places.within)
        for event, value, places in taken_over:
            if not isinstance(value, dict):
                raise self.problem(event, "`<<` takes over a mapping: write `<<: *name`")
            for name, held in value.items():
                if name not in values:
                    values[name], within[name] = held, places.within[name]
        return values, Places(self.place(start), within)

    def key(self, event: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent) or event.tag is not None or event.anchor is not None:
            raise self.problem(event, "a key is plain text")
        self.count(event, 1)
        return str(event.value)


def _scalar(event: Any) -> Any:
    text = event.value
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return None
    if text in _TRUTHS:
        return _TRUTHS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text
