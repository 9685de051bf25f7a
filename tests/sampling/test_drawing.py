"""Which cases a sample holds."""

import json
import tracemalloc
from collections import Counter
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecheck.errors import UsageProblem
from casecheck.groups import compile_group
from casecheck.records.sources import SourceRecord, Unreadable
from casecheck.sampling import drawing
from casecheck.sampling.drawing import draw, rank

AS_AT = date(2012, 4, 23).toordinal()
TEAM = [compile_group("team")]


class Given:
    """Records in memory, as a source: JSON as text, or what cannot be read."""

    def __init__(self, *records, name="cases.jsonl"):
        self.name = name
        self._records = records

    def records(self):
        for number, record in enumerate(self._records, 1):
            broken = isinstance(record, str)
            yield Unreadable(number, "", record) if broken else SourceRecord(number, json.dumps(record).encode())


def child(name, team=None, **more):
    workers = [{"worker_id": "w", "role": "social_worker", "team": team, "start_date": "2012-01-10"}] if team else []
    episode = {"referral_date": "2012-01-10", "care_worker_details": workers}
    return {"la_child_id": str(name), "social_care_episodes": [episode], **more}


def names(sample):
    return [name for name, _ in sample.records]


def drawn(records, size, seed=1, by=()):
    return draw([Given(*records)], size, seed, by, AS_AT)


CHILDREN = [child(number, f"team {number % 3}") for number in range(60)]


@given(
    st.integers(0, 2**63 - 1), st.integers(1, 70), st.randoms(use_true_random=False), st.integers(1, 6), st.booleans()
)
def test_neither_the_order_of_records_nor_the_number_of_sources_makes_a_difference(
    seed, size, chance, parts, stratified
):
    by = TEAM if stratified else []
    expected = drawn(CHILDREN, size, seed, by)
    shuffled = list(CHILDREN)
    chance.shuffle(shuffled)
    sources = [Given(*shuffled[part::parts]) for part in range(parts)]
    assert draw(sources, size, seed, by, AS_AT) == expected
    assert len(expected.records) == min(size, 60)
    assert names(expected) == sorted(names(expected))


def test_the_records_are_those_that_were_read():
    sample = drawn(CHILDREN, 60)
    assert {name: json.loads(data) for name, data in sample.records} == {each["la_child_id"]: each for each in CHILDREN}
    assert (sample.read, sample.cases, sample.purged, sample.invalid) == (60, 60, 0, ())


def test_a_larger_sample_of_a_seed_holds_the_smaller():
    for size in range(1, 60):
        assert set(names(drawn(CHILDREN, size))) < set(names(drawn(CHILDREN, size + 1)))


def test_other_seeds_draw_other_samples():
    assert len({tuple(names(drawn(CHILDREN, 10, seed))) for seed in range(50)}) == 50


def test_every_set_of_cases_is_as_likely_as_any_other():
    # 10 sets of 2 of 5 cases, 5,000 seeds: chi-squared with 9 degrees of freedom, 27.9 at one in a thousand.
    ids = ["7", "a", "Ä", "case 1", "case 2"]
    found = Counter(frozenset(sorted(ids, key=lambda each: rank(seed, each))[:2]) for seed in range(5000))
    chi_squared = sum((found[frozenset(each)] - 500) ** 2 / 500 for each in combinations(ids, 2))
    assert chi_squared < 27.9


def test_every_case_is_as_likely_to_be_drawn_as_any_other_of_its_stratum():
    # 5 of 20, of which a quarter is in one team: 2,000 seeds.
    children = [child(number, "small" if number < 5 else "large") for number in range(20)]
    found = Counter(name for seed in range(400) for name in names(drawn(children, 4, seed, TEAM)))
    assert sum(found[str(number)] for number in range(5)) == 400
    assert all(50 <= found[str(number)] <= 112 for number in range(20))


def test_strata_are_told_with_their_cases_and_how_many_are_drawn():
    children = [child(number, "East" if number < 6 else "West") for number in range(9)] + [child("x")]
    sample = drawn(children, 5, by=TEAM)
    assert [tuple(each) for each in sample.strata] == [(("East",), 6, 3), (("West",), 3, 1), (("none recorded",), 1, 1)]
    assert "x" in names(sample)


def test_fields_are_crossed():
    children = [child(name, team, sex=None) for name, team in (("a", "East"), ("b", "West"))]
    sample = drawn(children, 5, by=[*TEAM, compile_group("age")])
    assert [each.values for each in sample.strata] == [("East", "not held"), ("West", "not held")]


def test_fewer_cases_than_asked_for_are_all_drawn():
    assert len(drawn(CHILDREN[:3], 20).records) == 3
    assert drawn([], 20).records == ()


def test_what_is_invalid_purged_or_second_is_never_drawn_and_is_told():
    wrong = [
        child("a"),
        {"la_child_id": "b", "social_care_episodes": 5},
        "is cut off",
        {**child("c"), "purge": True},
        child("a", "East"),
        {"name": "x"},
        {"la_child_id": "\n"},
    ]
    for seed in range(5):
        sample = drawn(wrong, 20, seed)
        assert names(sample) == ["a"]
        assert json.loads(sample.records[0][1]) == wrong[0]
        assert (sample.read, sample.cases, sample.purged) == (6, 1, 1)
        assert [(each.source, each.record) for each in sample.invalid] == [
            ("cases.jsonl", "b"),
            ("cases.jsonl", 3),
            ("cases.jsonl", "a"),
            ("cases.jsonl", 6),
            ("cases.jsonl", 7),
        ]
        assert "another record before this one has the same id" in sample.invalid[2].message


def test_a_record_that_is_no_object_is_told():
    (wrong,) = drawn([[]], 5).invalid
    assert (wrong.record, wrong.message) == (1, "is a list of 0; a case record should be an object, { ... }")


def test_a_field_of_too_many_values_makes_no_strata(monkeypatch):
    monkeypatch.setattr(drawing, "MOST_STRATA", 2)
    with pytest.raises(UsageProblem, match="--by team: has more than 2 values"):
        drawn(CHILDREN, 5, by=TEAM)


def test_how_far_it_has_come_is_told():
    told: list[int] = []
    draw([Given(*(child(number) for number in range(600)))], 5, 1, progress=told.append)
    assert told == [250, 250]


def test_no_more_records_are_kept_than_may_be_drawn():
    # A thousand records of 100 kB, of which two may be drawn, in the memory of a few.
    class Large(Given):
        def records(self):
            for number in range(1000):
                yield SourceRecord(number, json.dumps(child(number, local={"text": "x" * 100_000})).encode())

    tracemalloc.start()
    draw([Large()], 2, 1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000


def test_the_rank_of_a_case_never_changes():
    """So that a sample drawn today can be drawn again with later versions."""
    order = sorted(range(10), key=lambda number: rank(4711, f"case-{number}"))
    assert order == [8, 9, 6, 7, 1, 4, 2, 5, 3, 0]
