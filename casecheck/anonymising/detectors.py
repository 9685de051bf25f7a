"""Patterns of what tells who someone is: numbers with their check digits, addresses, names.

Each is found in text of any kind. What they miss and what they find without cause is told in docs/privacy.md, with the
list of made-up strings that they are tested on.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any, Final, NamedTuple

from casecheck.records.schema import case_schema


class Detector(NamedTuple):
    """A kind of thing, the pattern of what looks like one, and what else must hold of it."""

    kind: str
    pattern: re.Pattern[str]
    holds: Callable[[str], bool] = lambda found: True


_AREAS: Final = frozenset(
    """
    AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G
    GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW
    OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC
    WD WF WN WR WS WV YO ZE
    """.split()  # noqa: SIM905
)
"""The areas that postcodes begin with."""

_LETTERS_OF_PUPILS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The letters of a unique pupil number, by the value that they have in its check."""


def is_pupil_number(text: str) -> bool:
    """Whether the check letter fits: the sum of each digit times its place (2 to 13), modulo 23.

    Source: Department for Education, Unique pupil numbers (UPNs): a guide, annex on the format of UPNs. Of a
    temporary number the last place holds a letter, which counts as its value.
    """
    letter, rest = text[0].upper(), text[1:].upper()
    values = [_LETTERS_OF_PUPILS.index(each) if each.isalpha() else int(each) for each in rest]
    total = sum(value * place for place, value in enumerate(values, 2))
    return _LETTERS_OF_PUPILS[total % 23] == letter


def is_nhs_number(text: str) -> bool:
    """Whether the check digit fits: 11 less the sum of the first nine digits times 10 to 2, modulo 11.

    Source: NHS Data Dictionary, NHS number.
    """
    digits = [int(sign) for sign in text if sign.isdigit()]
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return len(digits) == 10 and len(set(digits)) > 1 and check % 11 == digits[9] and check != 10


def _is_postcode(text: str) -> bool:
    area = re.match("[A-Z]+", text.upper())
    is_alike = " " in text or text in (text.upper(), text.lower())
    return area is not None and area.group() in _AREAS and is_alike


_DAY: Final = r"\d{1,4}(?:[./-]\d{1,2}[./-]\d{2,4}|(?:st|nd|rd|th)?(?: of)? [A-Za-z]{3,9},? \d{2,4})"

NUMBERS: Final = (
    Detector("an e-mail address", re.compile(r"[\w.%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    Detector(
        "a pupil number",
        re.compile(r"(?<![A-Za-z0-9])[A-HJ-NP-RT-Za-hj-np-rt-z]\d{11}[\dA-HJ-NP-RT-Za-hj-np-rt-z](?![A-Za-z0-9])"),
        is_pupil_number,
    ),
    Detector(
        "a National Insurance number",
        re.compile(
            r"(?i)(?<![A-Za-z0-9])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
            r"(?: ?\d\d){3} ?[A-D](?![A-Za-z0-9])"
        ),
    ),
    Detector("an NHS number", re.compile(r"(?:(?<![\w-])|(?<=NHS))\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])"), is_nhs_number),
    Detector(
        "a telephone number",
        re.compile(
            r"(?<![\w+-])(?:(?:\+|00)44[ -]?(?:\(0\)[ -]?)?|\(?0)(?=[1-9])\d(?:[ ().-]{0,2}\d){8,9}(?![\w-])"
            r"|(?<![\w+])\+(?!44)[1-9]\d{0,2}(?:[ ().-]{0,2}\d){7,11}(?![\w-])"
        ),
    ),
    Detector(
        "a postcode",
        re.compile(
            r"(?<![A-Za-z0-9])[A-Za-z]{1,2}\d[A-Za-z\d]?[ -]{0,2}\d[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}(?![A-Za-z0-9])"
        ),
        _is_postcode,
    ),
)
"""What is so particular that any text may be looked through for it."""

_BORN: Final = Detector(
    "a date of birth",
    re.compile(rf"(?i)\b(?:d\.?o\.?b\b\.?|born|birth\w*|birthday)\W{{1,3}}(?:(?:is|was|on|the)\W){{0,3}}{_DAY}"),
)
_STREET: Final = Detector(
    "an address",
    re.compile(
        r"\b\d{1,4}[A-Za-z]?,? (?:[A-Z][\w'-]+ ){1,3}"
        r"(?:Road|Rd|Street|St|Avenue|Ave|Lane|Close|Drive|Way|Crescent|Terrace|Court|Gardens|Grove|Place|Walk|Hill)\b"
    ),
)
_TITLED: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Revd?|Sir|Dame)\b\.? [A-Z]\w*")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_BEGINS_A_SENTENCE: Final = re.compile(r"(?:^|[.!?:;]\s+)[\"'(]*$")


def numbers_in(text: str) -> Iterator[str]:
    """The kinds of numbers and addresses that the text holds, each once."""
    for detector in NUMBERS:
        if any(detector.holds(found.group()) for found in detector.pattern.finditer(text)):
            yield detector.kind


def found_in(text: str) -> Iterator[str]:
    """The kinds of what tells who someone is that the text holds, each once: numbers, addresses, names, births."""
    yield from numbers_in(text)
    for detector in (_BORN, _STREET):
        if detector.pattern.search(text):
            yield detector.kind
    if holds_name(text):
        yield "a name"


def holds_name(text: str) -> bool:
    """Whether the text holds what looks like a name: a title and a word, or a word with a capital letter that is none
    of those that the case schema itself is written in. The first word of a sentence counts only where the next has a
    capital too; of words in capitals alone two together.
    """
    if _TITLED.search(text):
        return True
    words = [word for word in _WORD.finditer(text) if word.group()[0].isupper()]
    likely = [word for word in words if not word.group().isupper() and word.group().casefold() not in _vocabulary()]
    starts = {word.start() for word in words}
    if any(not _BEGINS_A_SENTENCE.search(text[: word.start()]) or word.end() + 1 in starts for word in likely):
        return True
    shouted = [word for word in words if len(word.group()) > 2 and word.group().casefold() not in _vocabulary()]
    return any(before.end() + 1 == after.start() for before, after in pairwise(shouted))


def is_known_wording(text: str) -> bool:
    """Whether the text is a few words of those that the case schema itself is written in."""
    words = re.findall(r"[^\W\d_]+", text)
    is_plain = text.isprintable() and not any(sign.isdigit() for sign in text)
    return is_plain and 0 < len(words) <= 6 and all(word.casefold() in _vocabulary() for word in words)


@cache
def _vocabulary() -> frozenset[str]:
    """The words in which the case schema tells of itself, and those of the calendar."""
    calendar = """
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday christmas easter english british
    """
    words = set(calendar.split())
    nodes: list[Any] = [case_schema()]
    while nodes:
        node = nodes.pop()
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            if key in ("title", "description") and isinstance(value, str):
                words.update(re.findall(r"[^\W\d_]+", value.casefold()))
            elif isinstance(value, dict | list):
                nodes.append(value)
    return frozenset(words)
