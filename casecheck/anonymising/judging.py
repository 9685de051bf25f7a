"""Whether a value, by its name and by what it says, tells who someone is.

What a copy by `casecheck anonymise` holds is nothing of that kind. Of made-up records more is let pass, since no words
and no birthday in them are anyone's: an exact day of birth, and a few words without a number or a name.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from casecheck.anonymising.detectors import found_in, numbers_in
from casecheck.anonymising.fields import TEXTS, is_removed
from casecheck.records.schema import Field, sections

FREE_TEXT: Final = "free text"
BIRTH: Final = "an exact date of birth"

_FEW: Final = 3
"""Words that a value may have before it is free text."""
_LONGEST_MADE_UP: Final = 60
"""Characters that the free text of a made-up record may have."""

_PSEUDONYM: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*-[bcdfghjklmnpqrstvwxz]{14}")
_CODE: Final = re.compile(r"[A-Z0-9]{1,6}|[a-z]{2,30}(?:[ _-][a-z]{1,30}){0,3}|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EXACT: Final = re.compile(r"\d{4}-\d\d-(?!0[01])\d\d.*|(?!0?1\b)\d{1,2}[./ -]\w{1,9}[./ -]\d{2,4}.*")
_PROPERTY: Final = re.compile(r"[A-Za-z_][\w.-]*")

_BY_NAME: Final = (
    ("birth", BIRTH),
    ("dob", BIRTH),
    ("death", "a date of death"),
    ("upn", "a pupil number"),
    ("pupil_number", "a pupil number"),
    ("nhs", "an NHS number"),
    ("postcode", "a postcode"),
    ("address", "an address"),
    ("street", "an address"),
    ("phone", "a telephone number"),
    ("mobile", "a telephone number"),
    ("email", "an e-mail address"),
    ("forename", "a name"),
    ("surname", "a name"),
    ("firstname", "a name"),
    ("lastname", "a name"),
    ("first_name", "a name"),
    ("last_name", "a name"),
    ("child_name", "a name"),
    ("mis_child_id", "a number of the child"),
)
"""What the name of a property says of what it holds."""


def judged(name: str, value: Any, made_up: bool, month_only: bool = False) -> Iterator[str]:
    """The kinds of what tells who someone is in a value under the property `name`, each once.

    `made_up` says that the record is; `month_only`, that the record's days of birth stand for their months alone.
    """
    text = str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not text.strip() or _PSEUDONYM.fullmatch(text):
        return
    field = _fields().get(name)
    said = _said_by_name(name, field)
    if said == BIRTH:
        if _EXACT.fullmatch(text.strip()) and not made_up and not month_only:
            yield BIRTH
    elif said is not None:
        yield said
    elif field is not None and field.values and text in field.values:
        return
    elif name in TEXTS:
        yield from _of_words(text, made_up)
    elif _CODE.fullmatch(text):
        yield from numbers_in(text)
    else:
        yield from (kind for kind in found_in(text) if (name, kind) != ("team", "a name"))
        if _words(text) > (_FEW if field is None else 2 * _FEW) and (not made_up or len(text) > _LONGEST_MADE_UP):
            yield FREE_TEXT


def judged_name(name: str) -> Iterator[str]:
    """The kinds in the name of a property itself."""
    if not _PROPERTY.fullmatch(name):
        yield from found_in(name)


def _of_words(text: str, made_up: bool) -> Iterator[str]:
    """Of what someone wrote: that it is free text, and what it holds."""
    if made_up:
        is_free = len(text) > _LONGEST_MADE_UP or re.search(r"\d\d", text) is not None
    else:
        is_free = _words(text) > _FEW or text != text.lower() or any(sign.isdigit() for sign in text)
    if is_free:
        yield FREE_TEXT
    yield from found_in(text)


def _words(text: str) -> int:
    return len(text.split())


def _said_by_name(name: str, field: Field | None) -> str | None:
    """What the name of a property says that it holds; None where it says nothing, or the schema says otherwise."""
    if field is not None and not field.personal:
        return None
    plain = name.casefold()
    if plain.endswith(("unknown", "reason", "flag")):
        return None
    found = next((kind for part, kind in _BY_NAME if part in plain), None)
    return found or ("what is of a person" if field is not None and is_removed(field) else None)


@cache
def _fields() -> dict[str, Field]:
    """The fields of the case schema by their names alone; of two of one name, the one that is of a person."""
    found: dict[str, Field] = {}
    for section in sections().values():
        for name, field in section.fields.items():
            if name not in found or field.personal:
                found[name] = field
    return found
