"""The opposite of a plain clause, such as the words of conditions are made of."""

import re
from typing import Final

_VERB: Final = re.compile(r"\b(is|are|was|were|has) (not |no )?")
_EXISTS: Final = re.compile(r"^there (is|are|was|were) (?:an? |no )?")
_EMPTY: Final = re.compile(r"^(in .+ |)no (.+) is recorded$")


def negated(clause: str) -> str:
    """`it is specific` as `it is not specific`, `there is a plan` as `there is no plan`, and back.

    A clause without one of these verbs, or of several parts, is denied as a whole.
    """
    if re.search(r"\b(?:and|or)\b|,", clause) or not _VERB.search(clause):
        return f"it is not so that {clause}"
    empty = _EMPTY.match(clause)
    if empty:
        return f"{empty[1]}the {empty[2]} is recorded"
    found = _EXISTS.match(clause)
    if found:
        rest, verb = clause[found.end() :], found[1]
        denied = clause.startswith(f"there {verb} no ")
        article = ("an " if rest[:1] in "aeiou" else "a ") if verb in ("is", "was") else ""
        return f"there {verb} {article if denied else 'no '}{rest}"
    return _VERB.sub(lambda verb: f"{verb[1]} " if verb[2] else f"{verb[1]} not ", clause, count=1)
