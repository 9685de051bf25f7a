"""The way of a young child from care to adoption."""

from collections.abc import Sequence
from typing import NamedTuple

from casecheck.calendar import add_months, iso
from casecheck.generating.life import Life, Row


class Adoption(NamedTuple):
    """The days on which adoption was decided, the child matched and placed, and the decision reversed, if they were."""

    decided: int
    matched: int | None = None
    placed: int | None = None
    reversed: int | None = None


def orders_for_adoption(life: Life, start: int) -> list[tuple[int, str]]:
    """The legal statuses of a child who comes into care on `start` and is to be adopted, each with its first day."""
    emergency = life.chance.percent(20)
    found = [(start, "L2"), (start + 8, "C1")] if emergency else [(start, "C1")]
    return [*found, (start + life.chance.between(170, 300), "E1")]


def way_to_adoption(life: Life, statuses: Sequence[tuple[int, str]], last: int) -> Adoption | None:
    """Decided before the placement order; then the child is placed, in a year or later, or the decision is reversed.

    None if there is no such order. What would lie after `last`, or shortly before it, has not come.
    """
    chance = life.chance
    order = next((day for day, status in statuses if status == "E1"), None)
    if order is None:
        return None
    decided = order - chance.between(20, 80)
    if chance.percent(8):
        undone = decided + chance.between(120, 400)
        return Adoption(decided, reversed=undone if undone <= last else None)
    due = add_months(decided, 12)
    found = chance.between(5, 150) if life.slips() or chance.percent(20) else -chance.between(30, 240)
    placed = max(due + found, order + 8)
    if placed > last - 7:
        return Adoption(decided)
    return Adoption(decided, placed - chance.between(7, min(40, placed - order)), placed)


def adoption_row(adoption: Adoption) -> Row:
    """The section `adoption` of the record."""
    return {
        "initial_decision_date": iso(adoption.decided),
        "matched_date": None if adoption.matched is None else iso(adoption.matched),
        "placed_date": None if adoption.placed is None else iso(adoption.placed),
        "decision_reversed_date": None if adoption.reversed is None else iso(adoption.reversed),
    }
