"""Children in Need census returns, as untidy as they come."""

import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from casecheck.records import census
from casecheck.records.building import build
from casecheck.records.census import read_census, read_header
from casecheck.records.census_coverage import CARRIED, covered_by
from casecheck.records.census_layout import census_names
from casecheck.records.json_source import SourceRecord
from casecheck.records.schema import sections, sections_named
from casecheck.records.sources import find_sources
from casecheck.records.streams import Content, Hashed
from casecheck.records.validation import errors, is_valid, unknown_properties

REAL = Path(__file__).parents[3] / "shared" / "data" / "cin_census"
DATE_OF_RETURN = "2024-03-31"

CHILD = """
<Child>
  <ChildIdentifiers> stray
    <LAchildID> C 1 </LAchildID><UPN>A123456789123</UPN><UPNunknown>UN3</UPNunknown>PersonBirthDate
    <PersonBirthDate>2015-03-27Z</PersonBirthDate><GenderCurrent>2</GenderCurrent>
  </ChildIdentifiers>
  <ChildCharacteristics><Ethnicity>WBRI</Ethnicity>
    <Disabilities><Disability>HAND</Disability><Disability/><Disability>HEAR</Disability></Disabilities>
  </ChildCharacteristics>
  <CINdetails>
    <CINreferralDate>
      2023-05-02
    </CINreferralDate>
    <ReferralSource>1A</ReferralSource><PrimaryNeedCode>N4</PrimaryNeedCode>
    <CINclosureDate/><ReasonForClosure></ReasonForClosure>
    <DateOfInitialCPC>2023-12-06</DateOfInitialCPC>
    <Assessments>
      <AssessmentActualStartDate>2023-05-03+01:00</AssessmentActualStartDate>
      <AssessmentInternalReviewDate>2023-05-20</AssessmentInternalReviewDate>
      <AssessmentAuthorisationDate>2023-06-01T00:00:00</AssessmentAuthorisationDate>
      <FactorsIdentifiedAtAssessment><AssessmentFactors>2A</AssessmentFactors><AssessmentFactors>4B</AssessmentFactors>
      </FactorsIdentifiedAtAssessment>
    </Assessments>
    <Assessments><AssessmentActualStartDate>2024-02-01</AssessmentActualStartDate><FactorsIdentifiedAtAssessment/></Assessments>
    <CINPlanDates><CINPlanStartDate>2023-06-02</CINPlanStartDate><CINPlanEndDate>2023-06-30</CINPlanEndDate></CINPlanDates>
    <CINPlanDates/>
    <Section47>
      <S47ActualStartDate>2023-06-10</S47ActualStartDate><InitialCPCtarget>2023-07-03</InitialCPCtarget>
      <DateOfInitialCPC>2023-06-30</DateOfInitialCPC><ICPCnotRequired>0</ICPCnotRequired>
    </Section47>
    <Section47><S47ActualStartDate>2024-01-10</S47ActualStartDate><ICPCnotRequired>TRUE</ICPCnotRequired></Section47>
    <ReferralNFA>false</ReferralNFA>
    <ChildProtectionPlans>
      <CPPstartDate>2023-06-30</CPPstartDate><InitialCategoryOfAbuse>PHY</InitialCategoryOfAbuse>
      <LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse><NumberOfPreviousCPP>1</NumberOfPreviousCPP>
      <Reviews><CPPreviewDate>2023-09-20</CPPreviewDate> and <CPPreviewDate>2024-02-28</CPPreviewDate></Reviews>
    </ChildProtectionPlans>
  </CINdetails>
</Child>
"""


def a_return(*children, date=DATE_OF_RETURN, start="", root="Message", collection="CIN"):
    header = f"<Collection>{collection}</Collection><Year>2024</Year><ReferenceDate>{date}</ReferenceDate>"
    return (
        f"{start}<{root}><Header><CollectionDetails>{header}</CollectionDetails></Header>"
        f"<Children>{' - '.join(children)}</Children></{root}>"
    ).encode()


def a_child(details="", identifiers="<LAchildID>X</LAchildID>"):
    return f"<Child><ChildIdentifiers>{identifiers}</ChildIdentifiers>{details}</Child>"


def read(data) -> Any:
    """All that a return gives, by the reference date of its own header."""
    date = read_header(data[:65536]).reference_date
    return list(read_census(Content(Hashed(io.BytesIO(data)), gzipped=False), date))


def read_one(data):
    """The record and the notes of a return with one child."""
    (found,) = read(data)
    record = json.loads(found.data)
    if "la_child_id" in record:
        assert is_valid(record), errors(record)
        assert unknown_properties(record) == set()
    return record, found.notes


def read_episode(details, **head):
    record, notes = read_one(a_return(a_child(f"<CINdetails>{details}</CINdetails>"), **head))
    (episode,) = record["social_care_episodes"]
    return episode, notes


def test_a_child_becomes_a_case_record_in_the_words_of_the_schema():
    record, notes = read_one(a_return(CHILD))
    coverage = record.pop("coverage")
    assert record == {
        "la_child_id": "C 1",
        "child_details": {
            "date_of_birth": "2015-03-27",
            "sex": "F",
            "ethnicity": "WBRI",
            "disabilities": ["HAND", "HEAR"],
        },
        "social_care_episodes": [
            {
                "referral_date": "2023-05-02",
                "referral_source": "1A",
                "primary_need_code": "N4",
                "referral_no_further_action_flag": False,
                "child_and_family_assessments": [
                    {
                        "start_date": "2023-05-03",
                        "internal_review_date": "2023-05-20",
                        "authorisation_date": "2023-06-01",
                        "assessment_type": "child_and_family",
                        "factors": ["2A", "4B"],
                    },
                    {"start_date": "2024-02-01", "assessment_type": "child_and_family", "factors": []},
                ],
                "section_47_assessments": [
                    {
                        "start_date": "2023-06-10",
                        "icpc_target_date": "2023-07-03",
                        "icpc_date": "2023-06-30",
                        "icpc_required_flag": True,
                    },
                    {"start_date": "2024-01-10", "icpc_required_flag": False},
                ],
                "initial_child_protection_conferences": [{"icpc_date": "2023-06-30"}, {"icpc_date": "2023-12-06"}],
                "child_in_need_plans": [{"start_date": "2023-06-02", "end_date": "2023-06-30"}],
                "child_protection_plans": [
                    {
                        "start_date": "2023-06-30",
                        "initial_category": "PHY",
                        "latest_category": "NEG",
                        "previous_plan_count": 1,
                        "child_protection_reviews": [{"review_date": "2023-09-20"}, {"review_date": "2024-02-28"}],
                    }
                ],
            }
        ],
    }
    assert coverage["to"] == DATE_OF_RETURN
    assert notes == ()


def test_what_a_return_calls_a_field_is_told_of_every_field_that_is_read_from_it():
    dates = "<ExpectedPersonBirthDate>2015-03-30</ExpectedPersonBirthDate><PersonDeathDate>2024-01-05</PersonDeathDate>"
    whole = CHILD.replace("<CINclosureDate/>", "<CINclosureDate>2024-03-01</CINclosureDate>")
    whole = whole.replace("<ReasonForClosure></ReasonForClosure>", "<ReasonForClosure>RC7</ReasonForClosure>")
    whole = whole.replace("</PersonBirthDate>", f"</PersonBirthDate>{dates}")
    whole = whole.replace("<Reviews>", "<CPPendDate>2024-03-01</CPPendDate><Reviews>")
    record, _ = read_one(a_return(whole))
    del record["coverage"]
    told = {section if not field else (section, field) for section, field in census_names()}
    assert set(names_in(record, "child")) - {("child_and_family_assessments", "assessment_type")} == told | {
        "child_details",
        "initial_child_protection_conferences",
        "child_protection_reviews",
    }


def names_in(value, section):
    """The sections, and the fields with their section, of a record."""
    for name, each in value.items():
        rows = each if isinstance(each, list) else [each]
        if any(isinstance(row, dict) for row in rows):
            yield name
            for row in rows:
                yield from names_in(row, name)
        else:
            yield section, name


def test_what_a_return_calls_a_field_is_an_element_of_the_published_layouts():
    schemas = "".join(path.read_text(encoding="utf-8") for path in REAL.glob("*.xsd"))
    if not schemas:
        pytest.skip("the published schemas are not here")
    for element in {element for elements in census_names().values() for element in elements}:
        assert f'name="{element}"' in schemas, element


def test_pupil_numbers_are_not_carried_over():
    (found,) = read(a_return(CHILD))
    assert b"A123456789123" not in found.data


@pytest.mark.parametrize(
    ("start", "root"),
    [
        ('<?xml version="1.0" encoding="utf-8"?>\n', "Message"),
        ("\ufeff \n<?xml version='1.0'?><!-- made by hand --><?print it?>\n", "Message"),
        ("", 'x:Message xmlns:x="urn:x"'),
    ],
)
def test_a_return_is_read_with_comments_namespaces_and_what_stands_before_it(start, root):
    data = a_return(CHILD, start=start, root=root).replace(b'</x:Message xmlns:x="urn:x">', b"</x:Message>")
    if root != "Message":
        for name in (b"Child", b"CINdetails", b"CPPreviewDate", b"Header", b"ReferenceDate"):
            data = data.replace(b"<" + name + b">", b"<x:" + name + b">").replace(
                b"</" + name + b">", b"</x:" + name + b">"
            )
    data = data.replace(b"2023-05-02", b"2023<!-- of the -->-05<?print it?>-02")
    assert read_header(data).reference_date == DATE_OF_RETURN
    record, _ = read_one(data)
    assert record["social_care_episodes"][0]["referral_date"] == "2023-05-02"


@pytest.mark.parametrize(
    ("element", "sex"),
    [
        ("<GenderCurrent>1</GenderCurrent>", "M"),
        ("<GenderCurrent>9</GenderCurrent>", "U"),
        ("<Sex>M</Sex>", "M"),
        ("<Sex>2</Sex>", "F"),
        ("<Sex>f</Sex>", "F"),
        ("<Sex/>", None),
    ],
)
def test_sex_is_read_in_the_codes_of_every_year(element, sex):
    record, notes = read_one(a_return(a_child(identifiers="<LAchildID>X</LAchildID>" + element)))
    assert record["child_details"].get("sex") == sex
    assert notes == ()


def test_an_unborn_child_has_no_date_of_birth():
    identifiers = "<LAchildID>X</LAchildID><ExpectedPersonBirthDate>2024-06-01</ExpectedPersonBirthDate>"
    record, _ = read_one(a_return(a_child(identifiers=identifiers)))
    assert record["child_details"] == {"expected_date_of_birth": "2024-06-01", "date_of_birth": None}


@pytest.mark.parametrize("identifiers", ["", "<LAchildID/>", "<LAchildID> \n </LAchildID>"])
def test_a_child_without_a_number_is_a_record_without_one_and_so_not_valid(identifiers):
    record, _ = read_one(a_return(a_child(identifiers=identifiers)))
    assert not is_valid(record)
    assert errors(record)[0].message.startswith("has no la_child_id")


def test_children_with_one_number_are_left_to_the_audit():
    assert [json.loads(each.data)["la_child_id"] for each in read(a_return(a_child(), a_child()))] == ["X", "X"]


def test_text_that_is_no_date_is_noted_and_taken_as_not_known():
    long = "x" * 1024**2
    episode, notes = read_episode(
        f"<CINreferralDate>02/05/2023</CINreferralDate><CINclosureDate>{long}</CINclosureDate>"
        "<Assessments><AssessmentActualStartDate>soon</AssessmentActualStartDate></Assessments>"
    )
    assert (episode["referral_date"], episode["closure_date"]) == ("0000-00-00", "0000-00-00")
    assert episode["child_and_family_assessments"][0]["start_date"] == "0000-00-00"
    right = "it should be a day such as 2012-04-23 (year-month-day), and it is taken as not known"
    place = "/social_care_episodes/0"
    assert [tuple(note) for note in notes] == [
        (f"{place}/referral_date", f"is 02/05/2023 in the return; {right}"),
        (f"{place}/closure_date", f"is text of 1,048,576 characters in the return; {right}"),
        (f"{place}/child_and_family_assessments/0/start_date", f"is text of 4 characters in the return; {right}"),
    ]


def test_a_day_that_no_calendar_has_is_left_to_whoever_builds_the_case():
    episode, notes = read_episode("<CINreferralDate>2023-02-31</CINreferralDate>")
    assert episode["referral_date"] == "2023-02-31"
    assert notes == ()


def test_a_record_without_its_own_date_is_kept_and_noted():
    episode, notes = read_episode(
        "<Section47><S47ActualStartDate/><ICPCnotRequired>1</ICPCnotRequired></Section47>"
        "<ChildProtectionPlans><Reviews><CPPreviewDate/></Reviews><CPPendDate>2023-06-01</CPPendDate></ChildProtectionPlans>"
    )
    assert episode["section_47_assessments"] == [{"icpc_required_flag": False}]
    assert episode["child_protection_plans"] == [
        {"end_date": "2023-06-01", "child_protection_reviews": [{"review_date": "0000-00-00"}]}
    ]
    place = "/social_care_episodes/0"
    assert {note.pointer for note in notes} == {
        f"{place}/referral_date",
        f"{place}/section_47_assessments/0/start_date",
        f"{place}/child_protection_plans/0/start_date",
        f"{place}/child_protection_plans/0/child_protection_reviews/0/review_date",
    }


def test_codes_flags_and_counts_that_are_none_are_noted_and_left_out():
    episode, notes = read_episode(
        "<CINreferralDate>2023-05-02</CINreferralDate><ReferralNFA>maybe</ReferralNFA>"
        f"<ReferralSource>{'a name and address':>30}</ReferralSource><PrimaryNeedCode>{'x' * 21}</PrimaryNeedCode>"
        "<ChildProtectionPlans><CPPstartDate>2023-05-03</CPPstartDate><NumberOfPreviousCPP>two</NumberOfPreviousCPP>"
        "</ChildProtectionPlans>"
    )
    assert "referral_no_further_action_flag" not in episode
    assert "primary_need_code" not in episode
    assert "previous_plan_count" not in episode["child_protection_plans"][0]
    assert [note.message for note in notes] == [
        "is text of 5 characters in the return; it should be 0, 1, true or false, and it is left out",
        "is text of 21 characters in the return; it should be a code of at most 20 characters, and it is left out",
        "is text of 3 characters in the return; it should be a whole number, and it is left out",
    ]


def test_an_element_given_twice_counts_once_and_is_noted():
    episode, notes = read_episode(
        "<CINreferralDate>2023-05-02</CINreferralDate><CINreferralDate>2023-06-02</CINreferralDate>"
    )
    assert episode["referral_date"] == "2023-05-02"
    assert [note.message for note in notes] == ["is given more than once; the first counts"]


def test_an_unknown_element_is_noted_with_the_first_child_that_has_it():
    strange = a_child("<CINdetails><CINreferralDate>2023-05-02</CINreferralDate><Shoes/></CINdetails><Hat>1</Hat>")
    first, second = read(a_return(strange, strange))
    assert [tuple(note) for note in first.notes] == [
        ("", "has an element Hat in the return, which is not known and not read"),
        ("/social_care_episodes/0", "has an element Shoes in the return, which is not known and not read"),
    ]
    assert second.notes == ()


def test_a_case_without_anything_in_it_is_passed_over():
    record, notes = read_one(a_return(a_child("<CINdetails> - <Assessments/><Section47> </Section47></CINdetails>")))
    assert record["social_care_episodes"] == []
    assert notes == ()


REFERRED = "<CINreferralDate>2023-05-02</CINreferralDate>"
ENQUIRY = "<Section47><S47ActualStartDate>{}</S47ActualStartDate><ICPCnotRequired>0</ICPCnotRequired></Section47>"


@pytest.mark.parametrize(
    ("conference", "icpc_date"),
    [("2023-06-09", None), ("2023-06-10", "0000-00-00"), ("2023-06-30", "0000-00-00"), ("?", "0000-00-00")],
)
def test_a_conference_of_the_case_may_be_that_of_an_enquiry_without_one(conference, icpc_date):
    details = f"{REFERRED}<DateOfInitialCPC>{conference}</DateOfInitialCPC>{ENQUIRY.format('2023-06-10')}"
    episode, notes = read_episode(details)
    assert episode["section_47_assessments"][0].get("icpc_date") == icpc_date
    assert len(episode["initial_child_protection_conferences"]) == 1
    pointers = [note.pointer for note in notes]
    assert ("/social_care_episodes/0/section_47_assessments/0/icpc_date" in pointers) == (icpc_date is not None)


def test_an_enquiry_without_a_conference_in_the_return_has_none():
    episode, notes = read_episode(REFERRED + ENQUIRY.format("2023-06-10"))
    assert episode["section_47_assessments"] == [{"start_date": "2023-06-10", "icpc_required_flag": True}]
    assert episode["initial_child_protection_conferences"] == []
    assert notes == ()


@pytest.mark.parametrize(("began", "notes_expected"), [("2023-04-01", 0), ("2023-03-31", 2)])
def test_what_is_open_since_before_the_collection_year_is_noted_as_unlikely(began, notes_expected):
    assessment = f"<Assessments><AssessmentActualStartDate>{began}</AssessmentActualStartDate></Assessments>"
    _, notes = read_episode(REFERRED + ENQUIRY.format(began) + assessment)
    assert len(notes) == notes_expected
    assert all("check 87" in note.message for note in notes)


def test_the_record_says_from_when_and_until_when_the_return_holds_what():
    record, _ = read_one(a_return(a_child()))
    coverage = record["coverage"]
    assert coverage["to"] == "2024-03-31"
    assert set(coverage["from"].values()) == {"2023-04-01"}
    assert {path for name in coverage["from"] for path in (section.path for section in sections_named(name))} == set(
        CARRIED
    )


@pytest.mark.parametrize(
    ("date", "since"), [("2024-03-31", "2023-04-01"), ("2023-03-31", "2022-04-01"), ("2024-02-29", "2023-03-01")]
)
def test_the_collection_year_is_the_year_that_ends_on_the_reference_date(date, since):
    assert covered_by(date).since == since


def test_what_a_return_cannot_hold_is_never_taken_as_empty():
    record, _ = read_one(a_return(CHILD))
    not_held = {section.path for name in record["coverage"]["not_held"] for section in sections_named(name)}
    taken_as_empty = {path for path, section in sections().items() if section.absent_is_empty and not section.derived}
    assert taken_as_empty - set(CARRIED) <= not_held
    assert not not_held & set(CARRIED)
    case = build(record, 738976)
    (episode,) = case.root.children["social_care_episodes"] or []
    for name in (
        "care_worker_details",
        "child_looked_after_placements",
        "adoption",
        "supervisions",
        "looked_after_visits",
    ):
        assert episode.children[name] is None
    assert case.coverage.problems == ()


PLAN = "<ChildProtectionPlans><CPPstartDate>{}</CPPstartDate><Reviews>{}</Reviews></ChildProtectionPlans>"


@pytest.mark.parametrize(
    ("began", "reviews", "since"),
    [
        ("2023-05-01", ["2023-07-20"], "2023-04-01"),
        ("2022-11-01", [], "2023-04-01"),
        ("2022-11-01", ["2023-04-02"], "2023-04-01"),
        ("2022-11-01", ["2023-07-20", "2023-01-31"], "2023-01-31"),
        ("2022-11-01", ["2022-10-31", "2023-07-20"], "2023-04-01"),
        ("2022-11-01", ["2023-02-31", "?"], "2023-04-01"),
    ],
)
def test_reviews_are_held_from_the_year_or_from_the_earliest_that_is_given(began, reviews, since):
    days = "".join(f"<CPPreviewDate>{day}</CPPreviewDate>" for day in reviews)
    record, _ = read_one(a_return(a_child(f"<CINdetails>{REFERRED}{PLAN.format(began, days)}</CINdetails>")))
    assert record["coverage"]["from"]["child_protection_reviews"] == since
    assert record["coverage"]["from"]["child_protection_plans"] == "2023-04-01"


@pytest.mark.parametrize("date", ["", "31/03/2024", "2024-02-31"])
def test_a_return_without_a_reference_date_holds_no_reviews_and_says_so_once(date):
    first, second = read(a_return(a_child(), a_child(), date=date))
    coverage = json.loads(first.data)["coverage"]
    assert "to" not in coverage
    assert "from" not in coverage
    assert "child_protection_reviews" in coverage["not_held"]
    assert [note.message.startswith("the return has no ReferenceDate") for note in first.notes] == [True]
    assert second.notes == ()


@pytest.mark.parametrize(
    ("date", "details", "held"),
    [
        ("2021-03-31", "", False),
        ("2021-03-31", "<CINPlanDates><CINPlanStartDate>2020-06-02</CINPlanStartDate></CINPlanDates>", True),
        ("2022-03-31", "", True),
    ],
)
def test_child_in_need_plans_are_held_since_they_are_collected(date, details, held):
    record, _ = read_one(a_return(a_child(f"<CINdetails>{REFERRED}{details}</CINdetails>"), date=date))
    assert ("child_in_need_plans" not in record["coverage"]["not_held"]) == held


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
SECRET = "something that must not leak"


@pytest.mark.parametrize(
    "declared",
    [
        f"<!DOCTYPE Message [{LAUGHS}]>",
        '<!DOCTYPE Message [<!ENTITY l9 SYSTEM "{secret}">]>',
        '<!DOCTYPE Message SYSTEM "{secret}">',
        '<!DOCTYPE Message [<!ENTITY % d SYSTEM "{secret}"> %d;]>',
        f"<!-- {'long' * 40_000} --><!DOCTYPE Message [{LAUGHS}]>",
        "<!-- " + "long" * 40_000 + ' --><!DOCTYPE Message [<!ENTITY l9 SYSTEM "{secret}">]>',
    ],
)
@pytest.mark.parametrize("where", ["<LAchildID>&l9;</LAchildID>", '<LAchildID a="&l9;">X</LAchildID>'])
def test_entities_and_document_types_are_refused_and_nothing_leaks(tmp_path, declared, where):
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    file = tmp_path / "return.xml"
    start = '<?xml version="1.0"?>' + declared.replace("{secret}", secret.as_uri())
    file.write_bytes(a_return(a_child(identifiers=where), start=start))
    (source,) = find_sources([file])
    tracemalloc.start()
    found: Any = next(source.records())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (found.number, found.pointer) == (1, "")
    assert "DOCTYPE" in found.message or "not well-formed" in found.message
    assert SECRET not in found.message
    assert peak < 20_000_000


@pytest.mark.parametrize("inside", ["&nobody;", "&#0;", "<b>", "\x01", "<a b=c/>"])
def test_of_xml_that_is_not_well_formed_the_children_before_stay(inside):
    good, bad = read(a_return(a_child(), a_child(inside), a_child()))
    assert json.loads(good.data)["la_child_id"] == "X"
    assert bad.number == 2
    assert "not well-formed" in bad.message


def test_of_a_return_that_is_cut_off_the_children_before_stay():
    data = a_return(a_child(), a_child(), a_child())
    *_, cut = read(data[: data.rindex(b"<LAchildID>")])
    assert cut.number == 3
    assert cut.message == "is cut off or not well-formed: its XML ends at line 1 before it is closed"


def test_xml_nested_too_deep_is_not_well_formed():
    (found,) = read(a_return("<a>" * 100_000))
    assert "not well-formed" in found.message


def test_very_many_comments_before_the_root_are_passed_over():
    start = "<!-- a --><?b c?>" * 3000
    assert read_header(a_return(a_child(), start=start)[:65536]).problem is None
    assert len(read(a_return(a_child(), start=start))) == 1


def test_a_return_without_children_says_so():
    (found,) = read(a_return())
    assert found.message == "holds no case record: the return has no Child"


def test_elements_called_child_elsewhere_are_no_children():
    assert len(read(a_return(a_child("<CINdetails><Child>1</Child></CINdetails>")))) == 1


def test_a_child_without_end_is_given_up(monkeypatch):
    monkeypatch.setattr(census, "LONGEST_CHILD", 1024**2)
    endless = f"<Child><CINdetails>{ENQUIRY.format('2023-06-10') * 30_000}</CINdetails></Child>"
    *_, bad = read(a_return(a_child(), endless))
    assert bad.number == 2
    assert bad.message == "goes on for 1 MiB without a Child that ends; the rest is not read"


def test_two_thousand_children_are_read_in_flat_memory(tmp_path):
    def peak(number):
        file = tmp_path / f"{number}.xml"
        file.write_bytes(a_return(*[CHILD] * number))
        (source,) = find_sources([file])
        tracemalloc.start()
        assert sum(1 for _ in source.records()) == number
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(2000) < peak(500) + 500_000


@pytest.mark.skipif(not REAL.is_dir(), reason="the shared data are not here")
@pytest.mark.parametrize(
    ("name", "date", "numbers"),
    [
        ("CIN_Census_2021.xml", "2023-03-31", ["DfEX0000001"]),
        ("CIN_Census_2024.xml", "2024-03-31", ["DfEX0000001", "child_fails_assessments"]),
    ],
)
def test_the_real_returns_are_read(name, date, numbers):
    (source,) = find_sources([REAL / name])
    assert (source.format, source.reference_date) == ("census", date)
    records = [json.loads(each.data) for each in source.records() if not hasattr(each, "message")]
    assert [record["la_child_id"] for record in records] == numbers
    assert all(is_valid(record) for record in records)


RETURN_OF_LINES = """<Message><Header><CollectionDetails><Collection>CIN</Collection>
<ReferenceDate>2024-03-31</ReferenceDate></CollectionDetails></Header><Children>
<Child><ChildIdentifiers><LAchildID>1</LAchildID></ChildIdentifiers></Child>
<Child><ChildIdentifiers><LAchildID>2</LAchildID></ChildIdentifiers></Child>

<Child><ChildIdentifiers><LAchildID>3</LAchildID></ChildIdentifiers></Child></Children></Message>"""


def test_a_child_is_known_by_the_line_on_which_it_begins(tmp_path):
    file = tmp_path / "census.xml"
    file.write_text(RETURN_OF_LINES, encoding="utf-8")
    (source,) = find_sources([file])
    assert [record.line for record in source.records() if isinstance(record, SourceRecord)] == [3, 4, 6]
