"""What sources hold, table by table, and which standards of a pack they can decide: what `convert --explain` tells."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from casecheck.records.joining.holding import Holding
from casecheck.records.joining.joined import Told
from casecheck.records.sources import Source
from casecheck.records.tables.cells import plain
from casecheck.rules.deciding import IN_PART, NO, YES, Decided, decided
from casecheck.rules.model import Pack, Rule
from casecheck.version import __version__

SCHEMA: Final = "casecheck/sources/1"
TOGETHER: Final = "all together"


def explained(
    sources: Sequence[Source], told: Told, holdings: Sequence[Holding], together: Holding, packs: Iterable[Pack]
) -> dict[str, Any]:
    """The explanation as JSON has it. `holdings` are what each source holds, `together` what the joined records do."""
    for source, holding in zip(sources, holdings, strict=True):
        for table in _tables(source):
            if table.problem is None:
                holding.reads(becomes for _, becomes in table.used)
                together.reads(becomes for _, becomes in table.used)
    if any(holding.columns is None for holding in holdings):
        together.columns = None
    judged = list(zip([source.name for source in sources], holdings, strict=True))
    if len(sources) > 1:
        judged.append((TOGETHER, together))
    return {
        "schema": SCHEMA,
        "casecheck": __version__,
        "children": told.children,
        "sources": [
            _source(source, told, place, holding)
            for place, (source, holding) in enumerate(zip(sources, holdings, strict=True))
        ],
        "packs": [_pack(pack, judged) for pack in packs],
    }


def _tables(source: Source) -> Sequence[Any]:
    from casecheck.records.tables.source import TableSource

    return source.told() if isinstance(source, TableSource) else ()


def _source(source: Source, told: Told, place: int, holding: Holding) -> dict[str, Any]:
    about = told.sources[place]
    invalid = [each for each in told.invalid if each.source == source.name]
    return {
        "name": source.name,
        "format": source.format,
        "records": about.records,
        "to": sorted(about.to),
        "tables": _told_tables(_tables(source)),
        "sections": holding.sections(),
        "not_recognised": holding.not_recognised(),
        "invalid": [{"record": each.record, "pointer": each.pointer, "message": each.message} for each in invalid],
        "notes": list(about.said),
    }


def _told_tables(tables: Sequence[Any]) -> list[dict[str, Any]]:
    """The tables; a heading that another table of the same rows knows is recognised."""
    known: dict[str, set[str]] = {}
    for each in tables:
        names = [*(heading for heading, _ in each.used), *each.not_used]
        known.setdefault(each.label, set()).update(map(plain, names))
    return [_table(each, known[each.label]) for each in tables]


def _table(told: Any, known: Collection[str]) -> dict[str, Any]:
    unknown = [each for each in told.unknown if plain(each.heading) not in known]
    return {
        "file": told.file,
        "sheet": told.sheet,
        "table": told.table,
        "used": [{"column": heading, "becomes": becomes} for heading, becomes in told.used],
        "not_used": list(told.not_used),
        "not_recognised": [{"column": each.heading, "near": each.near} for each in unknown],
        "missing": [{"column": heading, "near": near} for heading, near in told.missing],
        "rows": told.rows,
        "left_out": [{"why": why, "rows": rows} for why, rows in told.left_out],
        "problem": told.problem,
    }


# --- which standards can be decided -----------------------------------------------------------------------------------


def _pack(pack: Pack, judged: Sequence[tuple[str, Holding]]) -> dict[str, Any]:
    order = {area.id: place for place, area in enumerate(pack.areas)}
    rules = sorted(pack.rules, key=lambda rule: order.get(rule.area, len(order)))
    found = [(rule, [decided(rule, pack, holding) for _, holding in judged]) for rule in rules]
    return {
        "id": pack.id,
        "version": pack.version,
        "areas": [{"area": area.id, "title": area.title} for area in pack.areas],
        "sources": [_counts(name, [each[place] for _, each in found]) for place, (name, _) in enumerate(judged)],
        "rules": [_rule(rule, each) for rule, each in found],
        "lacking": _lacking([(rule, each[-1]) for rule, each in found]),
    }


def _counts(name: str, decisions: Iterable[Decided]) -> dict[str, Any]:
    answers = Counter(each.answer for each in decisions)
    return {"name": name, "yes": answers[YES], "in_part": answers[IN_PART], "no": answers[NO]}


def _rule(rule: Rule, decisions: Iterable[Decided]) -> dict[str, Any]:
    told = [{"answer": each.answer, "lacking": list(each.lacking), "limits": list(each.limits)} for each in decisions]
    return {
        "rule": rule.id,
        "title": rule.title,
        "area": rule.area,
        "severity": rule.severity,
        "sources": told,
    }


def _lacking(decisions: Iterable[tuple[Rule, Decided]]) -> list[Mapping[str, Any]]:
    """What all sources together lack, and for how many standards, that for the most first."""
    whole: Counter[str] = Counter()
    part: Counter[str] = Counter()
    for _, each in decisions:
        (whole if each.answer == NO else part).update(each.lacking)
    names = sorted(set(whole) | set(part), key=lambda name: (-whole[name], -part[name], name))
    return [{"name": name, "undecided": whole[name], "in_part": part[name]} for name in names]
