"""The audit as Markdown, for a pull request, a merge request or a wiki: the report, its long lists of cases cut."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, BinaryIO, Final

from casecheck.reports.facts import (
    ABOUT_STANDARDS,
    DIFFERS,
    INVALID,
    KINDS_OF_CASES,
    LONGEST_MESSAGE,
    LONGEST_TITLE,
    MAIN_FINDINGS,
    MOST_GROUPS,
    MOST_NOTES,
    NOTES_OF_SOURCES,
    NOTHING_JUDGED,
    STANDARDS,
    TITLE,
    about_grades,
    about_groups,
    audited,
    beside_others,
    failed,
    found,
    grade,
    groups_of,
    interval,
    kind_of_case,
    met_in_time,
    more_notes,
    note,
    part_and_name,
    reasons,
    sentence,
    too_many_groups,
    verdict,
)
from casecheck.reports.facts import invalid_record as told_invalid
from casecheck.reports.markdown_words import code, table, text
from casecheck.reports.words import as_utf8, counted, number, percent, plain

Part = Mapping[str, Any]

MOST_CASES: Final = 50
"""Cases told under one heading, and records that could not be audited; the JSON result has them all."""

_ADEQUACY: Final = ("Adequate", "Share", "95% interval", "Undetermined")


def write_markdown(head: Part, cases: Iterable[Part] | None, out: BinaryIO) -> None:
    """Write the report; see `casecheck.reports.formats`."""
    out.writelines(as_utf8(_report(head, cases)))


def _report(head: Part, cases: Iterable[Part] | None) -> Iterator[str]:
    summary = head["summary"]
    yield f"# {TITLE}"
    yield from ("", text(" ".join(verdict(summary))), "")
    yield from _audited(head)
    yield from _areas(summary["areas"])
    yield from _standards(summary)
    for name in dict.fromkeys(group["by"] for group in summary["groups"]):
        yield from _breakdown(name, summary)
    if cases is not None:
        yield from _cases(summary, cases)
    yield from _invalid(head["invalid_records"])
    yield from _notes_of_sources(head["sources"])


def _audited(head: Part) -> list[str]:
    entries: list[str] = []
    for name, said in audited(head, head["summary"]["cases"]):
        if name:
            entries.append(f"- {name}: {text(said)}")
        else:
            entries[-1] += f"; {text(said)}"
    return entries


# --- areas, standards, groups -----------------------------------------------------------------------------------------


def _areas(areas: Sequence[Part]) -> Iterator[str]:
    yield from ("", f"## {MAIN_FINDINGS}", "")
    rows = []
    for area in areas:
        part, name = part_and_name(area)
        indicated, others = grade(area)
        named = text(f"{part}: {name}" if part else name)
        rows.append([named, *_adequacy(area), indicated if others is None else f"{indicated} ({others})"])
    yield from table(("Area", *_ADEQUACY, "Indicates"), rows)
    yield from ("", about_grades(areas))


def _adequacy(of: Part) -> list[str]:
    share = of["adequacy_ratio"]
    adequate = f"{number(share['numerator'])} of {number(share['denominator'])}"
    return [adequate, text(percent(share["ratio"])), interval(share), number(of["cases"]["undetermined"])]


def _standards(summary: Part) -> Iterator[str]:
    yield from ("", f"## {STANDARDS}")
    for area in summary["areas"]:
        yield from ("", f"### {text(plain(area['title'], LONGEST_TITLE))}", "")
        rows = [_standard(rule) for rule in summary["rules"] if rule["area"] == area["area"]]
        yield from table(("Standard", "Passed", "Failed", "Not due", "Not known", "Met in time"), rows)
    yield from ("", ABOUT_STANDARDS)


def _standard(rule: Part) -> list[str]:
    counts = [rule["cases"][outcome] for outcome in ("pass", "fail", "not_due", "unknown")]
    return [_title(rule), *(number(count) if count else "-" for count in counts), text(met_in_time(rule))]


def _title(rule: Part) -> str:
    return f"{text(plain(rule['title'], LONGEST_TITLE))} ({rule['severity']})"


def _breakdown(name: str, summary: Part) -> Iterator[str]:
    groups = [group for group in summary["groups"] if group["by"] == name]
    yield from ("", f"## By {text(plain(name))}", "")
    rows = [[code(group["value"]), *_adequacy(group), beside_others(group)] for group in groups]
    yield from table((text(plain(name)), *_ADEQUACY, "Beside others"), [*rows, ["All cases", *_adequacy(summary), ""]])
    yield from ("", about_groups(groups))
    yield from _standards_of_groups(name, groups, summary["rules"])


def _standards_of_groups(name: str, groups: Sequence[Part], rules: Iterable[Part]) -> Iterator[str]:
    """Of each standard that was not always met, what share was done in time in each group and in all."""
    failing = [rule for rule in rules if rule["obligations"]["late"] or rule["obligations"]["missed"]]
    if len(groups) < 2 or not failing:
        return
    yield from ("", f"### Done in time, by {text(plain(name))}", "")
    if len(groups) > MOST_GROUPS:
        yield too_many_groups(groups)
        return
    within = [{rule["rule"]: rule for rule in group["rules"]} for group in groups]
    rows = [[_title(rule), *(_share(each.get(rule["rule"])) for each in within), _share(rule)] for rule in failing]
    yield from table(("Standard", *(code(group["value"]) for group in groups), "All cases"), rows)
    if any(rule["more_than_chance"] for each in within for rule in each.values()):
        yield from ("", text(DIFFERS))


def _share(rule: Part | None) -> str:
    """What share was done in time, with a star where the group differs."""
    if rule is None:
        return "-"
    star = "*" if rule.get("more_than_chance") else ""
    return text(met_in_time(rule) + star)


# --- cases ------------------------------------------------------------------------------------------------------------


def _cases(summary: Part, cases: Iterable[Part]) -> Iterator[str]:
    rules = {rule["rule"]: rule for rule in summary["rules"]}
    for kind in KINDS_OF_CASES:
        of_kind = (case for case in cases if kind_of_case(case) == kind)
        yield from _cut(kind, (_case(case, rules) for case in of_kind))
    yield from _cut("Notes on records", (_notes(case) for case in cases if case["notes"]))


def _cut(title: str, cases: Iterator[list[str]]) -> Iterator[str]:
    """The first cases of a kind under its heading, and how many more there are."""
    first = next(cases, None)
    if first is None:
        return
    yield from ("", f"## {title}", "", *first)
    for case in islice(cases, MOST_CASES - 1):
        yield from ("", *case)
    more = sum(1 for _ in cases)
    if more:
        yield from ("", f"And {counted(more, 'more case', 'more cases')}, in the JSON result.")


def _case(case: Part, rules: Mapping[str, Part]) -> list[str]:
    groups, why = groups_of(case), reasons(case)
    lines = [f"**Case {code(case['case_id'])}**" + (f" ({text(groups)})" if groups else "")]
    if why:
        lines += ["", text(why)]
    graver_first = failed(case, rules)
    told = [
        f"- **{rules[each['rule']]['severity']}**: {text(plain(rules[each['rule']]['title'], LONGEST_TITLE))}. "
        f"{text(sentence(each['message']))}"
        for each in graver_first
    ]
    unknown = [code(finding["rule"]) for finding in found(case, "unknown")]
    if unknown:
        told.append(f"- not known: {', '.join(unknown)}")
    if not told and not found(case, "pass"):
        told.append(NOTHING_JUDGED)
    return [*lines, "", *told] if told else lines


def _notes(case: Part) -> list[str]:
    more = more_notes(case)
    told = [f"- {text(note(each))}" for each in case["notes"][:MOST_NOTES]]
    return [f"**Case {code(case['case_id'])}**", "", *told, *([f"- {more}"] if more else [])]


# --- what could not be audited, and what was not used -----------------------------------------------------------------


def _invalid(records: Sequence[Part]) -> Iterator[str]:
    if not records:
        return
    yield from ("", f"## {INVALID}", "", *(f"- {text(told_invalid(each))}" for each in records[:MOST_CASES]))
    more = len(records) - MOST_CASES
    if more > 0:
        yield f"- and {number(more)} more, in the JSON result"


def _notes_of_sources(sources: Sequence[Part]) -> Iterator[str]:
    noted = [source for source in sources if source["notes"]]
    if not noted:
        return
    yield from ("", f"## {NOTES_OF_SOURCES}")
    for source in noted[:MOST_CASES]:
        notes = (f"- {text(plain(said, LONGEST_MESSAGE))}" for said in source["notes"])
        yield from ("", f"**{code(source['name'])}**", "", *notes)
    if len(noted) > MOST_CASES:
        yield from ("", f"And {number(len(noted) - MOST_CASES)} more sources, in the JSON result.")
