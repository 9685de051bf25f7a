"""A council's own standards laid over another pack: `extends`, `override` and `disable`.

What the overlay's pack.yaml says replaces what the other says; `areas` and `terms` are added to by id and by name, and
`adequate` merges key by key, null lifting a bound. A rule named under `override` merges key by key too: mappings merge,
other values replace, and null takes a key away. Within a condition null is a value (nothing recorded) and so stays.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from casecheck.records.properties import did_you_mean
from casecheck.written.places import Complaint, Path, Places, quoted

CONDITIONS: Final = frozenset({"where", "while", "recorded"})


class DraftRule(NamedTuple):
    """A rule as written, before it is checked: its value, where each part stands, and the file that it is from.

    `file` is as `Rule.file` will say it. `paragraphs` is the highest of the report that its basis cites. `misshapen` is
    where the rule schema refused something of it. `shown` is what messages call it: its id, even one that was refused.
    """

    value: Mapping[str, Any]
    places: Places
    file: str
    paragraphs: int | None
    misshapen: tuple[Path, ...] = ()
    shown: str | None = None

    @property
    def id(self) -> str | None:
        """The rule's id, if it has one that is text."""
        found = self.value.get("id")
        return found if isinstance(found, str) else None


class Draft(NamedTuple):
    """A pack before it is checked for sense: what pack.yaml says, where, and the rules in order."""

    head: Mapping[str, Any]
    places: Places
    rules: tuple[DraftRule, ...]


def lay_over(base: Draft, overlay: Draft, paragraphs: int | None) -> tuple[Draft, list[Complaint]]:
    """The two packs as one, and what is wrong with how they fit; `paragraphs` is the last of the overlay's report."""
    changes = overlay.head.get("override") or {}
    disabled = overlay.head.get("disable") or []
    complaints = [*_not_there(overlay, base.rules), *_contradictions(overlay)]
    rules = []
    for rule in base.rules:
        if rule.id in disabled:
            continue
        if rule.id is not None and rule.id in changes:
            rule = _changed(rule, changes[rule.id], overlay.places.under("override", rule.id), paragraphs)
        rules.append(rule)
    head, places = _merged_head(base, overlay)
    own = (rule._replace(paragraphs=paragraphs) for rule in overlay.rules)
    return Draft(head, places, (*rules, *own)), complaints


def _not_there(overlay: Draft, rules: Iterable[DraftRule]) -> list[Complaint]:
    """Complaints about ids under `override` and `disable` that the other pack does not have."""
    known = {rule.id for rule in rules if rule.id}
    named = [(each, ("override", each)) for each in overlay.head.get("override") or ()]
    named += [(each, ("disable", place)) for place, each in enumerate(overlay.head.get("disable") or ())]
    base = overlay.head.get("extends")
    complaints = []
    for rule, path in named:
        if rule not in known:
            meant = did_you_mean(rule, known)
            hint = f"did you mean `{meant}`?" if meant else "write the id of one of its rules"
            text = f"`{path[0]}` names a rule that {base} does not have; {hint}"
            complaints.append(Complaint(overlay.places.at(*path), rule, text))
    return complaints


def _contradictions(overlay: Draft) -> Iterator[Complaint]:
    """Complaints about rules both changed and left out, and about changes of an id."""
    changes = overlay.head.get("override") or {}
    for place, rule in enumerate(overlay.head.get("disable") or ()):
        if rule in changes:
            text = "it is changed under `override` and left out; keep one"
            yield Complaint(overlay.places.at("disable", place), rule, text)
    for rule, change in changes.items():
        if "id" in change:
            text = "`id` cannot be changed; leave the rule out by `disable`, and write it anew"
            yield Complaint(overlay.places.at("override", rule, "id"), rule, text)


def _changed(rule: DraftRule, change: Mapping[str, Any], places: Places, paragraphs: int | None) -> DraftRule:
    value, merged_places = merge(rule.value, rule.places, change, places)
    cites = paragraphs if "basis" in change else rule.paragraphs
    return rule._replace(value={**value, "id": rule.id}, places=merged_places, paragraphs=cites)


def merge(
    base: Mapping[str, Any], base_places: Places, change: Mapping[str, Any], places: Places, in_condition: bool = False
) -> tuple[dict[str, Any], Places]:
    """`base` with `change` merged into it key by key, and where each part of it was written."""
    value, within = dict(base), dict(base_places.within)
    for key, new in change.items():
        old, is_condition = value.get(key), in_condition or key in CONDITIONS
        if new is None and not in_condition:
            value.pop(key, None)
            within.pop(key, None)
        elif isinstance(old, Mapping) and isinstance(new, Mapping):
            value[key], within[key] = merge(old, base_places.under(key), new, places.under(key), is_condition)
        else:
            value[key], within[key] = new, places.under(key)
    return value, Places(base_places.place, within)


def _merged_head(base: Draft, overlay: Draft) -> tuple[dict[str, Any], Places]:
    head = dict(base.head)
    within = dict(base.places.within)
    for key, new in overlay.head.items():
        if key in ("override", "disable", "extends"):
            continue
        old, old_places, new_places = head.get(key), base.places.under(key), overlay.places.under(key)
        if key == "areas":
            head[key], within[key] = _areas(old or [], old_places, new, new_places)
        elif key == "terms":
            head[key] = {**(old or {}), **new}
            within[key] = Places(new_places.place, {**old_places.within, **new_places.within})
        elif key == "adequate":
            head[key], within[key] = merge(old or {}, old_places, new, new_places)
        else:
            head[key], within[key] = new, new_places
    return head, Places(overlay.places.place, within)


def _areas(old: list[Any], old_places: Places, new: list[Any], new_places: Places) -> tuple[list[Any], Places]:
    """The areas of both: an id that both have keeps its place in the order and takes what the new one says."""
    placed = {area.get("id"): (area, old_places.under(at)) for at, area in enumerate(old)}
    placed |= {
        area.get("id"): ({**placed.get(area.get("id"), ({},))[0], **area}, new_places.under(at))
        for at, area in enumerate(new)
    }
    areas = [area for area, _ in placed.values()]
    return areas, Places(new_places.place, {at: places for at, (_, places) in enumerate(placed.values())})


def shown_rule(value: Any) -> str | None:
    """The id of something that may be a rule, as messages show it."""
    found = value.get("id") if isinstance(value, Mapping) else None
    return found[:80] if isinstance(found, str) else None if found is None else quoted(found)
