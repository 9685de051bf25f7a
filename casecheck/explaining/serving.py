"""What could have discharged a duty: what served, what was passed over and why, and of what that is not known."""

from collections.abc import Iterator, Mapping
from typing import Any

from casecheck.calendar import OPEN, UNKNOWN
from casecheck.checks.discharge import Serving, served, serves_from
from casecheck.explaining.lines import line
from casecheck.explaining.missing import doubts
from casecheck.explaining.model import PASSED_OVER, Line, Missing
from casecheck.explaining.reasons import Asking, said, why_not
from casecheck.explaining.setting import Setting
from casecheck.explaining.words import plainly
from casecheck.records.case import Record
from casecheck.rules.condition_words import without_narrowing
from casecheck.rules.record_words import done_word, sentence_noun
from casecheck.sentences import Thing


def thing_of(setting: Setting, serving: Serving, record: Record) -> Thing:
    """What a record that serves is called: as the rule asks for it or, where several sections serve, by its own."""
    if len(serving.sections) == 1:
        return setting.thing
    noun = sentence_noun(record.section, beside=True)
    return Thing(noun.one, noun.many, done_word(noun.one, record.section))


def passed_over(setting: Setting, serving: Serving, where: Mapping[str, Any], first: int, last: int) -> Iterator[Line]:
    """Lines of what was done from `first` to `last` and does not count, or may not, each with why."""
    rest, _ = without_narrowing(where)
    narrow = {key: value for key, value in where.items() if key not in rest}
    for _, fetch, condition in serving.sections:
        for each in fetch(setting.record)[0]:
            day = serves_from(each)
            if day in (UNKNOWN, OPEN) or not first <= day <= last:
                continue
            meets = condition.test(setting.case, each, day)
            asking = Asking(setting.case, each, day, setting.terms)
            if meets or asking.truth(narrow) is False:
                continue
            thing = thing_of(setting, serving, each)
            done = f"{thing.noun} {plainly(thing)}"
            if meets is None:
                yield line(day, PASSED_OVER, f"{done}; whether it counts is not known", each.pointer)
            else:
                yield line(day, PASSED_OVER, f"{done}, does not count: {said(why_not(where, asking))}", each.pointer)


def possible_missing(setting: Setting, serving: Serving, where: Mapping[str, Any]) -> list[Missing]:
    """What is not held of records that may serve, so that it is not known whether they do."""
    if not where:
        return []
    here = served(setting.case, setting.record, serving)
    return [
        missing
        for day, each in here.possible
        for missing in doubts(where, Asking(setting.case, each, day, setting.terms))
    ]
