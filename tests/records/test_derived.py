"""What is worked out on reading: placements, care periods and legal statuses."""

import pytest

from casecheck.calendar import DAYS, OPEN, UNKNOWN, iso
from casecheck.records.case import of_the_child, row_on
from casecheck.records.derived import case_as_at, placed_with


def derived(section, *rows, as_at="2012-04-23", **episode):
    data = {
        "la_child_id": "A",
        "social_care_episodes": [
            {"referral_date": "2008-01-01", "child_looked_after_placements": list(rows), **episode}
        ],
    }
    case = case_as_at(data, DAYS[as_at])
    return of_the_child(case, ("social_care_episodes", section))[0], case


def row(start, end=None, reason="S", ended=None, **fields):
    return {"start_date": start, "end_date": end, "start_reason": reason, "end_reason": ended, **fields}


def spans(found):
    names = {OPEN: None, UNKNOWN: "?"}
    return [
        (names.get(each.start) or iso(each.start), names[each.end] if each.end in names else iso(each.end))
        for each in found
    ]


@pytest.mark.parametrize("reason", ["L", "T", "U"])
def test_a_row_that_carries_a_placement_on_is_no_new_placement(reason):
    rows = row("2011-01-01", "2011-03-01", ended="X1"), row("2011-03-01", reason=reason)
    found, _ = derived("placements", *rows)
    assert spans(found) == [("2011-01-01", None)]


@pytest.mark.parametrize("reason", ["P", "B"])
def test_a_move_is_a_new_placement_in_the_same_care_period(reason):
    rows = row("2011-01-01", "2011-03-01", ended="X1"), row("2011-03-01", reason=reason)
    assert spans(derived("placements", *rows)[0]) == [("2011-01-01", "2011-03-01"), ("2011-03-01", None)]
    assert spans(derived("care_periods", *rows)[0]) == [("2011-01-01", None)]


def stays(*codes, back="F2", gap=False, home=None, **there):
    """Rows of a placement, of temporary stays, one after another, and of what followed them."""
    days = [f"2011-{month:02}-01" for month in range(1, len(codes) + 3)]
    kinds = ["F2", *codes, back]
    rows = [
        row(start, end, reason="S" if kind is kinds[0] and start == days[0] else "P", ended="X1", placement_type=kind)
        for start, end, kind in zip(days, [*days[1:], None], kinds, strict=True)
    ]
    rows[0] |= home or {}
    rows[-1] |= there
    if gap:
        rows[-1]["start_date"] = "2011-11-30"
    return rows


@pytest.mark.parametrize("codes", [("T0",), ("T1",), ("T2",), ("T3",), ("T4",), ("T1", "T3")])
def test_a_placement_goes_on_through_temporary_stays_to_which_the_child_returns(codes):
    (placement,), _ = derived("placements", *stays(*codes))
    assert spans([placement]) == [("2011-01-01", None)]
    assert row_on(placement, DAYS["2011-01-31"])["placement_type"] == "F2"
    assert row_on(placement, DAYS["2011-02-01"])["placement_type"] == codes[0]
    assert row_on(placement, DAYS["2011-02-01"])["placed_with"] == "other"
    assert row_on(placement, DAYS["2012-01-01"])["placement_type"] == "F2"


@pytest.mark.parametrize(
    "rows",
    [
        stays("T1", back="K2"),
        stays("T1", back="T1"),
        stays("F1"),
        stays("T1", gap=True),
        stays("T1", home={"placement_urn": "SC1"}, placement_urn="SC2"),
        stays("T1", home={"placement_provider": "PR1"}, placement_provider="PR4"),
        stays("T1")[:2],
        stays("T1")[1:],
    ],
)
def test_a_placement_ends_with_a_stay_from_which_the_child_comes_to_another_or_not_back_yet(rows):
    assert len(derived("placements", *rows)[0]) == len(rows)


def test_a_provider_that_only_one_row_tells_and_a_new_number_of_the_placement_make_no_other_place():
    rows = stays("T1", home={"placement_urn": "SC1", "child_looked_after_placement_id": "1"})
    rows[-1]["child_looked_after_placement_id"] = "3"
    assert len(derived("placements", *rows)[0]) == 1


def test_a_placement_goes_on_through_a_stay_within_which_the_legal_status_changed():
    first, stay, back = stays("T1")
    rows = (
        first,
        {**stay, "end_date": "2011-02-10"},
        {**stay, "start_date": "2011-02-10", "start_reason": "L"},
        back,
        row("2011-06-01", reason="L", placement_type="F2"),
    )
    rows[3]["end_date"] = "2011-06-01"
    assert spans(derived("placements", *rows)[0]) == [("2011-01-01", None)]


def test_a_row_joins_only_where_it_starts_on_the_earlier_ones_end():
    rows = row("2011-01-01", "2011-03-01", ended="X1"), row("2011-03-02", reason="T")
    found, _ = derived("placements", *rows)
    assert spans(found) == [("2011-01-01", "2011-03-01"), ("2011-03-02", None)]
    assert [each.began_before for each in found] == [False, True]


def test_the_fields_of_a_placement_on_a_day_are_those_of_the_row_in_force():
    rows = (
        row("2011-01-01", "2011-03-01", ended="X1", intended_to_last_until_18_flag=True),
        row("2011-03-01", reason="L", intended_to_last_until_18_flag=False),
    )
    placement = derived("placements", *rows)[0][0]
    assert row_on(placement, DAYS["2011-02-28"])["intended_to_last_until_18_flag"] is True
    assert row_on(placement, DAYS["2011-03-01"])["intended_to_last_until_18_flag"] is False


def test_care_ends_with_an_end_reason_other_than_x1_and_begins_again_with_s():
    rows = row("2011-01-01", "2011-03-01", ended="E4"), row("2011-06-01")
    assert spans(derived("care_periods", *rows)[0]) == [("2011-01-01", "2011-03-01"), ("2011-06-01", None)]


def test_an_end_without_a_reason_ends_care_unless_the_next_row_adjoins():
    apart = row("2011-01-01", "2011-03-01"), row("2011-03-02", reason="P")
    adjoining = row("2011-01-01", "2011-03-01"), row("2011-03-01", reason="P")
    assert spans(derived("care_periods", *apart)[0]) == [("2011-01-01", "2011-03-01"), ("2011-03-02", None)]
    assert spans(derived("care_periods", *adjoining)[0]) == [("2011-01-01", None)]


def test_care_that_goes_on_without_a_later_row_goes_on_and_is_noted():
    found, case = derived("care_periods", row("2011-01-01", "2011-03-01", ended="X1"))
    assert spans(found) == [("2011-01-01", None)]
    assert case.notes[0].message == "ends with X1, so care goes on, but no later placement is held"


def test_a_new_start_ends_the_period_before_it():
    found, _ = derived("care_periods", row("2011-01-01", "2011-06-01", ended="X1"), row("2011-03-01"))
    assert spans(found) == [("2011-01-01", "2011-03-01"), ("2011-03-01", None)]


def test_a_first_row_that_is_no_start_began_before_on_a_day_not_held():
    found, _ = derived("care_periods", row("2011-01-01", reason="P"))
    assert found[0].began_before is True


def test_a_row_of_unknown_dates_doubts_only_an_open_end():
    bad = row("2011-06-01", "2011-05-01", reason="P", ended="X1")
    assert spans(derived("care_periods", row("2011-01-01"), bad)[0]) == [("2011-01-01", "?")]
    ended = row("2011-01-01", "2011-03-01", ended="E4")
    assert spans(derived("care_periods", ended, bad)[0]) == [("2011-01-01", "2011-03-01")]
    assert spans(derived("care_periods", ended, {**bad, "start_reason": "S"})[0])[0] == ("?", "?")


def test_adjoining_rows_of_one_legal_status_are_one():
    statuses = [
        {"start_date": "2011-01-01", "end_date": "2011-02-01", "legal_status": "C1"},
        {"start_date": "2011-02-02", "end_date": "2011-03-01", "legal_status": "C1"},
        {"start_date": "2011-03-01", "legal_status": "C2"},
    ]
    found, _ = derived("legal_statuses", row("2011-01-01"), legal_statuses=statuses)
    assert spans(found) == [("2011-01-01", "2011-03-01"), ("2011-03-01", None)]


def test_legal_statuses_are_read_from_placement_rows_where_only_those_state_them():
    rows = (
        row("2011-01-01", "2011-03-01", ended="X1", legal_status="C1"),
        row("2011-03-01", reason="L", legal_status="C2"),
    )
    found, _ = derived("legal_statuses", *rows)
    assert [each.row["legal_status"] for each in found] == ["C1", "C2"]


def test_a_row_that_does_not_say_its_legal_status_leaves_it_unknown_and_one_of_none_has_none():
    rows = (
        row("2011-01-01", "2011-03-01", ended="X1", legal_status="C2"),
        row("2011-03-01", "2011-06-01", reason="L", ended="X1"),
        row("2011-06-01", reason="L", legal_status=None),
    )
    found, _ = derived("legal_statuses", *rows)
    assert [each.row.get("legal_status", "not held") for each in found] == ["C2", "not held"]


def test_what_is_not_held_of_placement_rows_is_not_held_of_the_statuses_read_from_them():
    data = {
        "la_child_id": "A",
        "coverage": {"from": {"child_looked_after_placements": "2012-03-01"}},
        "social_care_episodes": [
            {
                "referral_date": "2008-01-01",
                "child_looked_after_placements": [row("2012-03-02", legal_status="C2")],
            }
        ],
    }
    found = case_as_at(data, DAYS["2012-04-23"])
    assert found.coverage.since["social_care_episodes", "legal_statuses"] == DAYS["2012-03-01"]


def test_a_care_period_leaves_out_what_its_rows_leave_out():
    bare = {"start_date": "2011-01-01", "start_reason": "S"}
    assert set(derived("care_periods", bare)[0][0].row) == {"start_date", "start_reason"}


def test_a_child_of_no_placement_has_no_legal_status_and_one_of_rows_without_any_has_none_held():
    found, case = derived("legal_statuses")
    assert (len(found), of_the_child(case, ("social_care_episodes", "legal_statuses"))[1]) == (0, [])
    _, case = derived("legal_statuses", row("2011-01-01"))
    assert of_the_child(case, ("social_care_episodes", "legal_statuses"))[1] != ()


def test_where_placement_rows_are_not_held_nothing_is_worked_out_of_them():
    data = {
        "la_child_id": "A",
        "social_care_episodes": [{"referral_date": "2008-01-01"}],
        "coverage": {"not_held": ["child_looked_after_placements"]},
    }
    case = case_as_at(data, DAYS["2012-04-23"])
    for section in ("placements", "care_periods", "legal_statuses"):
        found, lacking = of_the_child(case, ("social_care_episodes", section))
        assert (len(found), len(lacking)) == (0, 1)


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("P1", "parent"),
        ("A5", "adoption"),
        ("F2", "foster_care"),
        ("Q1", "foster_care"),
        ("U4", "foster_care"),
        ("K2", "childrens_home"),
        ("H5", "other"),
        ("P2", "other"),
        (None, None),
    ],
)
def test_whom_a_child_is_placed_with_follows_from_the_placement_code(code, word):
    assert placed_with(code) == word
