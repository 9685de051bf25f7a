"""Small counts kept out of published tables, with all from which they could be worked out.

Counts from 1 to 4 are suppressed (primary suppression). Tables add up, so that one count alone that is missing can be
worked out by subtraction: others are suppressed too (secondary suppression), until every suppressed count may be any
of five at least, for whoever has all that is published and knows that no zero is suppressed.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

THRESHOLD: Final = 5
"""The least count, but for 0, that is shown."""

Cell = Hashable
Relation = Mapping[Cell, int]
"""What holds between counts: that the sum of each times its factor is 0."""

_UNBOUNDED: Final = 10**12
_ROUNDS: Final = 100


def suppressed(counts: Mapping[Cell, int], relations: Sequence[Relation]) -> frozenset[Cell]:
    """The cells that are not shown; `relations` is all that is known to hold between them."""
    hidden = {cell for cell, count in counts.items() if 0 < count < THRESHOLD}
    while True:
        exposed = too_well_known(counts, relations, hidden)
        more = {cell for each in exposed if (cell := _another(each, counts, relations, hidden)) is not None}
        if not more:
            return frozenset(hidden)
        hidden |= more


def too_well_known(counts: Mapping[Cell, int], relations: Sequence[Relation], hidden: set[Cell]) -> list[Cell]:
    """The hidden cells that can be worked out, or narrowed down to fewer than five counts."""
    bounds = {cell: (1, _UNBOUNDED) if cell in hidden else (count, count) for cell, count in counts.items()}
    touched = [relation for relation in relations if any(cell in hidden for cell in relation)]
    for _ in range(_ROUNDS):
        if not sum(_narrow(relation, bounds, hidden) for relation in touched):
            break
    narrow = [cell for cell in counts if cell in hidden and bounds[cell][1] - bounds[cell][0] < THRESHOLD - 1]
    if narrow:
        return narrow
    determined = _determined(touched, hidden)
    return [cell for cell in counts if cell in determined]


def _narrow(relation: Relation, bounds: dict[Cell, tuple[int, int]], hidden: set[Cell]) -> bool:
    """Narrow what each hidden cell of a relation may be, given what the others may be; whether anything changed."""
    changed = False
    for cell, factor in relation.items():
        if cell not in hidden:
            continue
        others = [sorted((-by * bound) for bound in bounds[each]) for each, by in relation.items() if each != cell]
        least, most = sum(each[0] for each in others), sum(each[1] for each in others)
        low, high = (least, most) if factor > 0 else (-most, -least)
        before = bounds[cell]
        bounds[cell] = (max(before[0], low), min(before[1], high))
        changed = changed or bounds[cell] != before
    return changed


def _determined(relations: Iterable[Relation], hidden: set[Cell]) -> set[Cell]:
    """The hidden cells that have one solution: those alone in a row when the relations are solved for them."""
    rows: list[dict[Cell, Fraction]] = []
    for relation in relations:
        row = {cell: Fraction(factor) for cell, factor in relation.items() if cell in hidden}
        for solved in rows:
            _subtract(row, solved)
        if not row:
            continue
        lead = next(iter(row))
        row = {lead: Fraction(1), **{cell: factor / row[lead] for cell, factor in row.items() if cell != lead}}
        for solved in rows:
            _subtract(solved, row)
        rows.append(row)
    return {next(iter(row)) for row in rows if len(row) == 1}


def _subtract(row: dict[Cell, Fraction], solved: Mapping[Cell, Fraction]) -> None:
    """Take the solved row, whose first cell has the factor 1, from a row as often as that cell is in it."""
    times = row.get(next(iter(solved)), Fraction(0))
    if times:
        for cell, factor in solved.items():
            left = row.get(cell, Fraction(0)) - times * factor
            if left:
                row[cell] = left
            else:
                row.pop(cell, None)


def _another(cell: Cell, counts: Mapping[Cell, int], relations: Sequence[Relation], hidden: set[Cell]) -> Cell | None:
    """The smallest count that hides the cell better: one shown, and not 0, in the relation that hides it least."""
    around = [relation for relation in relations if cell in relation]
    for relation in sorted(around, key=lambda each: sum(one in hidden for one in each)):
        shown = [each for each in relation if each not in hidden and counts[each]]
        if shown:
            return min(shown, key=lambda each: counts[each])
    return None
