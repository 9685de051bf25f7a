"""Made-up case records are alike on every machine, keep to the schema, and are as rich as real ones."""

import gzip
from collections import Counter
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import pairwise

import orjson
import pytest
from click.testing import CliRunner

from casecheck.auditing import audit_case, auditor
from casecheck.calendar import add_months, birthday
from casecheck.cli.main import cli
from casecheck.generating import case_record, case_records, child
from casecheck.generating.chance import Chance, weighted
from casecheck.records.case import CARE_LEAVERS
from casecheck.records.derived import case_as_at
from casecheck.records.schema import sections
from casecheck.records.validation import is_valid, unknown_properties
from casecheck.rules.loading import load_pack
from casecheck.rules.packs import shipped_packs
from casecheck.rules.reading import fields_read

AS_AT = date(2012, 4, 23).toordinal()
ENOUGH = 3000
"""Records among which even the rarest turns of a life occur."""

AUDITED = 2000
"""Records among which every standard is met and missed."""


@cache
def made():
    return tuple(case_records(ENOUGH, 0, AS_AT))


@cache
def audited():
    """The first records held against the pack, as at the day up to which they are lived."""
    ready = auditor(load_pack("southampton-2012"), AS_AT, add_months(AS_AT, -12))
    return [audit_case(ready, case_as_at(record, AS_AT, ready.reads)) for record in made()[:AUDITED]]


def findings():
    """How many findings of a rule have an outcome, by both."""
    return Counter((each["rule"], each["outcome"]) for case in audited() for each in case["findings"])


def run(*options):
    return CliRunner().invoke(cli, ["generate", *options], catch_exceptions=False)


# --- the same everywhere ----------------------------------------------------------------------------------------------


def test_the_records_of_a_seed_are_these_bytes_on_every_machine_and_python():
    lines = b"".join(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in case_records(40, 7, AS_AT))
    assert sha256(lines).hexdigest()[:16] == "8cae6bac77971c62"


def test_a_record_is_the_same_however_many_are_made():
    assert list(case_records(3, 0, AS_AT)) == list(made()[:3])
    assert case_record(0, 1000, AS_AT) == made()[999]


def test_other_seeds_make_other_children():
    assert case_record(0, 1, AS_AT) != case_record(1, 1, AS_AT)


def test_no_two_records_share_an_id_even_of_different_seeds():
    ids = [record["la_child_id"] for seed in (0, 1, 11) for record in case_records(150, seed, AS_AT)]
    assert len(set(ids)) == len(ids)


def test_chance_keeps_within_its_bounds_and_reaches_both():
    chance = Chance("bounds")
    assert {chance.below(3) for _ in range(100)} == {0, 1, 2}
    assert {chance.between(5, 6) for _ in range(50)} == {5, 6}
    assert chance.between(5, 4) == 5
    assert chance.below(0) == 0
    assert not any(chance.percent(0) for _ in range(50))
    assert all(chance.percent(100) for _ in range(50))
    assert weighted({"often": 2, "once": 1}) == ("often", "often", "once")


# --- valid, and without doubt -----------------------------------------------------------------------------------------


def test_every_record_keeps_to_the_schema_and_names_only_what_it_knows():
    for record in made():
        assert is_valid(orjson.loads(orjson.dumps(record)))
        assert not unknown_properties(record)


@pytest.mark.parametrize("as_at", [AS_AT, date(2024, 2, 29).toordinal(), date(1991, 10, 14).toordinal()])
def test_no_record_holds_an_impossible_date_or_one_after_the_day_up_to_which_it_is_lived(as_at):
    for record in case_records(400, 3, as_at):
        assert case_as_at(record, as_at).notes == []


def test_no_record_holds_a_name_an_address_or_a_number_of_a_person():
    personal = {"first_name", "surname", "postcode", "home_postcode", "unique_pupil_number", "mis_child_id"}
    for record in made():
        assert not personal & {name for _, row in walk(record) for name in row}


# --- plausible --------------------------------------------------------------------------------------------------------


def walk(row, path=()):
    """Each record of the case with its path, the child itself first."""
    yield path, row
    for name, held in row.items():
        inner = (*path, name)
        if inner in sections():
            for each in held if isinstance(held, list) else [held]:
                yield from walk(each, inner)


def test_a_record_is_about_7_kilobytes_on_average():
    size = sum(len(orjson.dumps(record)) for record in made()) / ENOUGH
    assert 6200 < size < 7800


def test_every_section_of_the_schema_occurs():
    found = {path for record in made() for path, _ in walk(record)}
    expected = {path for path, section in sections().items() if not section.derived}
    assert expected - found == {("coverage",)}


@pytest.mark.parametrize("pack", sorted(shipped_packs()))
def test_every_field_that_a_shipped_rule_reads_is_held_somewhere(pack):
    held = {(path, name) for record in made() for path, row in walk(record) for name in row}
    rules = load_pack(pack)
    for rule in rules.rules:
        for path, fields in fields_read(rule, rules.terms).items():
            if path and path != CARE_LEAVERS and not sections()[path].derived:
                assert {(path, name) for name in fields} <= held, rule.id


@pytest.mark.parametrize("flag", ["father_included_flag", "reviewing_officer_met_child_flag", "attended_flag"])
def test_what_is_asked_of_a_record_is_now_shown_and_now_not(flag):
    assert {row[flag] for record in made() for _, row in walk(record) if flag in row} == {True, False}


def test_every_episode_holds_all_sections_be_they_empty():
    episode = ("social_care_episodes",)
    must = {
        section.name
        for path, section in sections().items()
        if path[:-1] == episode and not section.derived and not section.absent_is_empty
    }
    for record in made():
        for held in record["social_care_episodes"]:
            assert must <= set(held)


def test_children_are_of_every_age_up_to_20():
    born = [date.fromisoformat(record["child_details"]["date_of_birth"]).toordinal() for record in made()]
    ages = {next(age for age in range(40) if birthday(day, age + 1) > AS_AT) for day in born}
    assert ages == set(range(21))


def test_young_people_leave_care_when_the_law_makes_them_eligible():
    leaving = 0
    for record in made():
        said = any("care_leavers" in each for each in record["social_care_episodes"])
        case = case_as_at(record, AS_AT)
        assert said == any(each.children["care_leavers"] for each in case.root.children["social_care_episodes"] or ())
        leaving += said
    assert leaving > 50


def test_most_supervisions_are_within_a_month_of_the_last_and_some_are_late():
    waits = []
    for record in made():
        for episode in record["social_care_episodes"]:
            held = [episode["referral_date"], *(each["supervision_date"] for each in episode["supervisions"])]
            days = [date.fromisoformat(each).toordinal() for each in held]
            waits += [later <= add_months(earlier, 1) for earlier, later in pairwise(days)]
    assert 0.80 < sum(waits) / len(waits) < 0.98


# --- held against standards ------------------------------------------------------------------------------------------


def test_every_standard_is_met_in_some_cases_and_missed_in_fewer():
    found = findings()
    rules = {rule for rule, _ in found}
    assert len(rules) == len(load_pack("southampton-2012").rules)
    for rule in rules:
        assert 0 < found[rule, "fail"] < found[rule, "pass"], rule


def test_on_the_whole_a_standard_is_missed_in_5_to_30_of_100_cases():
    found = findings()
    rates = {rule: found[rule, "fail"] / (found[rule, "fail"] + found[rule, "pass"]) for rule, _ in found}
    assert sum(0.05 <= rate <= 0.30 for rate in rates.values()) > 0.85 * len(rates)
    assert 0.10 < sum(rates.values()) / len(rates) < 0.20


def test_nothing_that_a_standard_asks_is_left_out_of_a_record():
    assert not {rule for (rule, outcome), _ in findings().items() if outcome == "unknown"}


def test_about_half_of_the_cases_are_adequate():
    found = Counter(case["adequate"] for case in audited())
    assert 0.45 < found[True] / AUDITED < 0.65
    assert found[None] < 0.05 * AUDITED


LEFT_TO_CHANCE = {
    *("adoption-placement-in-time", "assessment-up-to-date", "complex-case-experienced-worker", "worker-continuity"),
    *("core-group-between-reviews", "looked-after-assessment-up-to-date", "no-bed-and-breakfast"),
    *("suitable-accommodation", "looked-after-visits-parent-care-order", "looked-after-visits-across-moves"),
    *("legal-planning-in-time", "proceedings-issued-in-time", "voluntary-accommodation-reviewed"),
    *("connected-person-assessed-in-time", "placement-stability", "placement-provider-judged-good"),
    "no-bed-and-breakfast-looked-after",
}
"""The standards that a life may miss though the work on it is in time and thorough: other homes, workers, courts."""


def test_where_all_work_is_in_time_and_thorough_standards_are_missed_only_by_chance(monkeypatch):
    monkeypatch.setattr(child, "PRACTICE", dict.fromkeys(child.PRACTICE, (0, 0)))
    ready = auditor(load_pack("southampton-2012"), AS_AT, add_months(AS_AT, -12))
    for record in case_records(600, 0, AS_AT):
        found = audit_case(ready, case_as_at(record, AS_AT, ready.reads))["findings"]
        assert {each["rule"] for each in found if each["outcome"] == "fail"} <= LEFT_TO_CHANCE, record["la_child_id"]


def test_some_teams_work_better_than_others():
    adequate: Counter[str] = Counter()
    cases: Counter[str] = Counter()
    for record, case in zip(made(), audited(), strict=False):
        [*_, worker] = record["social_care_episodes"][-1]["care_worker_details"] or [{}]
        if case["adequate"] is not None and worker.get("role") == "social_worker":
            adequate[worker["team"]] += case["adequate"]
            cases[worker["team"]] += 1
    east, west = "Protection and court east", "Protection and court west"
    assert adequate[east] / cases[east] > 1.2 * adequate[west] / cases[west]


def test_nothing_of_an_episode_comes_before_its_referral():
    for record in made():
        for episode in record["social_care_episodes"]:
            rows = [row for _, row in walk(episode, ("social_care_episodes",))]
            days = [row[name] for row in rows for name in row if name.endswith("_date") and row[name] is not None]
            assert min(days) == episode["referral_date"], record["la_child_id"]


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_prints_a_record_a_line():
    result = run("--number", "3")
    assert result.exit_code == 0
    assert [orjson.loads(line) for line in result.stdout.splitlines()] == list(made()[:3])


def test_the_command_takes_another_seed_and_another_day():
    [line] = run("--number", "1", "--seed", "5", "--as-at", "2024-03-31").stdout.splitlines()
    assert orjson.loads(line) == case_record(5, 1, date(2024, 3, 31).toordinal())


def test_a_file_holds_what_would_be_printed(tmp_path):
    target = tmp_path / "made.jsonl"
    assert run("--number", "2", "--output", str(target)).exit_code == 0
    assert target.read_text(encoding="utf-8") == run("--number", "2").stdout


def test_a_gzipped_file_holds_the_same_and_neither_its_name_nor_the_time(tmp_path):
    one, other = tmp_path / "one.jsonl.gz", tmp_path / "other.jsonl.gz"
    run("--number", "2", "--output", str(one))
    run("--number", "2", "--output", str(other))
    assert one.read_bytes() == other.read_bytes()
    assert gzip.decompress(one.read_bytes()).decode() == run("--number", "2").stdout


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--as-at", "23 April 2012"], "--as-at: is no day such as 2012-04-23"),
        (["--as-at", "2012-02-30"], "--as-at: is no day such as 2012-04-23"),
        (["--as-at", "1991-10-13"], "from 1991-10-14 to 2099-12-31"),
        (["--as-at", "2100-01-01"], "from 1991-10-14 to 2099-12-31"),
        (["--output", "made.json"], "made.json: is no .jsonl or .jsonl.gz file"),
        (["--number", "0"], "0 is not in the range x>=1"),
        (["--seed", "-1"], "-1 is not in the range x>=0"),
    ],
)
def test_a_wrong_call_is_told_and_ends_with_exit_code_2(options, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(*options)
    assert result.exit_code == 2
    assert told in result.stderr
    assert list(tmp_path.iterdir()) == []
