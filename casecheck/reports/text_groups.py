"""A breakdown by one field as text: the groups beside the whole, and the standards group by group."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from casecheck.reports.facts import DIFFERS, MOST_GROUPS, about_groups, beside_others, too_many_groups
from casecheck.reports.text_tables import ADEQUACY, LONGEST_TITLE, adequacy, table
from casecheck.reports.words import heading, number, percent, plain, wrapped


def breakdown(name: str, summary: Mapping[str, Any]) -> Iterator[str]:
    """The lines of the breakdown by the field `name`."""
    groups = [group for group in summary["groups"] if group["by"] == name]
    yield from heading(f"By {plain(name)}")
    yield from _groups(name, groups, summary)
    yield ""
    yield from wrapped(about_groups(groups))
    yield from _standards(name, groups, summary)


def _groups(name: str, groups: Sequence[Mapping[str, Any]], whole: Mapping[str, Any]) -> list[str]:
    """A line a value of the field, and one of all cases to hold them against."""
    rows = [[plain(group["value"]), *adequacy(group), beside_others(group)] for group in groups]
    return table((plain(name), *ADEQUACY, "Beside\nothers"), [("", [*rows, ["All cases", *adequacy(whole), ""]])])


# --- standard by standard --------------------------------------------------------------------------------------------


def _standards(name: str, groups: Sequence[Mapping[str, Any]], summary: Mapping[str, Any]) -> Iterator[str]:
    """Of each standard that was not always met, what share was done in time in each group and in all."""
    failing = [rule for rule in summary["rules"] if rule["obligations"]["late"] or rule["obligations"]["missed"]]
    if len(groups) < 2 or not failing:
        return
    yield from heading(f"Done in time, by {plain(name)}")
    if len(groups) > MOST_GROUPS:
        yield ""
        yield from wrapped(too_many_groups(groups))
        return
    within = [{rule["rule"]: rule for rule in group["rules"]} for group in groups]
    starred = False
    for rule in failing:
        shares = [
            (group["value"], each[rule["rule"]])
            for group, each in zip(groups, within, strict=True)
            if rule["rule"] in each
        ]
        told = [_share(value, found) for value, found in shares if found["obligation_ratio"]["denominator"]]
        starred = starred or any(found["more_than_chance"] for _, found in shares)
        if len(told) > 1:
            yield ""
            yield from wrapped(f"{plain(rule['title'], LONGEST_TITLE)} ({rule['severity']})")
            yield from wrapped("; ".join([*told, _share("all cases", rule)]), "    ")
    if starred:
        yield ""
        yield from wrapped(DIFFERS)


def _share(value: str, found: Mapping[str, Any]) -> str:
    ratio = found["obligation_ratio"]
    star = "*" if found.get("more_than_chance") else ""
    return f"{plain(value)} {percent(ratio['ratio'])} of {number(ratio['denominator'])}{star}"
