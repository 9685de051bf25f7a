"""The catalogue of standards: a page a pack, in words, with the source of every rule."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from casecheck.calendar import DAYS, UNKNOWN, in_words
from casecheck.rules.examples import Example, read_examples
from casecheck.rules.model import SEVERITIES, Pack, Rule
from casecheck.rules.names import called
from casecheck.rules.reading import fields_read, judgements_read
from casecheck.rules.words import rule_in_words, terms_in_words
from casecheck.written.places import listed
from pages.case_record import place_of
from pages.markdown import anchor, code, codes, filled, link, made_from, page, table, text

OUTCOMES: Final = ("pass", "fail", "unknown", "not_due", "not_applicable")
_TO_PARAGRAPHS: Final = " [At the end](#paragraphs) stands which standards rest on a paragraph of the report."
_TIMES: Final = ("no", "one", "two", "three", "four", "five", "six")


def list_of_packs(packs: Sequence[Pack]) -> str:
    """The page that lists the shipped packs."""
    rows = [
        (link(code(pack.id), f"{pack.id}.md"), text(pack.title), text(_published(pack)), str(len(_ids(pack.rules))))
        for pack in packs
    ]
    return page(
        [
            *made_from("the packs in rules/"),
            "# The standards",
            "",
            *filled("Every standard that casecheck holds case records against, in words, with the source of each."),
            "",
            *table(("Pack", "What it is", "Drawn from", "Standards"), rows),
            "",
            *filled(
                "A council lays its own standards over one of them: see [local standards](../local-standards.md). "
                "`casecheck rules list` lists a pack on the command line, and `casecheck rules show ID` shows one of "
                "its standards."
            ),
        ]
    )


def standards(pack: Pack) -> str:
    """The catalogue of one pack."""
    return page(
        [*_head(pack), *_adequacy(pack), *_contents(pack), *_standards(pack), *_terms(pack), *_paragraphs(pack)]
    )


def _head(pack: Pack) -> Iterator[str]:
    yield from made_from(f"the pack in rules/{pack.id}/")
    yield f"# {text(pack.title)}"
    yield ""
    of = Counter(rule.severity for rule in _first_of_each(pack.rules))
    weights = listed([f"{of[each]} {each}" for each in SEVERITIES if of[each]], "and")
    yield from filled(
        f"The pack {code(pack.id)}, version {text(pack.version)}: {len(_ids(pack.rules))} standards, {weights}, drawn "
        f"from {_source(pack)}. An audit looks back over {_months(pack.review_period_months)}."
    )
    yield ""
    yield from filled(
        "Each standard is told in words that are worked out from the rule as it is checked. One that needs an "
        "auditor's eye rests on what someone who has read the file has recorded, and says nothing by itself. Below it "
        "stand where it comes from, what it [reads of the case record](../case-record.md), and its examples, which are "
        "run as tests. "
        "Words in quotation marks are [terms](#terms). How an outcome is decided is told in "
        "[how outcomes are decided](../how-outcomes-are-decided.md)." + (_TO_PARAGRAPHS if _behind(pack) else "")
    )


def _source(pack: Pack) -> str:
    title = text(pack.source["title"])
    published = ", ".join(each for each in (pack.source.get("publisher"), _day(pack.source.get("date"))) if each)
    return (link(title, pack.source["url"]) if "url" in pack.source else title) + (
        f" ({published})" if published else ""
    )


def _published(pack: Pack) -> str:
    says = pack.source
    return ", ".join(each for each in (says["title"], says.get("publisher"), _day(says.get("date"))) if each)


def _day(written: str | None) -> str | None:
    """A day, a month or a year in words: `13 June 2012`, `December 2023`."""
    day = DAYS[f"{written}-01"[:10]] if written else UNKNOWN
    if written is None or day == UNKNOWN:
        return written
    return in_words(day) if len(written) > len("2023-12") else in_words(day).partition(" ")[2]


def _months(number: int) -> str:
    return f"{number} months" if number % 12 else "12 months" if number == 12 else f"{number // 12} years"


def _ids(rules: Iterable[Rule]) -> list[str]:
    return list(dict.fromkeys(rule.id for rule in rules))


def _first_of_each(rules: Sequence[Rule]) -> list[Rule]:
    return list({rule.id: rule for rule in reversed(rules)}.values())[::-1]


# --- adequacy --------------------------------------------------------------------------------------------------------


def _adequacy(pack: Pack) -> Iterator[str]:
    yield from ("", "## What makes a case adequate", "")
    failing = _bounds(pack.adequate.fail, "fails", "fail")
    unknown = _bounds(pack.adequate.unknown, "is not known", "are not known")
    yield from filled(f"A case is **inadequate** if {listed(failing)}." if failing else "", "- ", "  ")
    yield from filled(f"Else it is **undetermined** if {listed(['no standard passed', *unknown])}.", "- ", "  ")
    yield from filled("Else it is **adequate**.", "- ", "  ")
    unbound = [each for each in SEVERITIES if each not in pack.adequate.fail]
    yield ""
    if unbound:
        yield from filled(f"However many {listed(unbound, 'and')} standards fail, that alone makes no case inadequate.")
        yield ""
    yield from _areas_adequacy(pack)
    marks = sorted(pack.grades.items(), key=lambda each: -each[1])
    told = listed([f"{name} from {round(share * 100)}%" for name, share in marks], "and")
    yield from filled(
        f"By the share of cases that are adequate, a grade is indicated for each area: {told}, and below that "
        "inadequate. It is indicated by the audited standards, and never an inspector's judgement."
    )


def _areas_adequacy(pack: Pack) -> Iterator[str]:
    """How an area is judged: as the whole, or where that is other, by what."""
    other: dict[str, list[str]] = {}
    for area, _ in _by_area(pack):
        if area.adequate.fail != pack.adequate.fail:
            told = f"inadequate if {listed(_bounds(area.adequate.fail, 'fails', 'fail'))}"
            other.setdefault(told, []).append(text(area.title))
        if area.adequate.unknown != pack.adequate.unknown:
            unknown = _bounds(area.adequate.unknown, "is not known", "are not known")
            told = f"undetermined if {listed(['no standard passed', *unknown])}"
            other.setdefault(told, []).append(text(area.title))
    but = " But in some a bound of its own makes a case:" if other else ""
    yield from filled(f"An area is judged in the same way, by its own standards alone.{but}")
    yield ""
    for told, titles in other.items():
        yield from filled(f"{told}, in {'; '.join(titles)}", "- ", "  ")
    if other:
        yield ""


def _bounds(most: Mapping[str, int], one: str, many: str) -> list[str]:
    """What is more than the bounds allow, each severity that has one."""
    return [_more_than(each, most[each], one, many) for each in SEVERITIES if each in most]


def _more_than(severity: str, most: int, one: str, many: str) -> str:
    """`any critical standard fails`, `more than two major standards fail`."""
    if most == 0:
        return f"any {severity} standard {one}"
    number = _TIMES[most] if most < len(_TIMES) else str(most)
    return f"more than {number} {severity} standard{f' {one}' if most == 1 else f's {many}'}"


# --- the standards ---------------------------------------------------------------------------------------------------


def _contents(pack: Pack) -> Iterator[str]:
    yield from ("", "## Contents", "")
    for area, rules in _by_area(pack):
        yield f"- {link(text(area.title), f'#{_area_anchor(area.id)}')}"
        for rule in _first_of_each(rules):
            yield from filled(f"{link(text(rule.title), f'#{rule.id}')}, {rule.severity}", "  - ")


def _by_area(pack: Pack) -> Iterator[tuple[Any, list[Rule]]]:
    for area in pack.areas:
        rules = [rule for rule in pack.rules if rule.area == area.id]
        if rules:
            yield area, rules


def _area_anchor(area: str) -> str:
    return "area-" + area.replace("/", "-")


def _standards(pack: Pack) -> Iterator[str]:
    examples: dict[str, list[Example]] = {}
    for example in read_examples(pack):
        examples.setdefault(example.rule, []).append(example)
    for area, rules in _by_area(pack):
        yield from ("", anchor(_area_anchor(area.id)), "", f"## {text(area.title)}", "", f"Area {code(area.id)}.")
        for rule_id in _ids(rules):
            chain = [rule for rule in rules if rule.id == rule_id]
            yield from ("", anchor(rule_id), "")
            for rule in chain:
                yield from _standard(pack, rule)
            yield from _examples(examples.get(rule_id, []))


def _standard(pack: Pack, rule: Rule) -> Iterator[str]:
    yield f"### {text(rule.title)}"
    yield ""
    eye = ", needs an auditor's eye" if judgements_read(rule, pack.terms) else ""
    yield f"{code(rule.id)}, **{rule.severity}**{eye}"
    yield ""
    yield from filled(text(rule_in_words(rule)))
    yield ""
    yield "Source:"
    yield ""
    for basis in rule.basis:
        yield from filled(_basis(pack, basis), "- ")
    yield ""
    yield from filled(f"Reads {listed(list(_reads(pack, rule)), 'and')}.")
    yield ""


def _basis(pack: Pack, basis: Mapping[str, Any]) -> str:
    kind = next(each for each in ("report", "law", "guidance", "local") if each in basis)
    note = f" {text(basis['note'])}" if "note" in basis else ""
    if kind == "report":
        numbers = [str(each) for each in sorted(basis["report"])]
        said = f"The report, paragraph{'' if len(numbers) == 1 else 's'} {listed(numbers, 'and')}"
    elif kind == "local":
        said = f"Local: {text(basis['local'])}"
    else:
        said = link(text(basis[kind]), basis["url"]) if "url" in basis else text(basis[kind])
    return said + ("" if said.endswith(".") else ".") + note


def _reads(pack: Pack, rule: Rule) -> Iterator[str]:
    for path, fields in fields_read(rule, pack.terms).items():
        target = place_of(path)
        if path:
            yield f"{link(code(called(path)), f'../case-record.md#{target}')} ({codes(fields)})"
        else:
            yield f"the child's {codes(fields)}"


def _examples(examples: Sequence[Example]) -> Iterator[str]:
    if not examples:
        yield "It has no examples yet."
        return
    number = Counter(example.says["expect"] for example in examples)
    told = [f"{number[outcome]} {_outcome(outcome)}" for outcome in OUTCOMES if number[outcome]]
    count = f"{len(examples)} example{'' if len(examples) == 1 else 's'}"
    file = f"../../rules/{examples[0].places.place.file}"
    yield from filled(f"{link(count, file)}: {listed(told, 'and')}.")


def _outcome(outcome: str) -> str:
    return {"pass": "that pass", "fail": "that fail", "unknown": "not known"}.get(outcome, outcome.replace("_", " "))


def _terms(pack: Pack) -> Iterator[str]:
    meanings: dict[str, str] = {}
    for rule in pack.rules:
        meanings |= dict(terms_in_words(rule, pack.terms))
    yield from ("", anchor("terms"), "", "## Terms", "")
    if not meanings:
        yield "The pack has none."
        return
    yield from filled("Conditions that several standards share. A term that another one names is told in its own row.")
    yield ""
    yield from table(
        ("Term", "Means that"), [(text(name), text(meanings[name])) for name in pack.terms if name in meanings]
    )


def _paragraphs(pack: Pack) -> Iterator[str]:
    """Which standards each paragraph of the report stands behind."""
    behind = _behind(pack)
    if not behind:
        return
    yield from ("", anchor("paragraphs"), "", "## By paragraph of the report", "")
    yield "The paragraphs of the report on which standards of this pack rest."
    yield ""
    yield from table(
        ("Paragraph", "Standards"),
        [(str(number), ", ".join(link(code(each), f"#{each}") for each in ids)) for number, ids in behind.items()],
    )


def _behind(pack: Pack) -> dict[int, list[str]]:
    found: dict[int, dict[str, None]] = {}
    for rule in pack.rules:
        for basis in rule.basis:
            for number in basis.get("report", ()):
                found.setdefault(number, {})[rule.id] = None
    return {number: list(found[number]) for number in sorted(found)}
