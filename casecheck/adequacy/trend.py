"""Month by month, what share of what fell due was done in time; and where the last months differ from those before.

Of the obligations that fell due in a month, those met are held against those met, late and missed; of those that are
not known it is said how many they are. The last three months, as far as they are over, are held against the span before
by Newcombe's interval, all series of a table together. It takes obligations for independent, which those of one child
are not quite: what it calls more than chance by a hair may be chance.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from casecheck.adequacy.differences import Share, more_than_chance
from casecheck.adequacy.ratios import Ratio, ratio

RECENT_MONTHS: Final = 3

Counts = Mapping[str, int]
_COUNTED: Final = ("met", "late", "missed", "unknown")
_ROUNDED: Final = 6


class Period(NamedTuple):
    """A month or a quarter of the span: its name (`2012-03`, `2012-Q1`), its first and last day in the span (ISO
    text), and its months.
    """

    period: str
    first: str
    last: str
    months: tuple[str, ...]


class _Named(NamedTuple):
    """What a series is of: everything, an area or a rule; and the rules that it sums."""

    of: str
    told: Mapping[str, Any]
    rules: tuple[str, ...]


def periods(since: str, as_at: str, quarters: bool) -> tuple[Period, ...]:
    """The months or quarters from `since` to the day before `as_at`, which is the last that is over; ISO days."""
    first, last = date.fromisoformat(since), date.fromisoformat(as_at) - timedelta(days=1)
    if last < first:
        return ()
    found: dict[str, list[str]] = {}
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        name = f"{year}-Q{(month + 2) // 3}" if quarters else f"{year:04}-{month:02}"
        found.setdefault(name, []).append(f"{year:04}-{month:02}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return tuple(
        Period(name, max(since, f"{months[0]}-01"), min(last.isoformat(), _last_day(months[-1])), tuple(months))
        for name, months in found.items()
    )


def _last_day(month: str) -> str:
    year, number = map(int, month.split("-"))
    following = date(year + number // 12, number % 12 + 1, 1)
    return (following - timedelta(days=1)).isoformat()


def trend(
    summary: Mapping[str, Any], due: Mapping[str, Mapping[str, Counts]], since: str, as_at: str, quarters: bool
) -> dict[str, Any]:
    """`by`, `recent`, `periods` and `series` of a trend document.

    `summary` is that of the audit, `due` what fell due by rule and month, `since` and `as_at` are ISO days.
    """
    told = periods(since, as_at, quarters)
    months = [month for period in told for month in period.months]
    recent = months[-RECENT_MONTHS:]
    named = _named(summary)
    sums = [_sum_by_month(due, each.rules) for each in named]
    shares = [(_share(each, months[:-RECENT_MONTHS]), _share(each, recent)) for each in sums]
    comparisons = sum(bool(before.denominator and after.denominator) for before, after in shares)
    return {
        "by": "quarter" if quarters else "month",
        "recent": _days_of(recent, since, as_at),
        "periods": [{"period": each.period, "from": each.first, "to": each.last} for each in told],
        "series": [
            _series(each, by_month, told, *share, max(1, comparisons))
            for each, by_month, share in zip(named, sums, shares, strict=True)
        ],
    }


def _named(summary: Mapping[str, Any]) -> list[_Named]:
    rules = summary["rules"]
    found = [_Named("all", {"id": "all", "title": "All standards"}, tuple(rule["rule"] for rule in rules))]
    for area in summary["areas"]:
        inside = tuple(rule["rule"] for rule in rules if rule["area"] == area["area"])
        found.append(_Named("area", {"id": area["area"], "title": area["title"]}, inside))
    for rule in rules:
        told = {"id": rule["rule"], "title": rule["title"], "area": rule["area"], "severity": rule["severity"]}
        found.append(_Named("rule", told, (rule["rule"],)))
    return found


def _days_of(months: Sequence[str], since: str, as_at: str) -> dict[str, str] | None:
    """The first and the last day of these months that lie in the span; None of no month."""
    if not months:
        return None
    last = (date.fromisoformat(as_at) - timedelta(days=1)).isoformat()
    return {"from": max(since, f"{months[0]}-01"), "to": min(last, _last_day(months[-1]))}


# --- a series --------------------------------------------------------------------------------------------------------


def _sum_by_month(due: Mapping[str, Mapping[str, Counts]], rules: Sequence[str]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for rule in rules:
        for month, counts in due.get(rule, {}).items():
            found.setdefault(month, Counter()).update(counts)
    return found


def _over(by_month: Mapping[str, Counter[str]], months: Sequence[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for month in months:
        found.update(by_month.get(month, {}))
    return found


def _share(by_month: Mapping[str, Counter[str]], months: Sequence[str]) -> Share:
    counts = _over(by_month, months)
    return Share(counts["met"], counts["met"] + counts["late"] + counts["missed"])


def _series(
    named: _Named,
    by_month: Mapping[str, Counter[str]],
    told: Sequence[Period],
    before: Share,
    recent: Share,
    comparisons: int,
) -> dict[str, Any]:
    counts = [_over(by_month, period.months) for period in told]
    ratios: list[Ratio] = [ratio(*_share(by_month, period.months)) for period in told]
    was, now = ratio(*before), ratio(*recent)
    change = None if was["ratio"] is None or now["ratio"] is None else round(now["ratio"] - was["ratio"], _ROUNDED)
    return {
        "of": named.of,
        **named.told,
        "counts": [{name: each[name] for name in _COUNTED} for each in counts],
        "ratios": ratios,
        "before": was,
        "recent": now,
        "change": change,
        "more_than_chance": more_than_chance(before, recent, comparisons),
    }
