"""Writing outputs whole or not at all, be it a file or a folder."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from casecheck.errors import UsageProblem


@contextmanager
def written_whole(target: Path) -> Iterator[BinaryIO]:
    """A file to write `target` to: it takes the target's place when the block ends, and is removed if the block fails.

    It stands beside the target meanwhile, since only there can it take its place in one step; of a link that is beside
    what the link leads to. A device or a pipe is written to as it stands: nothing may take its place. Raises
    UsageProblem where the target is a folder or cannot be written.
    """
    if target.is_dir():
        raise UsageProblem(f"{target}: is a folder; name the file to write")
    with _written_as_it_stands(target) if _is_device_or_pipe(target) else _replaced(target) as stream:
        yield stream


@contextmanager
def folder_written_whole(target: Path) -> Iterator[Path]:
    """A folder to write files to: it becomes `target` when the block ends, and is removed if the block fails.

    Raises UsageProblem where there is a file of that name or a folder that is not empty, or where it cannot be written.
    """
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise UsageProblem(f"{target}: there is such a file or folder already; name a folder that is new, or empty")
    try:
        place = target.resolve()
        part = Path(tempfile.mkdtemp(prefix=f".{place.name}.", suffix=".part", dir=place.parent))
    except (OSError, RuntimeError) as error:
        raise UsageProblem(f"{target}: cannot be written: {_reason(error)}") from error
    try:
        yield part
        part.chmod(_usual_mode(0o777))
        if place.exists():
            place.rmdir()
        part.rename(place)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def standard_output() -> BinaryIO:
    """Standard output, for bytes. Raises UsageProblem where this process was given none."""
    if sys.stdout is None:
        raise UsageProblem("there is no standard output to write to; name a file with --output")
    return sys.stdout.buffer


def _is_device_or_pipe(target: Path) -> bool:
    return target.exists() and not target.is_file()


@contextmanager
def _written_as_it_stands(target: Path) -> Iterator[BinaryIO]:
    try:
        with open(target, "wb") as stream:
            yield stream
    except OSError as error:
        if isinstance(error, BrokenPipeError) or error.filename not in (None, str(target)):
            raise
        raise UsageProblem(f"{target}: cannot be written: {_reason(error)}") from error


@contextmanager
def _replaced(target: Path) -> Iterator[BinaryIO]:
    try:
        place = target.resolve()
        handle, name = tempfile.mkstemp(prefix=f".{place.name}.", suffix=".part", dir=place.parent)
    except (OSError, RuntimeError) as error:
        raise UsageProblem(f"{target}: cannot be written: {_reason(error)}") from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield cast("BinaryIO", stream)
        part.chmod(_usual_mode())
        part.replace(place)
    except BaseException as error:
        with suppress(OSError):
            part.unlink()
        if isinstance(error, OSError) and error.filename in (None, name):
            raise UsageProblem(f"{target}: cannot be written: {_reason(error)}") from error
        raise


def _usual_mode(of_all: int = 0o666) -> int:
    """The permissions that a new file has here (a folder: 0o777); a temporary one is closed to all but its owner."""
    mask = os.umask(0)
    os.umask(mask)
    return of_all & ~mask


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or "the system refused").lower()
