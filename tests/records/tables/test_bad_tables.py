"""Tables as untidy as real ones: what is wrong is told with its place, and no wrong day is taken without a word."""

import gzip
import json

import pytest

from casecheck.records.sources import find_sources
from tests.records.tables.making import HEADINGS, ROWS, read, records, write_return

EPISODES = "/social_care_episodes/0"


def changed(name, old, new):
    return {name: [row.replace(old, new) for row in ROWS[name]]}


def reviews_of(record):
    return [each["review_date"] for each in record["social_care_episodes"][0]["looked_after_reviews"]]


def test_a_heading_misspelt_is_told_with_the_one_meant_and_the_table_is_not_held(tmp_path):
    headings = {**HEADINGS, "reviews": "CHILD,DOB,REVEIW,REVIEW_CODE"}
    source, found, unreadable = read(write_return(tmp_path, headings))
    assert unreadable == ["reviews.csv: cannot be read: it has no column REVIEW (did you mean its column REVEIW?)"]
    record, _ = found["100"]
    assert "looked_after_reviews" not in record["social_care_episodes"][0]
    assert record["social_care_episodes"][0]["child_looked_after_placements"]
    assert source.told()[0].problem is None


def test_a_misspelt_heading_of_the_column_that_names_a_child_is_told(tmp_path):
    _, _, unreadable = read(write_return(tmp_path, {**HEADINGS, "reviews": "CHLD,DOB,REVIEW,REVIEW_CODE"}))
    assert unreadable == ["reviews.csv: cannot be read: it has no column CHILD (did you mean its column CHLD?)"]


def test_a_column_that_is_not_needed_and_misspelt_is_told_and_not_read(tmp_path):
    headings = {**HEADINGS, "reviews": "CHILD,DOB,REVIEW,REVIEW CODES"}
    source, found, _ = read(write_return(tmp_path, headings))
    assert "reviews.csv: column REVIEW CODES is not known and not read; did you mean REVIEW_CODE?" in source.notes
    assert found["200"][0]["social_care_episodes"][0]["looked_after_reviews"] == [{"review_date": "2018-02-20"}]


def test_headings_are_told_without_capitals_blanks_and_marks(tmp_path):
    headings = {**HEADINGS, "reviews": " child , d.o.b.,Review,review-code"}
    assert records(write_return(tmp_path, headings)) == records(write_return(tmp_path / "as-usual"))


def test_a_table_that_is_not_there_is_not_held(tmp_path):
    folder = write_return(
        tmp_path, reviews=None, missing=None, placed_for_adoption=None, ad1=None, previous_permanence=None
    )
    source, _, _ = read(folder)
    assert source.notes[-1] == (
        "there is no table reviews, adoptions, placed_for_adoption and missing, so that what they would hold is not "
        "held"
    )
    found = records(folder)
    (episode,) = found["100"]["social_care_episodes"]
    assert {"looked_after_reviews", "missing_episodes", "adoption"}.isdisjoint(episode)
    assert "adoption" in found["100"]["coverage"]["not_held"]


def test_a_day_that_the_calendar_does_not_have_is_not_known_and_noted(tmp_path):
    _, found, _ = read(write_return(tmp_path, **changed("reviews", "05/12/2017", "31/02/2017")))
    record, notes = found["100"]
    assert reviews_of(record) == ["0000-00-00", "2017-07-01"]
    assert notes == [
        f"{EPISODES}/looked_after_reviews/0/review_date: reviews.csv, row 3, column REVIEW: is a day that the calendar "
        "does not have; taken as not known"
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("#N/A", "is an error of a spreadsheet program, such as #N/A"),
        ("########", "is an error of a spreadsheet program, such as #N/A"),
        ("43079", "looks like the number by which a spreadsheet program keeps a day"),
        ("05/12/17", "is a date whose year has not four digits"),
        ("soon", "is no date; it should be a day such as 23/04/2012 or 2012-04-23"),
        ("05/12/2071", None),
        ("05/12/0217", "is a date before 1900 or after 2100"),
    ],
)
def test_what_is_no_day_is_not_known_and_its_text_is_not_repeated(tmp_path, text, why):
    _, found, _ = read(write_return(tmp_path, **changed("reviews", "05/12/2017", text)))
    record, notes = found["100"]
    if why is None:
        assert (reviews_of(record)[1], notes) == ("2071-12-05", [])
        return
    assert "0000-00-00" in reviews_of(record)
    (note,) = notes
    assert why in note
    assert text not in note.replace("such as #N/A", "")


def test_an_end_that_cannot_be_read_does_not_leave_the_placement_open(tmp_path):
    _, found, _ = read(write_return(tmp_path, **changed("episodes", "14/08/2017,X1", "#REF!,X1")))
    record, notes = found["100"]
    assert record["social_care_episodes"][0]["child_looked_after_placements"][0]["end_date"] == "0000-00-00"
    assert "column DEC: is an error of a spreadsheet program" in notes[0]


@pytest.mark.parametrize("text", ["2017-12-05", "2017-12-05 00:00:00", "5.12.2017", "05-12-2017", "5 December 2017",
                                  "05-Dec-2017", "5th Dec 2017", "Tue, 5 Dec 2017", "05/12/2017 00:00", "20171205",
                                  " 05/12/2017\u00a0"])  # fmt: skip
def test_days_in_other_styles_are_read(tmp_path, text):
    row = f'100,27/03/2008,"{text}",PN4'
    assert reviews_of(records(write_return(tmp_path, reviews=[row]))["100"]) == ["2017-12-05"]


def test_where_one_day_can_only_be_month_first_those_that_may_be_either_are_not_known(tmp_path):
    rows = [*ROWS["reviews"], "300,14/02/2013,12/31/2017,PN1", "300,14/02/2013,05/05/2017,PN1"]
    source, found, _ = read(write_return(tmp_path, reviews=rows))
    assert (
        "reviews.csv: column REVIEW is read day first, but 1 of its dates can only be month first (row 5); these, and "
        "the 2 that could be read either way, are taken as not known"
    ) in source.notes
    assert reviews_of(found["100"][0]) == ["0000-00-00", "0000-00-00"]
    assert reviews_of(found["200"][0]) == ["2018-02-20"]
    assert reviews_of(found["300"][0]) == ["0000-00-00", "2017-05-05"]
    assert all("may be day first or month first" in note for note in found["100"][1])
    assert "can only be read month first, in a column that is read day first" in found["300"][1][0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_signs_between_cells_make_no_difference(tmp_path, encoding, delimiter):
    write_return(tmp_path)
    for file in tmp_path.iterdir():
        file.write_bytes(file.read_text().replace(",", delimiter).replace("\n", "\r\n").encode(encoding))
    assert records(tmp_path) == records(write_return(tmp_path / "as-usual"))


def test_text_that_is_not_utf_8_is_read_as_windows_1252_and_told(tmp_path):
    write_return(tmp_path)
    (tmp_path / "header.csv").write_bytes(b"Child,Sex,DOB,Ethnic,Name\n100,2,27/03/2008,WROM,Zo\xeb\n")
    source, found, _ = read(tmp_path)
    assert "header.csv: is not UTF-8 text; it is read as Windows-1252, so look at its accented letters" in source.notes
    assert found["100"][0]["child_details"]["ethnicity"] == "WROM"


def test_gzipped_tables_and_lines_above_the_headings_are_read(tmp_path):
    write_return(tmp_path, reviews=None)
    text = "\n".join(["Reviews,,,", "Printed on,01/04/2018,,", "", HEADINGS["reviews"], *ROWS["reviews"]])
    (tmp_path / "reviews.csv.gz").write_bytes(gzip.compress(text.encode()))
    assert records(tmp_path) == records(write_return(tmp_path / "as-usual"))


def test_ids_with_and_without_leading_zeros_are_one_child_where_no_table_has_both(tmp_path):
    _, found, _ = read(write_return(tmp_path, header=[row.replace("100,", "000100,", 1) for row in ROWS["header"]]))
    record, notes = found["000100"]
    assert "100" not in found
    assert record["child_details"]["sex"] == "F"
    assert len(reviews_of(record)) == 2
    assert notes == [
        "/la_child_id: 2 numbers that differ by leading zeros only, never both in one table, are taken for this child's"
    ]


def test_ids_that_differ_by_leading_zeros_in_one_table_are_two_children(tmp_path):
    source, found, _ = read(write_return(tmp_path, header=[*ROWS["header"], "0100,1,01/01/2010,WBRI,,,"]))
    assert found["0100"][0]["child_details"]["sex"] == "M"
    assert found["100"][0]["child_details"]["sex"] == "F"
    assert any("differ by leading zeros" in note for note in source.notes)


def test_blanks_that_are_not_seen_make_no_difference(tmp_path):
    rows = [row.replace("100,", "\u00a0100\u200b ,", 1) for row in ROWS["reviews"]]
    assert records(write_return(tmp_path, reviews=rows)) == records(write_return(tmp_path / "as-usual"))


def test_an_id_that_a_spreadsheet_program_rounded_names_no_one(tmp_path):
    source, found, _ = read(
        write_return(tmp_path, reviews=["5.67E+05,27/03/2008,01/07/2017,PN1", ",,01/07/2017,", ",,,"])
    )
    assert list(found) == ["100", "200", "300"]
    assert [note for note in source.notes if "left out" in note] == [
        "reviews.csv: 1 row left out: names no child",
        "reviews.csv: 1 row left out: the number of the child or the record was rounded by a spreadsheet program (such "
        "as 1.23E+05), so it names no one",
    ]


def test_a_row_with_more_cells_than_headings_may_be_shifted_so_nothing_of_it_is_known(tmp_path):
    _, found, _ = read(write_return(tmp_path, **changed("reviews", "100,27/03/2008,05", "100,27/03/2008,,05")))
    record, notes = found["100"]
    assert reviews_of(record) == ["0000-00-00", "2017-07-01"]
    assert "may be shifted" in notes[0]


def test_a_row_that_stands_twice_counts_once_and_two_that_contradict_are_not_known(tmp_path):
    header = [*ROWS["header"], ROWS["header"][0], "300,1,14/02/2014,ABAN,,,"]
    _, found, _ = read(write_return(tmp_path, header=header, reviews=[*ROWS["reviews"], ROWS["reviews"][0]]))
    assert reviews_of(found["100"][0]) == ["2017-07-01", "2017-12-05"]
    record, notes = found["300"]
    assert record["child_details"]["date_of_birth"] == "0000-00-00"
    assert "two rows of the child say different things" in notes[0]


def test_a_table_that_breaks_off_is_not_held_at_all(tmp_path):
    write_return(tmp_path)
    (tmp_path / "reviews.csv").write_text(HEADINGS["reviews"] + "\n" + ROWS["reviews"][0] + '\n100,"' + "x" * 140_000)
    _, found, unreadable = read(tmp_path)
    assert unreadable == [
        "reviews.csv: cannot be read after row 2: a cell or a row is longer than any real one; a quotation mark may be "
        "left open"
    ]
    assert "looked_after_reviews" not in found["100"][0]["social_care_episodes"][0]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x00", None),
        (b"100,27/03/2008,\x81,PN1\n", None),
        (b"100" + b",1" * 3_000_000, "after row 1: a cell or a row is longer than any real one"),
    ],
)
def test_what_is_no_text_or_no_table_is_told(tmp_path, data, why):
    (write_return(tmp_path) / "reviews.csv").write_bytes(HEADINGS["reviews"].encode() + b"\n" + data)
    _, found, unreadable = read(tmp_path)
    assert list(found) == ["100", "200", "300"]
    assert (why or "") in " ".join(unreadable)
    assert bool(unreadable) == bool(why)


def test_a_gzipped_table_that_is_cut_off_is_told(tmp_path):
    write_return(tmp_path, reviews=None)
    text = "\n".join([HEADINGS["reviews"], *(f"{place},,01/07/2017,PN1" for place in range(50_000))])
    (tmp_path / "reviews.csv.gz").write_bytes(gzip.compress(text.encode())[:-2_000])
    _, found, unreadable = read(tmp_path)
    assert list(found) == ["100", "200", "300"]
    assert "it is cut off or damaged" in unreadable[0]


def test_two_files_of_one_table_are_not_put_together(tmp_path):
    write_return(tmp_path)
    (tmp_path / "reviews-2017.csv").write_text("\n".join([HEADINGS["reviews"], *ROWS["reviews"]]))
    _, found, unreadable = read(tmp_path)
    assert "looked_after_reviews" not in found["100"][0]["social_care_episodes"][0]
    assert unreadable == [
        "reviews.csv: cannot be read: reviews-2017.csv is table reviews of this source too, so neither is used; put "
        "what belongs to another return or council in a folder of its own"
    ]


def test_tables_that_are_no_part_of_it_are_told_of(tmp_path):
    (write_return(tmp_path) / "costs.csv").write_text("Provider,Weekly cost\nA,100\n")
    (source,) = find_sources([tmp_path])
    assert "costs.csv stands beside and is none of the tables that are read" in source.notes


def test_nothing_personal_reaches_a_note(tmp_path):
    rows = {
        "header": ["100,7,Kim Doe,WROM-not-a-code-of-any-kind,D051910639385,,", "Kim Doe\x07,,,,,,"],
        "reviews": ["100,Kim Doe,Kim Doe,Kim Doe came with her mother"],
    }
    source, found, unreadable = read(write_return(tmp_path, **rows))
    said = json.dumps([source.notes, [notes for _, notes in found.values()], unreadable, source.told()])
    assert "Kim" not in said
    assert len(found["100"][1]) == 5
