"""Made-up case records, as many as wanted, alike on every machine.

The children, their lives and the practice that they meet are invented; nothing is drawn from anyone's record, and no
record holds a name, an address or a number of a person. What the record of a real, long-running case would hold is
held: referral, assessments, plans, placements, visits, reviews, supervision, leaving care, mostly in time and thorough,
sometimes late and thin.
"""

from collections.abc import Iterator

from casecheck.generating.child import case_record
from casecheck.generating.life import Row

__all__ = ["case_record", "case_records"]


def case_records(number: int, seed: int, as_at: int) -> Iterator[Row]:
    """So many case records, as the cases stand on the day number `as_at`.

    The same seed gives the same records, and each is the same however many are asked for. They are made as they are
    taken, so memory does not grow with their number.
    """
    return (case_record(seed, each, as_at) for each in range(1, number + 1))
