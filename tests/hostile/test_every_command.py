"""No output of any command, in any format, holds a name, an address or a number of a person.

Every command and every format is found by itself; a new command needs a line here that says how it is called.
"""

import json

import click
import pytest

from casecheck.cli.main import cli
from casecheck.cli.publishing import published_report
from casecheck.reports.published import PUBLISHED
from tests.hostile.test_privacy import MARK, fields_to_break_down_by, marked_record

AS_AT = ("--as-at", "2012-04-23")
KEY = "a-key-of-tests-of-43-signs-and-of-no-secrecy"
TELLING = (MARK, "-07-17", "17 July", "17 Jul ", KEY)
"""The marks of what is of a person, and that person's birthday and its like in the forms that reports have."""

NO_RECORDS = {"rules list", "rules show", "rules check", "rules test", "rules new", "schema", "generate", "key"}
NO_RECORDS.add("map new")
"""Commands that read no record and no result."""


def commands(command=cli, name=()):
    """Every command by its name, groups entered."""
    if isinstance(command, click.Group):
        for each in command.list_commands(click.Context(command)):
            found = command.get_command(click.Context(command), each)
            assert found is not None
            yield from commands(found, (*name, each))
    else:
        yield " ".join(name), command


def formats(command):
    """The formats that a command has; None alone where it has no such option."""
    found = [param.type.choices for param in command.params if param.name == "form" and hasattr(param.type, "choices")]
    return [*found[0]] if found else [None]


READING = [
    pytest.param(name, form, id=f"{name} {form or ''}".strip())
    for name, command in commands()
    if name not in NO_RECORDS
    for form in formats(command)
]


def files(folder):
    """The records, marked in every field, also as an invalid record and as one that is no JSON."""
    records = [marked_record(f"case-{number:02}")[0] for number in range(12)]
    text = "".join(json.dumps(record) + "\n" for record in records)
    invalid = json.dumps({**records[0], "la_child_id": "bad", "child_details": [MARK]})
    file = folder / "cases.jsonl"
    file.write_text(f"{text}{invalid}\n{invalid[:-5]}\n", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with records, a result of them, a checklist filled with marks, a key."""
    from click.testing import CliRunner

    folder = tmp_path_factory.mktemp("made")
    cases = files(folder)
    by = [part for field in fields_to_break_down_by() for part in ("--by", field)]
    calls = (
        ("audit", cases, *AS_AT, *by, "--format", "json", "--output", folder / "result.json"),
        ("sample", cases, *AS_AT, "--seed", 1, "--output", folder / "sample"),
        ("audit", folder / "sample", "--format", "json", "--output", folder / "sampled.json"),
    )
    for call in calls:
        told = CliRunner().invoke(cli, [str(each) for each in call])
        assert told.exit_code == 0, told.output
    checklist = folder / "sample" / "checklist.csv"
    filled = checklist.read_text(encoding="utf-8-sig").replace(",,\n", f",met,{MARK}\n")
    checklist.write_text(filled, encoding="utf-8")
    (folder / "key").write_text(KEY, encoding="ascii")
    return folder


def call_of(name, made, target):
    """How a command is called on the marked records, and where it writes besides its standard output."""
    cases, result = made / "cases.jsonl", made / "result.json"
    calls = {
        "audit": (cases, *AS_AT, "--output", target),
        "report": (result, "--output", target),
        "explain": (cases, *AS_AT, "--case", "case-01"),
        "trend": (cases, *AS_AT),
        "due": (cases, *AS_AT, "--output", target),
        "compare": (result, result),
        "convert": (cases, "--explain", "--output", target),
        "sample": (cases, *AS_AT, "--output", target),
        "moderate": (made / "sample" / "checklist.csv", made / "sampled.json"),
        "anonymise": (cases, target, *AS_AT, "--key-file", made / "key"),
        "check-anonymous": (cases, result),
    }
    assert name in calls, f"say here how `casecheck {name}` is called, so that its outputs are looked through"
    return calls[name]


def written(target):
    """The bytes of what was written, but for the records that `casecheck sample` copies as they are."""
    if target.is_dir():
        return b"".join(each.read_bytes() for each in sorted(target.rglob("*")) if each.is_file())
    return target.read_bytes() if target.exists() else b""


@pytest.mark.parametrize(("name", "form"), READING)
def test_nothing_of_a_person_is_in_the_output_of_a_command(casecheck, tmp_path, made, name, form):
    target = tmp_path / "out"
    options = [] if form is None else ["--format", form]
    if name == "report" and form == "json":
        options.append("--publish")
    told = casecheck(*name.split(), *call_of(name, made, target), *options)
    assert told.exit_code in (0, 1), told.output
    if name == "sample":
        (target / "records.jsonl").unlink()
    bytes_ = (told.stdout + told.stderr).encode() + written(target)
    assert len(bytes_) > 50
    for mark in TELLING:
        assert mark.encode() not in bytes_, f"{mark} is in the output"


@pytest.mark.parametrize("form", PUBLISHED)
def test_no_case_no_source_and_no_worker_is_in_a_publication(casecheck, made, form):
    told = casecheck("report", made / "result.json", "--publish", "--format", form)
    assert told.exit_code == 0, told.output
    assert callable(published_report(form, held_to_a_gate=False))
    for mark in (*TELLING, "case-0", "cases.jsonl", "worker_id", "placement_urn"):
        assert mark not in told.stdout


@pytest.mark.parametrize("form", ["junit", "github", "jsonl", "pdf"])
def test_what_no_publication_has_is_refused(casecheck, made, tmp_path, form):
    told = casecheck("audit", made / "cases.jsonl", *AS_AT, "--publish", "--format", form, "--output", tmp_path / "o")
    assert told.exit_code == 2
    assert "--publish" in told.stderr


def test_a_result_is_not_told_again_as_json_without_publishing_it(casecheck, made):
    told = casecheck("report", made / "result.json", "--format", "json")
    assert (told.exit_code, told.stdout) == (2, "")


def test_of_a_copy_nothing_is_left_of_any_number(casecheck, made, tmp_path):
    told = casecheck("anonymise", made / "cases.jsonl", tmp_path / "copy", *AS_AT, "--key-file", made / "key")
    assert told.exit_code in (0, 1), told.output
    text = (tmp_path / "copy" / "records.jsonl").read_text(encoding="utf-8")
    assert "case-0" not in text
    assert "C-" not in text
    assert casecheck("check-anonymous", tmp_path / "copy").exit_code == 0
