"""The Standard Safeguarding Dataset as CSV files: what becomes of its tables, and that its names are those of the
case schema.
"""

import csv
import json
import re
from typing import Any

import pytest
from click.testing import CliRunner

from casecheck.cli.main import cli
from casecheck.records.schema import sections
from casecheck.records.tables.loading import shipped_mappings
from casecheck.records.validation import is_valid
from tests.records.tables.making import read

TABLES = {
    "ssd_person": [
        "pers_legacy_id,pers_person_id,pers_upn,pers_forename,pers_surname,pers_sex,pers_gender,pers_ethnicity,pers_dob,"
        "pers_single_unique_id,pers_upn_unknown,pers_send_flag,pers_expected_dob,pers_death_date,pers_is_mother,pers_nationality",
        ",1,A123,Xanthippe,Quillfeather,F,01,WBRI,2010-05-04 00:00:00.000,,NULL,N,,NULL,N,",
        ",2,,Zebedee,Marrowfat,M,01,OOTH,30/06/2002,,UN1,N,,,N,",
        ",3,,Xanthippe,Marrowfat,F,01,,2012-01-01,,,N,,,N,",
    ],
    "ssd_cin_episodes": [
        "cine_referral_id,cine_person_id,cine_referral_date,cine_cin_primary_need_code,cine_referral_source_code,"
        "cine_referral_source_desc,cine_referral_outcome_json,cine_referral_nfa,cine_close_reason,cine_close_date,"
        "cine_referral_team,cine_referral_worker_id",
        'R1,1,2022-01-04 00:00:00,N1,6,Police,"{""OUTCOME_NFA"":""N""}",N,,,T1,W1',
        "R2,2,2015-03-02,N1,1A,Individual,,N,RC1,2020-09-01,T1,W1",
        "R3,3,2021-03-02,N1,1A,Individual,,N,,,T1,W1",
    ],
    "ssd_cin_assessments": [
        "cina_assessment_id,cina_person_id,cina_referral_id,cina_assessment_start_date,cina_assessment_child_seen,"
        "cina_assessment_auth_date,cina_assessment_outcome_json,cina_assessment_outcome_nfa,cina_assessment_team,"
        "cina_assessment_worker_id",
        "A1,1,R1,2022-01-05,Y,2022-02-20,,N,T1,W1",
    ],
    "ssd_s47_enquiry": [
        "s47e_s47_enquiry_id,s47e_referral_id,s47e_person_id,s47e_s47_start_date,s47e_s47_end_date,s47e_s47_nfa,"
        "s47e_s47_outcome_json,s47e_s47_completed_by_worker_id,s47e_s47_completed_by_team",
        "S1,R1,1,2022-01-06,2022-01-20,N,,W1,T1",
        "S2,R3,3,2021-03-03,2021-03-10,Y,,W1,T1",
    ],
    "ssd_initial_cp_conference": [
        "icpc_icpc_id,icpc_icpc_meeting_id,icpc_s47_enquiry_id,icpc_person_id,icpc_cp_plan_id,icpc_referral_id,"
        "icpc_icpc_transfer_in,icpc_icpc_target_date,icpc_icpc_date,icpc_icpc_outcome_cp_flag,icpc_icpc_outcome_json,"
        "icpc_icpc_team,icpc_icpc_worker_id",
        "C1,M1,S1,1,P1,R1,N,2022-01-27,2022-01-25,Y,,T1,W1",
    ],
    "ssd_cp_plans": [
        "cppl_cp_plan_id,cppl_referral_id,cppl_icpc_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date,"
        "cppl_cp_plan_ola,cppl_cp_plan_initial_category,cppl_cp_plan_latest_category",
        "P1,R1,C1,1,2022-01-25,,N,NEG,EMO",
    ],
    "ssd_cp_reviews": [
        "cppr_cp_review_id,cppr_person_id,cppr_cp_plan_id,cppr_cp_review_due,cppr_cp_review_date,cppr_cp_review_meeting_id,"
        "cppr_cp_review_outcome_continue_cp,cppr_cp_review_quorate,cppr_cp_review_participation",
        "V1,1,P1,2022-04-25,2022-04-20,M2,Y,Y,PN1",
        "V2,1,P1,2022-10-20,,M3,,,",
    ],
    "ssd_cp_visits": [
        "cppv_cp_visit_id,cppv_person_id,cppv_cp_plan_id,cppv_cp_visit_date,cppv_cp_visit_seen,cppv_cp_visit_seen_alone,"
        "cppv_cp_visit_bedroom",
        "X1,1,P1,2022-02-01,Y,N,N",
    ],
    "ssd_cla_episodes": [
        "clae_cla_episode_id,clae_person_id,clae_cla_placement_id,clae_cla_episode_start_date,"
        "clae_cla_episode_start_reason,clae_cla_primary_need_code,clae_cla_episode_ceased_date,"
        "clae_cla_episode_ceased_reason,clae_cla_id,clae_referral_id,clae_cla_last_iro_contact_date,clae_entered_care_date",
        "E1,3,L1,2021-03-10,S,N1,2021-06-01,X1,K3,R3,,2021-03-10",
        "E2,3,L1,2021-06-01,L,N1,2021-09-01,X1,K3,R3,,2021-03-10",
        "E3,3,L2,2021-09-01,P,N1,,,K3,R3,,2021-03-10",
    ],
    "ssd_cla_placement": [
        "clap_cla_placement_id,clap_cla_id,clap_person_id,clap_cla_placement_start_date,clap_cla_placement_type,"
        "clap_cla_placement_urn,clap_cla_placement_distance,clap_cla_placement_provider,clap_cla_placement_postcode,"
        "clap_cla_placement_end_date,clap_cla_placement_change_reason",
        "L1,K3,3,2021-03-10,U4,SC1,3.5,PR1,ZZ1 1ZZ,2021-09-01,CARPL",
        "L2,K3,3,2021-09-01,U6,SC2,3.5,PR4,ZZ1 1ZZ,,",
    ],
    "ssd_legal_status": [
        "lega_legal_status_id,lega_person_id,lega_legal_status,lega_legal_status_start_date,lega_legal_status_end_date",
        "G1,3,V2,2021-03-10,2021-06-01",
        "G2,3,C2,2021-06-01,",
    ],
    "ssd_cla_reviews": [
        "clar_cla_review_id,clar_cla_id,clar_cla_review_due_date,clar_cla_review_date,clar_cla_review_cancelled,"
        "clar_cla_review_participation",
        "W1,K3,2021-04-07,2021-04-01,N,PN1",
        "W2,K3,2021-06-30,2021-06-28,N,PN1",
        "W3,K3,2021-12-28,2021-12-20,Y,",
    ],
    "ssd_cla_visits": [
        "clav_cla_visit_id,clav_cla_id,clav_person_id,clav_cla_visit_date,clav_cla_visit_seen,clav_cla_visit_seen_alone",
        "Y1,K3,3,2021-03-15,Y,Y",
        "Y2,K3,3,2022-04-28,Y,",
    ],
    "ssd_cla_health": [
        "clah_health_check_id,clah_person_id,clah_health_check_type,clah_health_check_date,clah_health_check_status",
        "H1,3,Health Assessment,2021-03-29,Completed",
        "H2,3,Dental Check,2022-03-29,Completed",
        "H3,3,Health Assessment,2022-04-01,Planned",
    ],
    "ssd_missing": [
        "miss_table_id,miss_person_id,miss_missing_episode_start_date,miss_missing_episode_type,"
        "miss_missing_episode_end_date,miss_missing_rhi_offered,miss_missing_rhi_accepted",
        "Z1,3,2022-02-01,M,2022-02-03,Y,Y",
    ],
    "ssd_care_leavers": [
        "clea_table_id,clea_person_id,clea_care_leaver_eligibility,clea_care_leaver_in_touch,"
        "clea_care_leaver_latest_contact,clea_care_leaver_accommodation,clea_care_leaver_accom_suitable,"
        "clea_care_leaver_activity,clea_pathway_plan_review_date,clea_care_leaver_personal_advisor,"
        "clea_care_leaver_allocated_team,clea_care_leaver_worker_id",
        "Q1,2,Former relevant child,Yes,2022-04-01,U,1,F2,2022-03-01,W9,T9,W9",
    ],
    "ssd_involvements": [
        "invo_involvements_id,invo_professional_id,invo_professional_role_id,invo_professional_team,"
        "invo_involvement_start_date,invo_involvement_end_date,invo_worker_change_reason,invo_person_id,invo_referral_id",
        "I1,W1,ALLOCATED CASE WORKER,T1,2022-01-05,,,1,R1",
        "I2,W1,Allocated Case Worker,T1,2021-03-04,,,3,R3",
    ],
    "ssd_contacts": [
        "cont_contact_id,cont_person_id,cont_contact_date,cont_contact_source_code,cont_contact_source_desc,cont_contact_outcome_json",
        "N1,99,2022-01-03,6,Police,",
    ],
}


def dataset(folder, **tables):
    """The CSV files of the dataset in a folder; `tables` stand instead of those above (None: no such file)."""
    folder.mkdir(exist_ok=True)
    for name, rows in {**TABLES, **tables}.items():
        if rows is not None:
            (folder / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def records(folder):
    _, found, unreadable = read(folder)
    assert not unreadable
    assert all(is_valid(record) for record, _ in found.values())
    return {child: record for child, (record, _) in found.items()}


def episode_of(record):
    (episode,) = record["social_care_episodes"]
    return episode


def test_the_tables_of_a_folder_are_one_source_and_each_child_one_record(tmp_path):
    source, found, unreadable = read(dataset(tmp_path / "ssd-2022"))
    assert (source.name, source.format, source.reference_date) == ("ssd-2022", "ssd", "2022-04-28")
    assert (sorted(found), unreadable) == (["1", "2", "3"], [])
    assert "ssd_contacts.csv stands beside and is none of the tables that are read" in source.notes


def test_a_conference_belongs_to_its_enquiry_and_reviews_to_their_plan(tmp_path):
    episode = episode_of(records(dataset(tmp_path))["1"])
    assert episode["section_47_assessments"] == [
        {
            "section_47_assessment_id": "S1",
            "start_date": "2022-01-06",
            "end_date": "2022-01-20",
            "icpc_date": "2022-01-25",
            "icpc_target_date": "2022-01-27",
        }
    ]
    assert episode["initial_child_protection_conferences"] == [
        {"icpc_date": "2022-01-25", "icpc_transfer_in_flag": False}
    ]
    (plan,) = episode["child_protection_plans"]
    assert plan["child_protection_reviews"] == [{"review_id": "V1", "review_date": "2022-04-20"}]
    assert [each["role"] for each in episode["care_worker_details"]] == ["social_worker"]


def test_the_rows_of_care_take_over_what_their_placements_say(tmp_path):
    episode = episode_of(records(dataset(tmp_path))["3"])
    fields = ("start_date", "end_date", "start_reason", "end_reason", "placement_type", "change_reason")
    assert [tuple(row.get(name) for name in fields) for row in episode["child_looked_after_placements"]] == [
        ("2021-03-10", "2021-06-01", "S", "X1", "U4", None),
        ("2021-06-01", "2021-09-01", "L", "X1", "U4", "CARPL"),
        ("2021-09-01", None, "P", None, "U6", None),
    ]


@pytest.mark.parametrize(("left_out", "types"), [("cla_episodes", ["U4", "U6"]), ("cla_placement", [None] * 3)])
def test_rows_of_care_without_placements_and_placements_without_rows_stand_alone(tmp_path, left_out, types):
    rows = episode_of(records(dataset(tmp_path, **{f"ssd_{left_out}": None}))["3"])["child_looked_after_placements"]
    assert [row.get("placement_type") for row in rows] == types


def test_cancelled_reviews_dental_checks_and_what_is_only_planned_are_left_out(tmp_path):
    episode = episode_of(records(dataset(tmp_path))["3"])
    assert [each["review_date"] for each in episode["looked_after_reviews"]] == ["2021-04-01", "2021-06-28"]
    assert [each["health_check_date"] for each in episode["health_assessments"]] == ["2021-03-29"]


def test_tables_that_are_not_there_are_not_held(tmp_path):
    record = records(dataset(tmp_path, ssd_initial_cp_conference=None, ssd_cla_visits=None, ssd_cin_plans=None))["1"]
    episode = episode_of(record)
    assert not {"initial_child_protection_conferences", "looked_after_visits", "child_in_need_plans"} & set(episode)
    assert "child_in_need_plans" in record["coverage"]["not_held"]
    assert episode["section_47_assessments"][0]["icpc_date"] == "0000-00-00"


def test_reviews_whose_children_another_table_names_are_not_held_without_it(tmp_path):
    episode = episode_of(records(dataset(tmp_path, ssd_cla_episodes=None))["3"])
    assert "looked_after_reviews" not in episode


def test_names_addresses_and_pupil_numbers_are_not_read(tmp_path):
    found = records(dataset(tmp_path))
    assert not re.search("Quillfeather|Zebedee|A123|ZZ1", json.dumps(found))


def test_the_dataset_is_audited_end_to_end(tmp_path):
    folder = dataset(tmp_path / "ssd")
    called = CliRunner().invoke(cli, ["audit", str(folder), "--format", "json", "--jobs", "1"])
    assert called.exit_code == 0, called.output
    result = json.loads(called.stdout)
    assert (result["as_at"], result["summary"]["cases"]["audited"]) == ("2022-04-28", 3)
    told = {rule["rule"]: rule["obligations"] for rule in result["summary"]["rules"]}
    judged = {
        rule: {outcome: number for outcome, number in each.items() if number and outcome != "unknown"}
        for rule, each in told.items()
    }
    failed = {rule: each for rule, each in judged.items() if each.keys() & {"late", "missed"}}
    assert failed == {  # all of them child 3, who was visited twice in a year, reviewed twice and never assessed
        "looked-after-assessment-up-to-date": {"missed": 1},
        "health-assessment-in-time": {"missed": 1},
        "looked-after-review-in-time": {"met": 1, "missed": 1},
        "looked-after-visits": {"late": 1, "missed": 1, "not_due": 1},
        "looked-after-visits-across-moves": {"late": 1, "not_due": 1},
    }
    met = {rule for rule, each in judged.items() if each.get("met") and rule not in failed}
    assert met == {
        "assessment-up-to-date",
        "case-allocated",
        "child-in-need-plan-held",
        "child-seen-in-assessment",
        "child-takes-part-in-review",
        "placement-stability",
        "review-conference-in-time",
        "worker-continuity",
    }


def failed(folder):
    """What fails in an audit: whose, by which rule, from when."""
    called = CliRunner().invoke(cli, ["audit", str(folder), "--as-at", "2022-04-28", "--format", "json", "--jobs", "1"])
    assert called.exit_code == 0, called.output
    return {
        (case["case_id"], finding["rule"], each["starts"])
        for case in json.loads(called.stdout)["cases"]
        for finding in case["findings"]
        for each in finding["obligations"]
        if each["outcome"] in ("late", "missed")
    }


def without_column(rows, name):
    heading, *others = csv.reader(rows)
    place = heading.index(name)
    return [",".join((*row[:place], *row[place + 1 :])) for row in (heading, *others)]


def test_nobody_fails_for_a_table_or_a_column_that_is_not_there(tmp_path):
    all_there = failed(dataset(tmp_path / "all"))
    assert len(all_there) == 6
    for name in TABLES:
        assert failed(dataset(tmp_path / name, **{name: None})) <= all_there, name
    for name in ("clae_cla_id", "clae_cla_episode_start_reason", "clae_cla_episode_ceased_reason", "clae_referral_id"):
        rows = without_column(TABLES["ssd_cla_episodes"], name)
        assert failed(dataset(tmp_path / name, ssd_cla_episodes=rows)) <= all_there, name


# --- the names of the dataset and those of the case schema ------------------------------------------------------------

NOT_READ = {
    "pers_upn": "a number of a person, which no standard reads",
    "pers_forename": "a name",
    "pers_surname": "a name",
    "link_identifier_value": "a number of a person",
    "addr_address_postcode": "an address",
    "clap_cla_placement_postcode": "an address",
    "disa_disability_code": "a row a disability, of one list",
    "cinf_assessment_factors_json": "JSON in a cell, of a row of another table",
    "immi_immigration_status": "a row a status, of which one is asylum",
    "immi_immigration_status_end_date": "as above",
    "miss_missing_rhi_offered": "whether, where the record has when",
}
"""Columns that the schema names and the mapping does not read, and why."""


def columns_of_the_schema():
    """(table, column) -> the fields that the schema says hold it, as (section, field)."""
    named: dict[tuple[str, str], set[Any]] = {}
    for path, section in sections().items():
        for field in () if section.derived else section.fields.values():
            for table, column in re.findall(r"(ssd_[a-z0-9_]+)\.([a-z0-9_]+)", f"{field.source} {field.ssd or ''}"):
                named.setdefault((table, column), set()).add((path, field.name))
    return named


def test_the_mapping_reads_each_column_that_the_schema_names_into_the_field_that_it_names():
    (mapping,) = [each for each in shipped_mappings() if each.id == "ssd"]
    reads: dict[tuple[str, str], Any] = {}
    children: set[Any] = set()
    for table in mapping.tables:
        file = mapping.table(table.rows_of).files[0] if table.rows_of else table.files[0]
        for column in table.columns:
            if column.field is not None:
                reads.setdefault((file, column.heading), set()).add((column.section, column.field))
        children.add((file, table.child_heading))
    wanted = {
        ("".join(table.split("_")), column): fields
        for (table, column), fields in columns_of_the_schema().items()
        if column not in NOT_READ
    }
    assert ("ssdperson", "pers_person_id") in children
    missing = {key for key, fields in wanted.items() if key not in children and not fields & reads.get(key, set())}
    assert missing == set()
    known = {column for _, column in columns_of_the_schema()}
    assert set(NOT_READ) <= known
