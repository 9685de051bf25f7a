"""The name that was likely meant."""

from collections.abc import Collection
from difflib import get_close_matches


def did_you_mean(name: str, known: Collection[str]) -> str | None:
    """The known name that is most like `name`, if one is like it."""
    close = get_close_matches(name, sorted(known), n=1, cutoff=0.7)
    return close[0] if close else None
