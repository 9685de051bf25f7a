"""The page on joining sources: its example becomes what the page says."""

import json

from casecheck.records.joining.merging import merged
from tests.pages.reading import blocks


def test_the_example_becomes_what_the_page_says():
    one, other, joined = (json.loads(block.text) for block in blocks("joining.md") if block.language == "json")
    found = merged([(0, one), (1, other)])
    assert found.record == joined
    assert [each.pointer for each in found.differences] == ["/child_details/sex"]
