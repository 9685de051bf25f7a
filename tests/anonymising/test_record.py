"""What becomes of each field in a copy."""

import json

import pytest

from casecheck.anonymising.fields import BIRTHS, TEXTS, is_removed
from casecheck.anonymising.reading import NEUTRAL, neutral, reading
from casecheck.anonymising.record import Asked, anonymised, in_month
from casecheck.records.schema import sections
from casecheck.records.validation import is_clean, is_valid
from casecheck.rules.loading import load_pack
from tests.hostile.test_privacy import MARK, marked_record

KEY = b"a key of tests, of thirty-two bytes"
REMOVED = {
    *("mis_child_id", "unique_pupil_number", "former_unique_pupil_number", "first_name", "surname"),
    *("postcode", "home_postcode", "death_date"),
}


@pytest.fixture(scope="module")
def reads():
    return reading(load_pack("southampton-2012"))


@pytest.fixture
def copied(reads):
    """The copy of a record, and what was done: `copied(record, shift_dates=True)`."""
    return lambda record, **how: anonymised(record, Asked(KEY, reads, **how))


def child(**details):
    return {"la_child_id": "1", "child_details": details}


def episode(**holds):
    return {"la_child_id": "1", "social_care_episodes": [{"referral_date": "2012-01-10", **holds}]}


def of_episode(copy):
    return copy["social_care_episodes"][0]


def test_every_field_of_a_person_is_a_birth_a_text_or_removed():
    """A new one is removed; whoever marks one reads here what becomes of it."""
    personal = [field for section in sections().values() for field in section.fields.values() if field.personal]
    assert {field.name for field in personal if is_removed(field)} == REMOVED
    assert {field.name for field in personal} == REMOVED | TEXTS | set(BIRTHS)


def test_of_a_record_with_everything_nothing_of_a_person_is_left(copied):
    record, _ = marked_record("case-4711")
    copy, done = copied(record)
    text = json.dumps(copy)
    assert MARK not in text
    assert "-07-17" not in text
    assert "4711" not in text
    assert "C-" not in text
    assert is_valid(copy)
    assert done["removed"] >= len(REMOVED)


def test_a_copy_is_clean_and_its_copy_has_no_more_to_remove(copied):
    record, _ = marked_record()
    copy, _ = copied(record)
    assert is_clean(copy)
    again, done = copied(copy)
    assert not any(done[name] for name in ("removed", "unknown", "local"))
    assert again.keys() == copy.keys()


def test_numbers_are_replaced_consistently_but_not_across_kinds(copied):
    worker = {"worker_id": "w1", "team": "w1", "start_date": "2012-01-10"}
    holds = of_episode(copied(episode(care_worker_details=[worker, worker]))[0])["care_worker_details"]
    assert holds[0] == holds[1]
    assert holds[0]["worker_id"] != holds[0]["team"]
    assert holds[0]["worker_id"].startswith("worker-")
    assert holds[0]["team"].startswith("team-")


def test_empty_and_left_out_stay_what_they_are(copied):
    copy, _ = copied(child(first_name=None, date_of_birth=None, postcode="SO14 7LY"))
    assert copy["child_details"] == {"first_name": None, "date_of_birth": None}
    assert copied({"la_child_id": "1", "child_details": None})[0]["child_details"] is None


def test_births_are_cut_to_the_month_and_say_so(copied):
    copy, _ = copied(child(date_of_birth="2003-05-14", expected_date_of_birth="2003-05-20"))
    assert copy["child_details"] == {
        "date_of_birth": "2003-05-01",
        "expected_date_of_birth": "2003-05-01",
        "birth_month_only_flag": True,
    }


@pytest.mark.parametrize(
    ("text", "day", "made"),
    [
        ("2012-02-14", 30, "2012-02-29"),
        ("2011-04-30", 1, "2011-04-01"),
        ("2012-02-31", 1, "2012-02-00"),
        ("2012-13-14", 7, "2012-13-00"),
    ],
)
def test_a_day_of_a_month(text, day, made):
    assert in_month(text, day) == made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("", ""),
        ("  ", "  "),
        ("he asked to see his sister", NEUTRAL),
        ("Statutory visit", "statutory"),
        ("STATUTORY/visit (3)", "statutory"),
        ("Statutory visit: bruise on his arm", NEUTRAL),
    ],
)
def test_free_text_becomes_a_word_that_standards_take_alike(reads, text, made):
    assert neutral(reads, "visit_purpose", text) == made


def test_where_no_single_word_is_taken_alike_the_neutral_one_stands(reads):
    two = reads._replace(more_than={"note": [("a b",), ("recorded",)]})
    assert neutral(two, "note", "a") in (NEUTRAL, "a b", "recorded")
    none = reads._replace(more_than={"note": [(NEUTRAL,), (NEUTRAL, "x")]})
    assert neutral(none, "note", "else") == NEUTRAL


@pytest.mark.parametrize(
    ("value", "kept"),
    [("N1", True), ("foster carer", True), ("Jane Smith", False), ("9434765919", False), ("M11AE", False)],
)
def test_codes_are_kept_and_what_is_none_is_replaced(copied, value, kept):
    made = of_episode(copied(episode(referral_source=value))[0])["referral_source"]
    assert (made == value) is kept
    assert kept or made.startswith("other-")


def test_a_number_too_large_for_a_count_is_left_empty(copied):
    scores = [{"date": "2012-01-10", "score": 20}, {"date": "2012-01-10", "score": 9434765919}]
    copy, _ = copied({"la_child_id": "1", "health_and_wellbeing": {"sdq_assessments": scores}})
    assert [each["score"] for each in copy["health_and_wellbeing"]["sdq_assessments"]] == [20, None]


def test_what_is_withdrawn_and_what_is_not_known_is_left_out(copied):
    holds = {
        "supervisions": [{"purge": True, "supervision_date": "2012-02-01"}, None, {"supervision_date": "2012-02-02"}],
        "adoption": {"purge": True, "matched_date": "2012-02-01"},
        "Jane Smith": "Jane Smith",
        "local": {"mum": "Jane"},
    }
    copy, done = copied(episode(**holds))
    assert of_episode(copy)["supervisions"] == [None, {"supervision_date": "2012-02-02"}]
    assert of_episode(copy)["adoption"] == {"purge": True}
    assert "Jane" not in json.dumps(copy)
    assert (done["unknown"], done["local"]) == (1, 1)


def test_of_local_fields_those_are_kept_that_the_pack_reads(reads):
    own = reads._replace(local=frozenset({"agreed", "day", "words", "list"}))
    local = {"agreed": True, "day": "2012-02-01", "words": "Jane agreed", "list": ["Jane"], "other": 7}
    copy, _ = anonymised(episode(local=local), Asked(KEY, own))
    assert of_episode(copy)["local"] == {"agreed": True, "day": "2012-02-01", "words": NEUTRAL, "list": None}
    assert "local" not in of_episode(anonymised(episode(local=None), Asked(KEY, own))[0])


def test_what_a_pack_reads_of_local_fields_and_words():
    pack = load_pack("southampton-2012")
    rule = pack.rules[0]._replace(where={"local.agreed": True, "any_of": [{"team": "Jigsaw"}]}, kind="recorded")
    found = reading(pack._replace(rules=(rule,), terms={}))
    assert found.local == {"agreed"}
    assert "Jigsaw" in found.values


def test_coverage_is_kept_but_for_what_names_no_section(copied):
    coverage = {
        "from": {"supervisions": "2012-02-01", "Jane Smith": "2012-02-01"},
        "to": "2012-03-31",
        "latest_only": ["social_care_episodes.supervisions", "Jane"],
        "not_held": None,
    }
    copy, _ = copied({"la_child_id": "1", "coverage": coverage}, shift_dates=True)
    assert copy["coverage"] == {
        "from": {"supervisions": "2012-02-01"},
        "to": "2012-03-31",
        "latest_only": ["social_care_episodes.supervisions"],
        "not_held": [],
    }


def test_dates_are_moved_together_by_whole_weeks(copied):
    record = episode(supervisions=[{"supervision_date": "2012-02-14"}, {"supervision_date": "2012-02-30"}])
    copy, _ = copied(record, shift_dates=True)
    moved = of_episode(copy)
    days = [moved["referral_date"], moved["supervisions"][0]["supervision_date"]]
    from datetime import date

    shifts = [
        (date.fromisoformat(after) - date.fromisoformat(before)).days
        for after, before in zip(days, ("2012-01-10", "2012-02-14"), strict=True)
    ]
    assert shifts[0] == shifts[1] != 0
    assert shifts[0] % 7 == 0
    assert abs(shifts[0]) <= 7 * 13
    assert moved["supervisions"][1]["supervision_date"] == "2012-02-30"
