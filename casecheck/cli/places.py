"""Where the files of records lie, for reports that point to them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from casecheck.records.pointed import Lines


def places(files: Mapping[str, str]) -> dict[str, Any]:
    """What a report is told besides the result: of each source its file, and the lines of those that are at hand."""
    return {"paths": files, "line_of": Lines({name: Path(file) for name, file in files.items()}).of}
