"""The audit as workflow commands of GitHub Actions, which become annotations on the files of records.

One annotation a finding that fails: an error where it is critical, a warning where major, a notice where minor; one a
record that could not be audited; and one that says how much is adequate.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Final

from casecheck.reports.facts import (
    INVALID,
    LONGEST_MESSAGE,
    LONGEST_TITLE,
    TITLE,
    failed,
    invalid_record,
    sentence,
    verdict,
)
from casecheck.reports.source_places import SourcePlace, SourcePlaces
from casecheck.reports.words import as_utf8, plain

Part = Mapping[str, Any]

_LEVELS: Final = {"critical": "error", "major": "warning", "minor": "notice"}


def write_github(head: Part, cases: Iterable[Part] | None, out: BinaryIO) -> None:
    """Write the report; see `casecheck.reports.formats`."""
    out.writelines(as_utf8(_annotations(head, cases or ())))


def _annotations(head: Part, cases: Iterable[Part]) -> Iterator[str]:
    rules = {rule["rule"]: rule for rule in head["summary"]["rules"]}
    places = SourcePlaces(head)
    for each in head["invalid_records"]:
        yield _command("error", invalid_record(each), **_at(places.of(each["source"])), title=INVALID)
    for case in cases:
        for finding in failed(case, rules):
            rule = rules[finding["rule"]]
            pointer = _pointer(finding)
            where = ", ".join([plain(rule["rule"]), *([plain(pointer, LONGEST_MESSAGE)] if pointer else [])])
            told = f"Case {plain(case['case_id'])}: {sentence(finding['message'])} ({where})"
            place = _at(places.within(case, pointer))
            yield _command(_LEVELS[rule["severity"]], told, **place, title=plain(rule["title"], LONGEST_TITLE))
    yield _command("notice", " ".join(verdict(head["summary"])), title=TITLE)


def _pointer(finding: Part) -> str:
    """The place in the record of the first thing late or missed: of what was done late where it was done, else of what
    it arises from.
    """
    wrong = (each for each in finding["obligations"] if each["counted"] and each["outcome"] in ("late", "missed"))
    return next((str(each["evidence"] or each["pointer"]) for each in wrong), "")


def _at(place: SourcePlace) -> dict[str, str]:
    return {name: str(value) for name, value in place._asdict().items() if value is not None}


def _command(level: str, message: str, **properties: str) -> str:
    """A workflow command on a line of its own, whatever stands in its parts."""
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{level} {told}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
