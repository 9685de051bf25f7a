"""Lists that were drawn on a day and hold the last months: when that was, and what is not held before."""

import pytest

from casecheck.errors import UsageProblem
from casecheck.records.tables.loading import read_mapping
from tests.records.tables.making import read

HEAD = "mapping: ours\ntitle: Ours\n"
TABLES = (
    "tables:\n  visits:\n    child: ID\n    into: looked_after_visits\n"
    "    columns: {Visited: visit_date, Worker: not used}\n"
)
COVERS = "covers:\n  to: {latest_of: [visits.Visited]}\n  from: {looked_after_visits: 6 months}\n"


def wrong_with(text):
    with pytest.raises(UsageProblem) as raised:
        read_mapping(text.encode(), "ours.yaml")
    return list(raised.value.messages)


def coverage(folder, days, covers=COVERS):
    mapping = read_mapping((HEAD + covers + TABLES).encode(), "ours.yaml")
    rows = [f"{child},{day},W" for child, day in enumerate(days, 1)]
    (folder / "visits.csv").write_text("\n".join(["ID,Visited,Worker", *rows]) + "\n", encoding="utf-8")
    _, found, _ = read(folder, mapping)
    return found["1"][0]["coverage"]


def test_a_list_was_drawn_on_its_latest_day_and_holds_the_months_before_it(tmp_path):
    told = coverage(tmp_path, ["2024-02-29", "2023-11-05"])
    assert (told["to"], told["from"]) == ("2024-02-29", {"looked_after_visits": "2023-08-30"})


def test_where_there_is_no_day_nothing_is_said(tmp_path):
    told = coverage(tmp_path, ["soon", "later"])
    assert not {"to", "from"} & set(told)


@pytest.mark.parametrize(
    ("days", "drawn"),
    [
        (["2024-02-01"] * 19 + ["2032-02-29"], "2024-02-01"),  # one slip of the keys among 20
        (["2024-02-01"] * 3 + ["2032-02-29"], "2032-02-29"),  # of a few days it is not known which is the slip
        (["2024-02-01"] * 19 + ["2024-02-29"], "2024-02-29"),
        (["2024-02-01"] * 599 + ["2024-02-29"], "2024-02-01"),  # two in 600 are fewer than one in 200
        (["2024-02-01"] * 597 + ["2024-02-29"] * 3, "2024-02-29"),
        (["2024-02-01"] * 599 + ["2024-02-05"], "2024-02-05"),  # which comes soon after the others
        (["2024-02-01"] * 999 + ["2024-02-05", "2031-02-01", "2032-02-01"], "2024-02-05"),
        (["2024-02-01"] * 30, "2024-02-01"),
    ],
)
def test_slips_of_the_keys_move_nothing(tmp_path, days, drawn):
    assert coverage(tmp_path, days)["to"] == drawn


def test_months_need_a_day_to_count_from_and_the_latest_day_a_column_of_dates():
    covers = "covers:\n  from: {looked_after_visits: 6 months}\n"
    assert wrong_with(HEAD + covers + TABLES) == [
        "ours.yaml:4: `6 months` needs a day to count from: say under `to` when the source was drawn, as "
        "{latest_of: [TABLE.HEADING]}"
    ]
    assert wrong_with(HEAD + "covers:\n  to: {latest_of: [visits.Worker]}\n" + TABLES) == [
        "ours.yaml:4: `visits.Worker` is no column of dates; write TABLE.HEADING"
    ]


def test_a_date_that_is_set_to_not_held_is_not_known_and_nothing_else_can_be(tmp_path):
    lines = (
        "tables:\n  referrals:\n    child: ID\n    into: social_care_episodes\n    sets: {closure_date: not held}\n"
        "    columns: {Referred: referral_date}\n"
    )
    (tmp_path / "referrals.csv").write_text("ID,Referred\n1,2024-02-01\n", encoding="utf-8")
    _, found, _ = read(tmp_path, read_mapping((HEAD + lines).encode(), "ours.yaml"))
    assert found["1"][0]["social_care_episodes"] == [{"referral_date": "2024-02-01", "closure_date": "0000-00-00"}]
    flag = lines.replace("closure_date", "referral_no_further_action_flag")
    assert wrong_with(HEAD + flag) == [
        "ours.yaml:7: `referral_no_further_action_flag` cannot be `not held`; write true or false"
    ]


def test_rows_whose_child_only_another_table_tells_are_not_held_without_it(tmp_path):
    lines = (
        "tables:\n"
        "  plans: {child: ID, id: Plan, into: child_protection_plans, columns: {Plan: not used, Start: start_date}}\n"
        "  visits: {child: ID, into: child_protection_visits, columns: {Visited: visit_date, Worker: not used}}\n"
        "  reviews:\n    within: {of: plans, by: Plan number}\n    into: child_protection_reviews\n"
        "    columns: {Held: review_date}\n"
    )
    (tmp_path / "visits.csv").write_text("ID,Visited,Worker\n1,2024-02-01,W\n", encoding="utf-8")
    (tmp_path / "reviews.csv").write_text("Plan number,Held\n7,2024-02-01\n", encoding="utf-8")
    _, found, _ = read(tmp_path, read_mapping((HEAD + lines).encode(), "ours.yaml"))
    record = found["1"][0]
    assert "child_protection_plans" in record["coverage"]["not_held"]
    assert record["social_care_episodes"] == [{"child_protection_visits": [{"visit_date": "2024-02-01"}]}]
