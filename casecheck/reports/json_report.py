"""The result document as JSON: whole, or as a line a case with all the rest last."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson


def json_report(head: Mapping[str, Any], cases: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of the document: `head` is all of it but `cases`, which come as JSON, one a line of the document."""
    yield b"{\n"
    for key, value in head.items():
        if key != "invalid_records":
            yield b'"%s": %s,\n' % (key.encode(), orjson.dumps(value))
    yield b'"cases": ['
    between = b"\n"
    for case in cases:
        yield between + case
        between = b",\n"
    yield b'\n],\n"invalid_records": %s\n}\n' % orjson.dumps(head["invalid_records"])


def last_line(head: Mapping[str, Any]) -> bytes:
    """What stands after the lines of the cases in JSON Lines: the document without them, on one line."""
    return orjson.dumps(head) + b"\n"
