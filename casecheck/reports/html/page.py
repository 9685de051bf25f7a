"""The page: what its templates are given, and how it is written, case by case, so that memory stays flat."""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from typing import Any, BinaryIO, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from casecheck.reports import facts
from casecheck.reports.bases import report_of, source_in_words
from casecheck.reports.html.axis import axis
from casecheck.reports.html.cases import SIGNS, told_cases
from casecheck.reports.html.selection import selection
from casecheck.reports.html.trend import told_trend
from casecheck.reports.html.words import web_address
from casecheck.reports.words import day_in_words, number, percent, plain

LONGEST: Final = 3000
"""Characters of a text from a pack or a record; the rule schema allows no longer ones."""

MOST_INVALID: Final = 1000
"""Invalid records told of; the result document holds them all."""

_BUFFER: Final = 256
_PACKAGE: Final = "casecheck.reports.html"

Part = Mapping[str, Any]


def write_html(head: Part, cases: Iterable[Part] | None, out: BinaryIO) -> None:
    """Write the report; see `casecheck.reports.formats`."""
    stream = _environment().get_template("report.html").stream(_told(head, cases))
    stream.enable_buffering(_BUFFER)
    out.writelines(piece.encode("utf-8", "backslashreplace") for piece in stream)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(_PACKAGE, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": number,
        "percent": percent,
        "day": day_in_words,
        "name": plain,
        "place": _place,
        "address": web_address,
        "capital": facts.capital,
    }
    return environment


def _harmless(value: Any) -> Any:
    """Whatever a template puts on the page: text without characters that control anything; then it is escaped."""
    return plain(value, LONGEST) if isinstance(value, str) and not isinstance(value, Markup) else value


def _place(share: float) -> str:
    """A share from 0 to 1 as a place in a chart."""
    return f"{share * 100:.2f}%"


# --- what the templates are given -------------------------------------------------------------------------------------


def _told(head: Part, cases: Iterable[Part] | None) -> dict[str, Any]:
    summary, days = head["summary"], axis(head)
    kept = None if cases is None else selection(summary, cases)
    style, script = (_inline(name) for name in ("report.css", "report.js"))
    return {
        "facts": facts,
        "source_in_words": source_in_words,
        "report_of": report_of,
        "head": head,
        "summary": summary,
        "style": style,
        "script": script,
        "policy": _policy(style, script),
        "entries": _entries(head),
        "parts": _parts(summary["areas"]),
        "areas": _areas(summary),
        "breakdowns": _breakdowns(summary),
        "trend": told_trend(head["trend"]) if "trend" in head else None,
        "axis": days,
        "selection": kept,
        "cases": None if kept is None else told_cases(summary, kept.cases, days, kept.whole),
        "signs": SIGNS,
        "invalid": head["invalid_records"][:MOST_INVALID],
        "more_invalid": max(0, len(head["invalid_records"]) - MOST_INVALID),
        "noted": [source for source in head["sources"] if source["notes"]],
    }


@cache
def _inline(name: str) -> Markup:
    """A file of ours that stands in the page as it is."""
    return Markup((files(_PACKAGE) / "templates" / name).read_text(encoding="utf-8"))


def _policy(style: str, script: str) -> str:
    """What a browser may load and run: our style and our script, known by their digests, and nothing else."""
    ours = {"style-src": style, "script-src": script}
    told = [f"{name} 'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for name, text in ours.items()]
    return "; ".join(["default-src 'none'", *told, "base-uri 'none'", "form-action 'none'"])


def _entries(head: Part) -> list[tuple[str, list[str]]]:
    """The entries of the page's head, each with all its lines."""
    entries: list[tuple[str, list[str]]] = []
    for name, text in facts.audited(head, head["summary"]["cases"]):
        if name:
            entries.append((name, []))
        entries[-1][1].append(text)
    return entries


def _parts(areas: Iterable[Part]) -> dict[str, list[tuple[str, Part]]]:
    """The areas by their part of the record of main findings, each with its name there."""
    parts: dict[str, list[tuple[str, Part]]] = {}
    for area in areas:
        part, name = facts.part_and_name(area)
        parts.setdefault(part, []).append((name, area))
    return parts


def _areas(summary: Part) -> list[dict[str, Any]]:
    """The areas in the pack's order, each with its standards and their places in the pack."""
    areas = {area["area"]: {"title": area["title"], "area": area, "rules": []} for area in summary["areas"]}
    for place, rule in enumerate(summary["rules"]):
        area = areas.setdefault(rule["area"], {"title": rule["area"], "area": None, "rules": []})
        area["rules"].append((place, rule))
    return [area for area in areas.values() if area["rules"]]


def _breakdowns(summary: Part) -> list[dict[str, Any]]:
    """The groups by field, each field with the standards that were not always met, group by group."""
    told = []
    for name, found in groupby(summary["groups"], lambda group: group["by"]):
        groups = list(found)
        told.append({"name": name, "groups": groups, **_by_standard(summary, groups)})
    return told


def _by_standard(summary: Part, groups: Sequence[Part]) -> dict[str, Any]:
    within = [{rule["rule"]: rule for rule in group["rules"]} for group in groups]
    rows = []
    for rule in summary["rules"]:
        cells = [each.get(rule["rule"]) for each in within]
        told = sum(cell is not None and cell["obligation_ratio"]["denominator"] > 0 for cell in cells)
        if told > 1 and (rule["obligations"]["late"] or rule["obligations"]["missed"]):
            rows.append({"rule": rule, "cells": cells})
    is_shown = 1 < len(groups) <= facts.MOST_GROUPS
    starred = any(cell is not None and cell["more_than_chance"] for row in rows for cell in row["cells"])
    return {"rows": rows if is_shown else [], "too_many": len(groups) > facts.MOST_GROUPS, "starred": starred}
