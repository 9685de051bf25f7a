"""Where a command's output goes: to a file, whole or not at all, or to standard output."""

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from casecheck.errors import UsageProblem
from casecheck.files import standard_output, written_whole
from casecheck.reports.formats import NO_TEXT
from casecheck.reports.words import as_utf8


def writing(output: str | None, reading: Iterable[Path] = ()) -> AbstractContextManager[BinaryIO]:
    """What to write to: the file that `--output` names, or standard output where it names none or `-`.

    Raises UsageProblem where the file is one of those in `reading`, or cannot be written.
    """
    if output in (None, "-"):
        return nullcontext(standard_output())
    target = Path(str(output))
    if target.resolve() in {path.resolve() for path in reading}:
        raise UsageProblem(f"--output {target}: is one of the files that are read; name another file")
    return written_whole(target)


def refuse_a_terminal(form: str, output: str | None) -> None:
    """Raises UsageProblem where a report that is no text would be written to a terminal."""
    if form in NO_TEXT and output in (None, "-") and standard_output().isatty():
        raise UsageProblem(f"--format {form}: is nothing for a terminal; name a file with --output")


def write_lines(lines: Iterable[str], out: BinaryIO) -> None:
    """Write lines of text as UTF-8."""
    out.writelines(as_utf8(lines))
