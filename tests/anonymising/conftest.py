"""What the tests of copies share: the command line, a key, and records that hold everything."""

import json

import pytest
from click.testing import CliRunner

from casecheck.cli.main import cli

KEY = "a-key-of-tests-of-43-signs-and-of-no-secrecy"


@pytest.fixture
def casecheck():
    """Run the command line in this process: `casecheck("audit", path)` gives exit_code, stdout and stderr."""
    return lambda *arguments, stdin=None, **more: CliRunner().invoke(
        cli, [str(each) for each in arguments], input=stdin, **more
    )


@pytest.fixture
def key_file(tmp_path):
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n", encoding="ascii")
    return file


@pytest.fixture
def written(tmp_path):
    """Write records to a file of JSON Lines: `written(record, ...)` gives its path."""

    def write(*records, name="records.jsonl"):
        file = tmp_path / name
        file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        return file

    return write
