"""A breakdown by one field as text: the groups beside the whole, and the standards group by group."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from casecheck.reports.text_tables import ADEQUACY, LONGEST_TITLE, adequacy, table
from casecheck.reports.words import heading, number, percent, plain, wrapped

MOST_GROUPS: Final = 12
"""Groups that are told standard by standard; of more, the result document tells all."""

_TOO_SMALL: Final = "too few"
_DIFFERS: Final = "differs"


def breakdown(name: str, summary: Mapping[str, Any]) -> Iterator[str]:
    """The lines of the breakdown by the field `name`."""
    groups = [group for group in summary["groups"] if group["by"] == name]
    yield from heading(f"By {plain(name)}")
    yield from _groups(name, groups, summary)
    yield ""
    yield from wrapped(_legend(groups))
    yield from _standards(name, groups, summary)


def _groups(name: str, groups: Sequence[Mapping[str, Any]], whole: Mapping[str, Any]) -> list[str]:
    """A line a value of the field, and one of all cases to hold them against."""
    rows = [[plain(group["value"]), *adequacy(group), _beside_others(group)] for group in groups]
    return table((plain(name), *ADEQUACY, "Beside\nothers"), [("", [*rows, ["All cases", *adequacy(whole), ""]])])


def _beside_others(group: Mapping[str, Any]) -> str:
    return _TOO_SMALL if group["too_small"] else _DIFFERS if group["more_than_chance"] else "-"


def _legend(groups: Sequence[Mapping[str, Any]]) -> str:
    said = "Beside others: whether the share differs from that of all other cases by more than chance."
    if any(group["too_small"] for group in groups):
        said += " Too few: fewer than ten cases are adequate or inadequate, which is too small a group to compare."
    return said


# --- standard by standard --------------------------------------------------------------------------------------------


def _standards(name: str, groups: Sequence[Mapping[str, Any]], summary: Mapping[str, Any]) -> Iterator[str]:
    """Of each standard that was not always met, what share was done in time in each group and in all."""
    failing = [rule for rule in summary["rules"] if rule["obligations"]["late"] or rule["obligations"]["missed"]]
    if len(groups) < 2 or not failing:
        return
    yield from heading(f"Done in time, by {plain(name)}")
    if len(groups) > MOST_GROUPS:
        yield ""
        yield from wrapped(f"There are {number(len(groups))} groups; the JSON result has their standards one by one.")
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
        yield from wrapped(
            "* The share of cases that meet the standard differs from that of all others by more than chance."
        )


def _share(value: str, found: Mapping[str, Any]) -> str:
    ratio = found["obligation_ratio"]
    star = "*" if found.get("more_than_chance") else ""
    return f"{plain(value)} {percent(ratio['ratio'])} of {number(ratio['denominator'])}{star}"
