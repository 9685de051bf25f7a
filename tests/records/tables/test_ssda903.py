"""The return of children looked after, as CSV files and as XML: what becomes of it in the record."""

from tests.records.tables.making import as_xml, read, records, write_return


def test_the_files_of_a_return_are_one_source_and_each_child_one_record(tmp_path):
    source, found, unreadable = read(write_return(tmp_path / "return-2018"))
    assert (source.name, source.format, source.reference_date) == ("return-2018", "ssda903", "2018-03-31")
    assert (list(found), unreadable) == (["100", "200", "300"], [])
    assert source.notes == ("taken to cover the year to 31 March 2018, by the dates that it holds",)


def test_what_the_tables_say_of_a_child_stands_in_one_record(tmp_path):
    child = records(write_return(tmp_path))["100"]
    assert child["child_details"] == {
        "date_of_birth": "2008-03-27",
        "sex": "F",
        "ethnicity": "WROM",
        "uasc_flag": False,
    }
    (episode,) = child["social_care_episodes"]
    assert [
        (row["start_date"], row["end_date"], row["start_reason"]) for row in episode["child_looked_after_placements"]
    ] == [
        ("2016-06-15", "2017-08-14", "S"),
        ("2017-08-14", "2017-10-02", "L"),
        ("2017-10-02", None, "P"),
    ]
    first = episode["child_looked_after_placements"][0]
    assert {name: first[name] for name in first if not name.endswith(("date", "start_reason"))} == {
        "legal_status": "C1",
        "primary_need_code": "N1",
        "placement_type": "U4",
        "placement_provider": "PR1",
        "end_reason": "X1",
        "change_reason": "CARPL",
        "placement_urn": "8969628",
    }
    assert episode["looked_after_reviews"] == [
        {"review_date": "2017-07-01", "review_participation": "PN1"},
        {"review_date": "2017-12-05", "review_participation": "PN4"},
    ]
    assert episode["missing_episodes"] == []


def test_xml_says_the_same_as_the_csv_files(tmp_path):
    (tmp_path / "return.xml").write_text(as_xml(), encoding="utf-8")
    source, found, _ = read(tmp_path / "return.xml")
    assert (source.name, source.format, source.reference_date) == ("return.xml", "ssda903", "2018-03-31")
    assert {child: record for child, (record, _) in found.items()} == records(write_return(tmp_path / "csv"))
