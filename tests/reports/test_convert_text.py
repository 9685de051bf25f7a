"""What is told of joined sources and of what they hold."""

from casecheck.reports.convert_text import convert_text
from casecheck.reports.sources_text import sources_text

SOURCE = {"name": "a", "format": "json", "records": 2, "purged": 0, "alone": 0, "notes": 0, "said": (), "to": []}
NOTHING = {
    "children": 2,
    "joined": 0,
    "unlike_by_zeros": 0,
    "sources": [SOURCE],
    "fields": [],
    "places": [],
    "left": [],
    "apart": [],
    "invalid": [],
    "output": "cases.jsonl",
}


def said(**more):
    return " ".join(" ".join(convert_text({**NOTHING, **more})).split())


def test_days_on_which_sources_were_drawn_that_differ_are_told():
    told = said(sources=[{**SOURCE, "to": ["2012-03-31"]}, {**SOURCE, "to": ["2013-03-31"]}])
    assert "Drawn 31 March 2012 and 31 March 2013" in told
    assert "The sources were drawn on different days" in told
    assert "--as-at 2012-03-31" in told


def test_of_many_only_the_first_are_named():
    fields = [{"field": f"sex{place}", "taken": "a", "other": "b", "records": 1} for place in range(23)]
    invalid = [{"source": "a", "record": place, "pointer": "", "message": "is wrong"} for place in range(22)]
    told = said(
        fields=fields, invalid=invalid, sources=[{**SOURCE, "said": [f"note {n}" for n in range(12)], "notes": 3}]
    )
    assert "- and 3 more fields" in told
    assert "- and 2 more" in told
    assert "note 9" in told
    assert "note 11" not in told
    assert "- 3 notes on single records" in told


def test_of_a_pack_that_lacks_much_the_first_are_told():
    rule = {"rule": "r", "title": "Held", "area": "a", "severity": "major"}
    decided = {"answer": "in part", "lacking": [], "limits": ["visits from 1 April 2012"]}
    pack = {
        "id": "p",
        "version": "1",
        "areas": [{"area": "a", "title": "Area"}, {"area": "b", "title": "Without"}],
        "sources": [{"name": "s", "yes": 0, "in_part": 1, "no": 0}],
        "rules": [{**rule, "sources": [decided]}],
        "lacking": [{"name": f"section{place}", "undecided": 1, "in_part": 0} for place in range(17)],
    }
    section = {"section": "visits", "limits": [], "fields": []}
    source = {
        "name": "s",
        "format": "json",
        "records": 1,
        "to": [],
        "tables": [],
        "sections": [section],
        "not_recognised": [{"name": f"x{place}", "near": None, "records": 1} for place in range(41)],
        "invalid": [],
        "notes": [],
    }
    told = " ".join(
        " ".join(sources_text({"children": 1, "sources": [source], "packs": [pack, {**pack, "lacking": []}]})).split()
    )
    assert "Held (major) - visits from 1 April 2012 part" in told
    assert "Without" not in told
    assert "and 2 more" in told
    assert "- and 1 more" in told
    assert "- visits, without records" in told
