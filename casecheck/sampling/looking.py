"""What an auditor of a case is to look at: its standards that need an eye, each with the records that it rests on.

Of these a checklist is made. What casecheck found is left out, so that the auditor looks with an open mind.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from casecheck.calendar import DAYS, UNKNOWN, in_words
from casecheck.rules.model import Pack, Rule
from casecheck.rules.reading import judgements_read
from casecheck.rules.record_words import noun_of, section_called
from casecheck.sentences import thing_due
from casecheck.written.places import listed

WHOLE_CASE: Final = "(case)"
"""What stands for a rule where the whole case is judged: no rule can be so named."""

MOST_RECORDS: Final = 100
"""Records of one standard that are named one by one."""

_NOTHING_TO_JUDGE: Final = ("not_applicable", "not_due")


class Look(NamedTuple):
    """One question to the auditor: of which case, under which standard, and at which records to look."""

    case_id: str
    area: str
    rule: str
    standard: str
    look_at: str


def rules_for_the_eye(pack: Pack) -> dict[str, Rule]:
    """The rules of the pack that rest on an auditor's judgement, by id; of several that share one, the first."""
    found: dict[str, Rule] = {}
    for rule in pack.rules:
        if judgements_read(rule, pack.terms):
            found.setdefault(rule.id, rule)
    return found


def looks(pack: Pack, eye: Mapping[str, Rule], entry: Mapping[str, Any]) -> Iterator[Look]:
    """What to look at in one case, whose entry in the result document of an audit against the pack is `entry`.

    The standards that need the auditor's `eye` and have something to judge, in the pack's order, then the whole case.
    """
    case_id, titles = entry["case_id"], {area.id: area.title for area in pack.areas}
    for finding in entry["findings"]:
        rule = eye.get(finding["rule"])
        if rule is not None and finding["outcome"] not in _NOTHING_TO_JUDGE:
            look_at = _records(rule, finding["obligations"])
            yield Look(case_id, titles.get(rule.area, rule.area), rule.id, rule.title, look_at)
    yield Look(case_id, "", WHOLE_CASE, "Is this case adequate?", "the whole file")


def _records(rule: Rule, obligations: Iterable[Mapping[str, Any]]) -> str:
    """The records that a finding rests on, in words and with their places, the earliest first."""
    counted = sorted((each for each in obligations if each["counted"]), key=_first_day)
    told: dict[str, str] = {}
    for each in counted:
        told.setdefault(each["pointer"], _record(rule, each))
    places: dict[str, list[str]] = {}
    for pointer, words in told.items():
        places.setdefault(words, []).append(pointer)
    said = [f"{words} ({', '.join(pointers)})" for words, pointers in places.items()]
    more = len(said) - MOST_RECORDS
    return "; ".join(said[:MOST_RECORDS] + ([f"and {more} more"] if more > 0 else []))


def _record(rule: Rule, each: Mapping[str, Any]) -> str:
    """The record of an obligation by its kind and its date: `supervision of 5 April 2012`."""
    thing = thing_due(rule)
    if each["limit"] == "not held" and each["starts"] is None:
        return f"{noun_of(rule.applies_to).many}: not held in these records, so look on the file"
    if rule.kind != "recorded":
        return f"{_what_serves(rule)} from {_in_words(_first_day(each))} on"
    section = section_called(rule.applies_to)
    if section is not None and section.nature == "lasting":
        return f"{thing.noun} from {_in_words(each['starts'])}"
    return f"{thing.noun} of {_in_words(each['due'])}"


def _what_serves(rule: Rule) -> str:
    """What an auditor looks for where it may stand in any of several records: `reviews or management decisions`."""
    done = rule.check.get("done")
    says = done if isinstance(done, Mapping) else rule.check
    names = says.get("events") or says.get("records") or says.get("first")
    if isinstance(names, str) or names is None or len(names) == 1:
        return thing_due(rule).plural
    return listed([noun_of(name).many for name in names], "or")


def _first_day(each: Mapping[str, Any]) -> str:
    return str(each["starts"] or each["due"] or "")


def _in_words(iso_day: str | None) -> str:
    day = DAYS[iso_day or ""]
    return "a day not known" if day == UNKNOWN else in_words(day)
