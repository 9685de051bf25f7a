"""What the oracle says of sections for itself is what the case schema says."""

import pytest

from casecheck.records.schema import sections_named
from tests.oracle.file import PLAN, SECTIONS
from tests.oracle.recorded import JUDGED_WHEN_BEGUN


@pytest.mark.parametrize("name", [name for name in SECTIONS if name != "child"])
def test_a_section_is_to_the_oracle_what_it_is_to_the_schema(name):
    said = SECTIONS[name]
    (section,) = sections_named(f"{PLAN}.actions" if name == "actions" else name)
    assert section.nature == said.nature
    assert (section.start, section.end) == (said.first, said.last)
    assert section.path[-2:-1] == (said.parent,) or said.parent == "child"
    assert section.one_at_a_time == said.one_at_a_time
    assert section.ends_at_18 == said.ends_at_18
    assert (section.in_turn_by or "") == said.in_turn_by
    assert section.judged_when_begun == (name in JUDGED_WHEN_BEGUN)
    assert (section.ends_with or "") == said.ends_with
    assert section.outlasts == said.outlasts
