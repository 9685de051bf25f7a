"""Small counts kept out of published tables, with all from which they could be worked out.

Counts from 1 to 4 are suppressed (primary suppression). Tables add up, so that one count alone that is missing can be
worked out by subtraction: others are suppressed too (secondary suppression), until every suppressed count may be any
of five at least, for whoever has all that is published and knows that no zero is suppressed.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

THRESHOLD: Final = 5
"""The least count, but for 0, that is shown."""

Cell = Any
"""Whatever names a cell."""

Relation = Mapping[Cell, int]
"""What holds between counts: that the sum of each times its factor is 0."""

_UNBOUNDED: Final = 10**12
_ROUNDS: Final = 100


def suppressed(counts: Mapping[Cell, int], relations: Sequence[Relation]) -> frozenset[Cell]:
    """The cells that are not shown; `relations` is all that is known to hold between them.

    It comes to an end with nothing too well known: where every count that is not 0 is hidden, twice as much of each
    would do as well.
    """
    hidden = {cell for cell, count in counts.items() if 0 < count < THRESHOLD}
    while True:
        more: set[Cell] = set()
        for together in _connected(relations, hidden):
            exposed = _too_well_known(counts, together, hidden)
            if exposed:
                more.add(_another(exposed[0], counts, together, hidden))
        if not more:
            return frozenset(hidden)
        hidden |= more


def _connected(relations: Iterable[Relation], hidden: set[Cell]) -> list[list[Relation]]:
    """The relations with hidden cells, those together that share any, if by way of others."""
    groups: list[tuple[set[Cell], list[Relation]]] = []
    for relation in relations:
        cells = {cell for cell in relation if cell in hidden}
        if not cells:
            continue
        joined = [relation]
        apart = []
        for group in groups:
            if group[0].isdisjoint(cells):
                apart.append(group)
            else:
                cells |= group[0]
                joined += group[1]
        groups = [*apart, (cells, joined)]
    return [joined for _, joined in groups]


def _too_well_known(counts: Mapping[Cell, int], relations: Sequence[Relation], hidden: set[Cell]) -> list[Cell]:
    """The hidden cells that can be worked out, or narrowed down to fewer than five counts."""
    cells = list(dict.fromkeys(cell for relation in relations for cell in relation))
    bounds = {cell: (1, _UNBOUNDED) if cell in hidden else (counts[cell], counts[cell]) for cell in cells}
    for _ in range(_ROUNDS):
        if not sum(_narrow(relation, bounds, hidden) for relation in relations):
            break
    narrow = [cell for cell in cells if cell in hidden and bounds[cell][1] - bounds[cell][0] < THRESHOLD - 1]
    if narrow:
        return narrow
    determined = _determined(relations, hidden)
    return [cell for cell in cells if cell in determined]


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


def _another(cell: Cell, counts: Mapping[Cell, int], relations: Sequence[Relation], hidden: set[Cell]) -> Cell:
    """The smallest count that hides the cell better: one that is shown, and not 0, as few relations away as can be."""
    reached, left = {cell}, list(relations)
    while left:
        near = [relation for relation in left if not reached.isdisjoint(relation)]
        shown = [each for relation in near for each in relation if each not in hidden and counts[each]]
        if shown:
            return min(shown, key=lambda each: counts[each])
        reached.update(each for relation in near for each in relation if each in hidden)
        left = [relation for relation in left if relation not in near]
    raise ValueError("a count among none that is shown is not too well known")
