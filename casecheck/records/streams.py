"""Bytes of a source: read once, from a file or a pipe, hashed as they pass and unpacked where they are gzipped.

Nothing here holds more than a piece of what it reads, so memory does not grow with the length of a source.
"""

import gzip
import hashlib
import io
import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, Protocol

HEAD: Final = 64 * 1024
"""How many bytes of a source are looked at to recognise what it is."""

LONGEST: Final = 64 * 1024 * 1024
"""The size in bytes that one record may have; what is longer is not read."""

TOO_LONG: Final = f"is longer than {LONGEST // 1024**2} MiB, which no record of one child is; it is not read"

_GZIP: Final = b"\x1f\x8b"


class Readable(Protocol):
    """What gives bytes: an open file, standard input."""

    def read(self, size: int, /) -> bytes: ...


class Broken(Exception):
    """The bytes cannot be had or unpacked; its text says why, for people."""


class Hashed(io.RawIOBase):
    """A stream that takes the SHA-256 of all that passes; `head` are bytes already taken from `source`."""

    def __init__(self, source: Readable, head: bytes = b"") -> None:
        super().__init__()
        self._read: Callable[[int], bytes] = getattr(source, "read1", source.read)
        self._head = head
        self._sha256 = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        data = self._next(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def finish(self) -> str:
        """Read what is left, as far as it can be read; the SHA-256 of the whole, as hexadecimal text."""
        with suppress(OSError):
            while self._next(1024 * 1024):
                pass
        return self._sha256.hexdigest()

    def _next(self, size: int) -> bytes:
        data, self._head = (self._head[:size], self._head[size:]) if self._head else (self._read(size), b"")
        self._sha256.update(data)
        return data


def is_gzip(head: bytes) -> bool:
    """Whether a source that begins with `head` is gzipped."""
    return head.startswith(_GZIP)


def unpacked_head(head: bytes) -> bytes:
    """The beginning of what a gzipped source holds. Raises Broken where it is not gzip after all."""
    try:
        return zlib.decompressobj(wbits=31).decompress(head, HEAD)
    except zlib.error:
        raise Broken("is no valid gzip file") from None


def read_head(source: Readable) -> bytes:
    """Up to HEAD bytes, waiting for them where they come through a pipe."""
    pieces: list[bytes] = []
    missing = HEAD
    while missing and (piece := source.read(missing)):
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)


class Content:
    """The unpacked bytes of a source. Raises Broken instead of what gzip and the system raise."""

    def __init__(self, raw: Hashed, gzipped: bool) -> None:
        buffered = io.BufferedReader(raw, HEAD)
        self._stream: io.BufferedIOBase = gzip.GzipFile(fileobj=buffered, mode="rb") if gzipped else buffered
        self._broken: Broken | None = None

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; fewer only at the end, or before what is broken, which the next call tells."""
        if self._broken is not None:
            raise self._broken
        pieces: list[bytes] = []
        missing = size
        try:
            while missing and (piece := self._guarded(self._stream.read1, missing)):
                pieces.append(piece)
                missing -= len(piece)
        except Broken as problem:
            if not pieces:
                raise
            self._broken = problem
        return b"".join(pieces)

    def readline(self, size: int) -> bytes:
        """One line with its end, or its first `size` bytes where it is longer."""
        return self._guarded(self._stream.readline, size)

    def _guarded(self, read: Callable[[int], bytes], size: int) -> bytes:
        try:
            return read(size)
        except EOFError:
            raise Broken("is cut off: the gzip file ends before its end") from None
        except (gzip.BadGzipFile, zlib.error):
            raise Broken("is damaged: it cannot be unpacked any further") from None
        except OSError as problem:
            raise Broken(f"cannot be read any further: {problem.strerror or 'the system refused'}") from None
