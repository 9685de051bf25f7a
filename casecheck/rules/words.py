"""A rule in words: the sentence that people read wherever a standard is told.

Everything in it is worked out from the rule as written, so that what people read is what is checked.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from casecheck.calendar import DAYS, Duration, duration_in_words, in_words, parse_duration
from casecheck.records.schema import Section, sections
from casecheck.rules.condition_words import clause, clauses, each_clause, term_in_words, without_narrowing
from casecheck.rules.conditions import section_for
from casecheck.rules.model import Condition, Rule
from casecheck.rules.names import SectionPath, find_date_field, lasting_around
from casecheck.rules.record_words import (
    before_it,
    done_in_words,
    done_word,
    moment,
    narrowed,
    sentence_noun,
    short_noun,
    standing_word,
    with_article,
)
from casecheck.written.places import listed

EPISODES: Final = ("social_care_episodes",)


class RuleWords(NamedTuple):
    """A rule in words: to what it applies, what must be done by when, until when, and when it is law.

    `lapses` and `in_force` are empty where there is nothing to say.
    """

    applies: str
    timescale: str
    lapses: str
    in_force: str


def rule_in_words(rule: Rule) -> str:
    """The rule as a sentence: `For each placement: a visit within 1 week of the start of the placement, then ...`."""
    applies, timescale, lapses, in_force = words_of(rule)
    whole = f"{applies}: {timescale}{f', {lapses}' if lapses else ''}."
    return f"{whole} {in_force}." if in_force else whole


def timescale_in_words(rule: Rule) -> str:
    """What must be done by when, alone: `a core group held every 6 weeks`."""
    return words_of(rule).timescale


def words_of(rule: Rule) -> RuleWords:
    """The rule in words, part by part."""
    section = section_for(rule.applies_to, ())
    return RuleWords(_applies(rule, section), _KINDS[rule.kind](rule, section), _lapses(rule, section), _law(rule))


def terms_in_words(rule: Rule, terms: Mapping[str, Condition]) -> list[tuple[str, str]]:
    """The terms that the rule uses, and those that these use, in that order, each with what it means."""
    section = section_for(rule.applies_to, ())
    found: dict[str, str] = {}
    whole = {"where": rule.where, "while": rule.while_, "check": rule.check, "lapses_with": rule.lapses_with}
    left = list(_terms_used(whole, section.path))
    while left:
        name, path = left.pop(0)
        if name not in found:
            found[name] = clause(terms[name], path, _the(sections()[path]))
            left += _terms_used(terms[name], path)
    return [(name, meaning) for name, meaning in found.items() if meaning != f"the child is {name}"]


def _terms_used(says: Any, path: SectionPath) -> Iterator[tuple[str, SectionPath]]:
    """The terms named in a condition or in a check, each with the section of whose records it is said."""
    if isinstance(says, list):
        for each in says:
            yield from _terms_used(each, path)
    elif isinstance(says, Mapping):
        served = next((says[key] for key in ("events", "records", "first") if key in says), None)
        beside = path if served is None else section_for(served if isinstance(served, str) else served[0], path).path
        for key, value in says.items():
            if key == "is":
                yield from ((name, path) for name in ([value] if isinstance(value, str) else value))
            elif key == "where" and served is not None:
                yield from _terms_used(value, beside)
            else:
                yield from _terms_used(value, _within(key, path))


def _within(key: str, path: SectionPath) -> SectionPath:
    """The section that stands under a key of a condition; the same one where the key names none."""
    if key in sections()[path].fields or key in _NOT_SECTIONS:
        return path
    try:
        return section_for(key, path).path
    except KeyError:
        return path


_NOT_SECTIONS: Final = frozenset(
    {"any_of", "none_of", "where", "while", "check", "lapses_with", "limits", "until", "done", "not"}
)


# --- to what, until when, and when it is law -------------------------------------------------------------------------


def _applies(rule: Rule, section: Section) -> str:
    where, kind = without_narrowing(rule.where)
    noun = sentence_noun(section, *kind).one
    if len([each for each in sections() if each and each[-1] == section.name]) > 1:
        noun += f" of {with_article(sentence_noun(sections()[section.path[:-1]]).one)}"
    said = f"For {'the latest' if rule.latest else 'each'} {noun}"
    binding = _said("while", rule.while_, section.path)
    return f"{said}{_which(where, section.path)}{',' if binding and not binding.startswith(',') else ''}{binding}"


def _which(where: Condition, path: SectionPath) -> str:
    """` where it is so`; of one clause about the record itself, ` that is so`."""
    said = _said("where", where, path)
    return said.replace(" where it is ", " that is ", 1) if len(where) == 1 and "any_of" not in where else said


def _said(word: str, says: Condition, path: SectionPath, it: str = "it") -> str:
    """` where it is so, except where it is not`; nothing of an empty condition."""
    hold, excepted = clauses(says, path, it)
    return (f" {word} {hold}" if hold else "") + (f", except {word} {excepted}" if excepted else "")


def _lapses(rule: Rule, section: Section) -> str:
    """How long the duty stands: `until the placement ends`, `unless the plan ends first`."""
    if rule.kind in ("recorded", "limit") or rule.lapsing == "none":
        return ""
    if rule.lapsing is not None:
        ending: Section | None = section_for(rule.lapsing, section.path)
    else:
        ending = section if section.nature == "lasting" else lasting_around(section.path)
    if ending is None:
        return ""
    named = ending in (section, sections()[EPISODES])
    noun = short_noun(ending) if named else sentence_noun(ending).one
    if isinstance(rule.lapses_with, Mapping):
        noun += _said("where", rule.lapses_with["where"], ending.path)
    ends = f"the {noun} {'closes' if ending.end == 'closure_date' else 'ends'}"
    return f"unless {ends} first" if rule.kind == "deadline" else f"until {ends}"


def _law(rule: Rule) -> str:
    begins, ends = rule.in_force
    days = [f"from {in_words(begins)}"] if begins is not None else []
    if ends is not None:
        days.append(f"until {in_words(ends - 1)}")
    if not days:
        return ""
    return f"In force {' '.join(days)}"


def _the(section: Section) -> str:
    return f"the {short_noun(section)}"


# --- the five kinds --------------------------------------------------------------------------------------------------


def _deadline(rule: Rule, section: Section) -> str:
    check = rule.check
    done = _done(check["done"], section)
    start = _moment(check["from"], section)
    if "within" in check:
        within = parse_duration(check["within"])
        return f"{done} on {start.on_the_day}" if within.number == 0 else f"{done} within {_span(within)} of {start.of}"
    due = _moment(check["due"], section).of
    if check["from"] != section.start:
        return f"{done} from {start.of} to {due}"
    own = due.removesuffix(f" of {_the(section)}")
    return f"{done} by {due if own == due else own.replace('the ', 'its ', 1)}"


class _Moment(NamedTuple):
    """A day as what happened on it: `the referral`, and `the day of the referral`."""

    of: str

    @property
    def on_the_day(self) -> str:
        return self.of if self.of.startswith("the day") else f"the day of {self.of}"


def _moment(name: str, section: Section) -> _Moment:
    holder, field = find_date_field(name, section.path)
    whose = before_it(holder, short_noun(holder)) if name.startswith("previous.") else _the(holder)
    said = moment(holder, field, whose)
    return _Moment(said.removeprefix("the date of ") if holder.nature == "event" and field == holder.start else said)


def _done(says: Any, section: Section) -> str:
    """What must be done: `authorised`, `a core group held`."""
    if not isinstance(says, str):
        return _thing(says["first"], says.get("where", {}), section)
    holder, field = find_date_field(says, section.path)
    if holder == section and field == section.start and section.nature == "event":
        return "held"
    return done_in_words(holder, field)


def _recurring(rule: Rule, section: Section) -> str:
    check = rule.check
    said = _thing(check["events"], check.get("where", {}), section, verb=False)
    before: Mapping[str, Any] | None = None
    for limit in check["limits"]:
        said += f"{_between(before, limit)} {_limit_of_a_wait(limit, section)}"
        before = limit
    if check.get("counts_on_first_day", True):
        return said
    return f"{said} (one on the first day itself does not count)"


def _between(before: Mapping[str, Any] | None, limit: Mapping[str, Any]) -> str:
    """What stands between a limit and the one before it, which comes first where both could apply."""
    if before is None:
        return ""
    narrow = bool({"where", "from", "to"} & set(before))
    if "until" in before:
        return "; otherwise, and after that," if narrow else "; after that"
    if "for" in before and limit.get("for") != before["for"]:
        return "; otherwise, and after that," if narrow else ", then"
    return ", otherwise"


def _limit_of_a_wait(limit: Mapping[str, Any], section: Section) -> str:
    """`within 1 week of the start of the placement`, `every 6 weeks for the first year`."""
    length = parse_duration(limit.get("within") or limit["every"])
    if "every" in limit:
        said = f"every {duration_in_words(length).removeprefix('1 ')}"
    elif limit["for"] == "first":
        said = f"within {_span(length)} of {_moment(section.start or '', section).of}"
    else:
        said = f"the {limit['for']} within {_span(length)} of the one before"
    until = limit.get("until")
    if isinstance(until, str):
        said += f" for the first {duration_in_words(parse_duration(until)).removeprefix('1 ')}"
    elif until is not None:
        said += f" until the first {_nouns(until['first'], until.get('where', {}), section)}"
    said += _said("where", limit.get("where", {}), section.path, _the(section))
    return said + _limit_law(limit)


def _limit_law(limit: Mapping[str, Any]) -> str:
    days = []
    if "from" in limit:
        days.append(f"from {_day(limit['from'])}")
    if "to" in limit:
        days.append(f"until {_day(limit['to'], -1)}")
    return f" (law {' '.join(days)})" if days else ""


def _day(text: Any, more: int = 0) -> str:
    return in_words(DAYS[str(text)] + more)


def _held(rule: Rule, section: Section) -> str:
    check = rule.check
    thing = _thing(check["records"], check.get("where", {}), section, standing=True)
    within = parse_duration(check.get("within", "0 days"))
    if within.number:
        said = f"{thing} within {_span(within)} of {_start(rule, section)}, and at all times from then on"
    else:
        said = f"{thing} at all times"
    if "counts_for" in check:
        said += f", each counting for {_span(parse_duration(check['counts_for']))}"
    gap = parse_duration(check.get("gap", "0 days"))
    return f"{said} (but for gaps of up to {_span(gap)})" if gap.number else said


def _start(rule: Rule, section: Section) -> str:
    """Where a grace begins: at the start of the record, or of each run of the days that `while` leaves."""
    if rule.while_:
        return "the first day on which this binds"
    return _moment(section.start or "", section).of


def _recorded(rule: Rule, section: Section) -> str:
    shown = [f"that {each}" for each in each_clause(rule.check, section.path)]
    return f"the record shows {listed(shown, 'and')}"


def _limit(rule: Rule, section: Section) -> str:
    check = rule.check
    names = check["records"]
    most = check["at_most"]
    noun = _nouns(names, check.get("where", {}), section, many=most != 1)
    first = section_for(names if isinstance(names, str) else names[0], section.path)
    began = check.get("count", "begun") == "begun"
    counted = "" if first.nature == "event" else " begun" if began else standing_word(noun, first)
    span = _span(parse_duration(check["in"])).removeprefix("1 ")
    said = f"{f'no more than {most}' if most else 'no'} {noun}{counted} in the {span} to the audit date"
    rest, _ = without_narrowing(check.get("where", {}))
    return said + (f", counting each{_said('where', rest, first.path)}" if rest else "")


_KINDS: Final = {
    "deadline": _deadline,
    "recurring": _recurring,
    "held": _held,
    "recorded": _recorded,
    "limit": _limit,
}


# --- things ----------------------------------------------------------------------------------------------------------


def _thing(names: Any, where: Condition, section: Section, standing: bool = False, verb: bool = True) -> str:
    """What must come: `a core group held`, `an initial assessment completed`; what must stand has no verb."""
    rest, kind = without_narrowing(where)
    served = [section_for(name, section.path) for name in ([names] if isinstance(names, str) else names)]
    nouns = [sentence_noun(each, *kind, beside=len(served) > 1).one for each in served]
    said = listed([_one(noun, each, section, standing) for noun, each in zip(nouns, served, strict=True)])
    if rest:
        said += f" ({_said('where', rest, served[0].path).strip(' ,')})"
    if standing:
        return f"{said} {'in place' if served[0].nature == 'lasting' else 'on file'}"
    return f"{said} {done_word(nouns[0], served[0]).removesuffix(' from')}" if verb and len(served) == 1 else said


def _one(noun: str, served: Section, section: Section, standing: bool) -> str:
    new = "new " if served.path == section.path else ""
    return with_article(f"{new}completed {noun}" if standing and served.nature == "work" else new + noun)


def _nouns(names: Any, where: Condition, section: Section, many: bool = False) -> str:
    kind = narrowed(where)
    served = [section_for(name, section.path) for name in ([names] if isinstance(names, str) else names)]
    nouns = [sentence_noun(each, *kind, beside=len(served) > 1) for each in served]
    return listed([noun.many if many else noun.one for noun in nouns])


def _span(length: Duration) -> str:
    return duration_in_words(length)


__all__ = ["RuleWords", "rule_in_words", "term_in_words", "terms_in_words", "timescale_in_words", "words_of"]
