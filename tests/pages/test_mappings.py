"""The page on mappings: every example on it is run, and becomes what the page says."""

import json
from itertools import takewhile
from pathlib import Path

import pytest

from casecheck.errors import UsageProblem
from casecheck.records.sources import SourceRecord, find_sources
from casecheck.records.tables.loading import load_mapping, mapping_schema
from casecheck.records.validation import is_clean
from tests.pages.reading import DOCS, blocks

PAGE = "mappings.md"
BLOCKS = blocks(PAGE)
EXAMPLES = [
    pytest.param(place, id=f"line-{block.line}")
    for place, block in enumerate(BLOCKS)
    if (block.language, block.mark) == ("yaml", "")
]
MISTAKES = [
    pytest.param(place, id=f"line-{block.line}")
    for place, block in enumerate(BLOCKS)
    if (block.language, block.mark) == ("yaml", "wrong")
]


def mapping_in(folder: Path, text: str):
    (folder / "mapping.yaml").write_text(text, encoding="utf-8")
    return load_mapping(folder / "mapping.yaml")


@pytest.mark.parametrize("place", EXAMPLES)
def test_an_example_of_the_page_becomes_what_the_page_says(tmp_path, place):
    mapping = mapping_in(tmp_path, BLOCKS[place].text)
    tables = list(takewhile(lambda block: block.language in ("csv", "xml"), BLOCKS[place + 1 :]))
    said = json.loads(BLOCKS[place + 1 + len(tables)].text)
    for table in tables:
        (tmp_path / table.mark).write_text(table.text, encoding="utf-8")
    (source,) = find_sources([tmp_path], mapping)
    first = next(iter(source.records()))
    assert isinstance(first, SourceRecord)
    record = json.loads(first.data)
    assert is_clean(record)
    told = record.pop("coverage")
    if "coverage" in said:
        assert said.pop("coverage").items() <= told.items()
    assert record == said


@pytest.mark.parametrize("place", MISTAKES)
def test_mistakes_of_the_page_are_told_as_the_page_says(tmp_path, place):
    with pytest.raises(UsageProblem) as problem:
        mapping_in(tmp_path, BLOCKS[place].text)
    told = [message.removeprefix(f"{tmp_path}/") for message in problem.value.messages]
    assert BLOCKS[place + 1].text.splitlines() == told


def test_the_page_shows_every_key():
    schema = mapping_schema()
    keys = {*schema["properties"], *(key for each in schema["$defs"].values() for key in each.get("properties", ()))}
    shown = "".join(block.text for block in BLOCKS if block.language == "yaml")
    page = (DOCS / PAGE).read_text(encoding="utf-8")
    assert {key for key in keys if f"`{key}" not in page and f"{key}:" not in shown} == {"about"}
