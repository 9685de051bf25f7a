"""Which rules and areas of a pack are meant, or what to write where there are none such."""

from collections.abc import Collection
from typing import Final

from casecheck.errors import UsageProblem
from casecheck.records.properties import did_you_mean
from casecheck.rules.model import Pack, Rule
from casecheck.written.places import listed, quoted

DEFAULT_PACK: Final = "southampton-2012"


def rules_named(pack: Pack, rule_id: str) -> list[Rule]:
    """The rules of that id, of which there are several where the law changed.

    Raises UsageProblem where there is none.
    """
    found = [rule for rule in pack.rules if rule.id == rule_id]
    if not found:
        meant = did_you_mean(rule_id, {rule.id for rule in pack.rules})
        hint = f"did you mean `{meant}`?" if meant else f"`casecheck rules list --pack {pack.id}` names them all"
        raise UsageProblem(f"{pack.id} has no rule {quoted(rule_id)}; {hint}")
    return found


def area_named(pack: Pack, name: str | None) -> Collection[str]:
    """The ids of the areas that `name` means: the one of that id, or those under it; all of them for None.

    Raises UsageProblem where there is none.
    """
    known = [area.id for area in pack.areas]
    if name is None:
        return known
    found = [area for area in known if area == name or area.startswith(name.rstrip("/") + "/")]
    if not found:
        above = {area.partition("/")[0] for area in known}
        meant = did_you_mean(name, above.union(known)) or did_you_mean(
            name, {area.rpartition("/")[2] for area in known}
        )
        full = next((area for area in known if meant in (area, area.rpartition("/")[2])), meant)
        hint = f"did you mean `{full}`?" if full else f"its areas are {listed(known, 'and')}"
        raise UsageProblem(f"{pack.id} has no area {quoted(name)}; {hint}")
    return found
