"""Hostile records through every format of the report: escaped, whole, harmless."""

import csv
import io
import json
import re

import pytest
from lxml import etree, html

from casecheck.reports.formats import FORMATS

MARKUP = "<script>window.ran = 1</script>\"'><img src=x onerror=x>"
HOSTILE = f"=1+1 {MARKUP}\u202e\u2066\x00\x1b[31m\r\n::error::x %0A|`x`*y*@all #1"
NOTE = "n" * 10_000_000
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """Two records: one with hostile text wherever text may stand, one with a note of ten megabytes."""
    worker = {"worker_id": HOSTILE, "team": HOSTILE, "start_date": "2012-01-10"}
    supervision = {"supervision_date": "2012-02-26", "notes": NOTE, "local": {HOSTILE: NOTE}}
    episode = {
        "referral_date": "2012-01-10",
        "referral_no_further_action_flag": False,
        "care_worker_details": [worker],
        "supervisions": [supervision],
        HOSTILE: HOSTILE,
    }
    record = {
        "la_child_id": "=cmd|' /C calc'!A0<b>",
        "social_care_episodes": [episode],
        HOSTILE: NOTE,
        "local": {"x": HOSTILE},
    }
    plain = {"la_child_id": "plain", "social_care_episodes": [{"referral_date": "2012-01-10", "supervisions": []}]}
    file = tmp_path_factory.mktemp("hostile") / "cases & <b>.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in (record, plain)), encoding="utf-8")
    return file


@pytest.fixture
def report(casecheck, file, tmp_path):
    def made(form):
        if form == "pdf":
            pytest.importorskip("typst", reason="typst, which sets the PDF, is not installed")
        out = tmp_path / "report"
        result = casecheck("audit", file, "--as-at", "2012-04-23", "--by", "team", "--format", form, "--output", out)
        assert result.exit_code == 0, result.stderr
        return out.read_bytes()

    return made


@pytest.mark.parametrize("form", FORMATS)
def test_no_report_is_filled_by_one_note(report, form):
    assert 100 < len(report(form)) < 2_000_000


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "pdf"])
def test_no_sign_that_controls_or_turns_reaches_a_report(report, form):
    text = report(form).decode("utf-8")
    assert not CONTROL.search(text)
    assert "cmd" in text


def test_the_html_report_holds_no_markup_but_its_own(report):
    tree = html.document_fromstring(report("html"))
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//img | //b[contains(., 'cmd')] | //@*[starts-with(local-name(), 'on')]")
    assert MARKUP[:30] in tree.text_content()


def test_the_cells_of_csv_begin_no_formula(report):
    rows = list(csv.reader(io.StringIO(report("csv").decode("utf-8-sig"))))
    assert len(rows) > 2
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "@", "\t", "\r")]


def test_the_junit_report_is_whole_xml(report):
    assert etree.fromstring(report("junit")).xpath("//testcase")


def test_no_line_of_the_annotations_is_begun_by_a_record(report):
    assert not [line for line in report("github").decode().splitlines() if line.startswith("::error::x")]
