"""Ids met already."""

import random

from casecheck.records.seen import RECENT, Seen


def test_an_id_is_new_once_however_many_have_come_since():
    seen = Seen()
    ids = [f"child-{number}".encode() for number in range(5 * RECENT + 7)]
    random.Random(1).shuffle(ids)
    assert all(seen.add(each) for each in ids)
    assert not any(seen.add(each) for each in ids)
    assert seen.add(b"child-x")
    assert not seen.add(b"child-x")
