"""How each kind of check is drawn: from a record to which a rule was applied to lines, sentences and what is missing.

One file a kind, as in `casecheck.checks`. Outcomes come from there; here is only what led to them.
"""

from collections.abc import Callable, Mapping
from typing import Final

from casecheck.explaining.kinds import deadline, held, limit, recorded, recurring
from casecheck.explaining.setting import Drawn, Setting

DRAWINGS: Final[Mapping[str, Callable[[Setting], Drawn]]] = {
    "deadline": deadline.draw,
    "recurring": recurring.draw,
    "held": held.draw,
    "recorded": recorded.draw,
    "limit": limit.draw,
}

__all__ = ["DRAWINGS"]
