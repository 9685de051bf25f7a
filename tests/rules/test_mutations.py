"""Whatever is done to a pack, it loads or is refused with messages: never a traceback."""

import copy
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecheck.errors import PackProblem
from casecheck.rules.loading import load_pack
from casecheck.rules.model import KINDS
from casecheck.rules.schema_words import _telling, is_valid
from tests.rules.conftest import CORE_GROUPS, HEAD, VISITS, written

BASE: dict[str, Any] = {key: VISITS[key] for key in ("title", "area", "severity", "basis")}
RULES: list[dict[str, Any]] = [
    {
        **VISITS,
        "in_force": {"from": "2011-04-01", "to": "2015-04-01"},
        "lapses_with": "none",
        "recurring": {
            "events": ["looked_after_visits", "looked_after_reviews"],
            "where": {"local.kind": {"not": None}},
            "limits": [
                {"within": "1 week", "for": "first", "until": {"first": "looked_after_reviews"}},
                {"every": "6 weeks", "until": "1 year", "from": "2011-04-01"},
                {"every": "3 months", "where": {"intended_to_last_until_18_flag": True, "age": {"at_least": 5}}},
                {"every": "6 weeks"},
            ],
        },
    },
    CORE_GROUPS,
    {
        **BASE,
        "id": "plan",
        "each": "care_periods",
        "while": {"lasted": {"at_least": "13 weeks"}, "legal_statuses": {"legal_status": ["C1", "C2"]}},
        "held": {"records": "care_plans", "within": "10 working days", "gap": "1 week", "counts_for": "6 months"},
    },
    {
        **BASE,
        "id": "seen",
        "latest": "looked_after_visits",
        "recorded": {"any_of": [{"seen_alone_flag": True}, {"not_seen_alone_reason": {"says_more_than": ["none"]}}]},
    },
    {
        **BASE,
        "id": "moves",
        "each": "social_care_episodes",
        "where": {"closure_date": None},
        "limit": {
            "records": "care_worker_details",
            "where": {"position": {"at_least": 2}, "worker_id": {"not": {"same_as": "previous.worker_id"}}},
            "at_most": 2,
            "in": "12 months",
            "count": "standing",
        },
    },
    {
        **BASE,
        "id": "done",
        "each": "care_plans.actions",
        "deadline": {
            "from": "set_date",
            "due": "due_date",
            "done": {"first": "supervisions", "where": {"position": 1}},
        },
    },
]
OVERLAY: dict[str, Any] = {
    "extends": "../base",
    "override": {"visits": {"severity": "minor", "recurring": {"limits": [{"every": "4 weeks"}]}}},
    "disable": ["moves"],
    "terms": {"older": {"age": {"at_least": 16}, "none_of": [{"is": "with a parent"}]}},
    "adequate": {"fail": {"major": 1}},
}

WORDS = [
    *KINDS,
    *("each", "where", "while", "is", "not", "any_of", "none_of", "present", "at_least", "same_as", "lasted", "first"),
    *(
        "placements",
        "actions",
        "attendees",
        "child_details",
        "coverage",
        "local",
        "local.x",
        "previous.start_date",
        "age",
    ),
    *(
        "start_date",
        "placed_with",
        "parent",
        "with a parent",
        "6 weeks",
        "0 days",
        "9999 years",
        "2011-02-31",
        "visits",
    ),
    *("none", "..", ".", "", "a\nb", "\x1b[31m", "../base", "../ours"),
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 3) | st.floats(0, 2) | st.sampled_from(WORDS) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=3),
    max_leaves=5,
)
MESSAGE = re.compile(r"\S*(\.yaml|base|ours)(:\d+)?: \S")


def nodes(value: Any) -> list[tuple[Any, Any]]:
    """Every mapping and list in the value with each of its keys or places."""
    if isinstance(value, dict | list):
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        return [(value, key) for key in keys] + [found for key in keys for found in nodes(value[key])]
    return []


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """A base pack, its rules and an overlay, with up to three things changed, renamed, added or taken away."""
    packs = copy.deepcopy({"head": HEAD, "rules": RULES, "overlay": OVERLAY})
    for _ in range(draw(st.integers(1, 3))):
        holder, key = draw(st.sampled_from([node for node in nodes(packs) if node[0] is not packs]))
        change = draw(st.sampled_from(["value", "rename", "remove", "add"]))
        if change == "value":
            holder[key] = draw(VALUES)
        elif change == "remove" or isinstance(holder, list):
            del holder[key]
        elif change == "rename":
            holder[draw(st.sampled_from(WORDS))] = holder.pop(key)
        else:
            holder[draw(st.sampled_from(WORDS))] = draw(VALUES)
    return packs


@pytest.fixture(scope="module")
def folders(tmp_path_factory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("packs")
    for name in ("base", "ours"):
        (folder / name).mkdir()
    return folder / "base", folder / "ours"


def lay_out(folders: tuple[Path, Path], packs: dict[str, Any]) -> None:
    base, ours = folders
    for file, value in ((base / "pack.yaml", packs["head"]), (base / "rules.yaml", packs["rules"])):
        file.write_text(written(value), encoding="utf-8")
    (ours / "pack.yaml").write_text(written(packs["overlay"]), encoding="utf-8")


def test_the_packs_to_change_load(folders):
    lay_out(folders, {"head": HEAD, "rules": RULES, "overlay": OVERLAY})
    assert [len(load_pack(folder).rules) for folder in folders] == [6, 5]


@given(mutated())
def test_a_changed_pack_loads_or_is_refused_with_messages_that_name_the_place(folders, packs):
    lay_out(folders, packs)
    for folder in folders:
        messages: tuple[str, ...] = ()
        try:
            load_pack(folder)
        except PackProblem as problem:
            messages = problem.messages
            assert messages
        assert len(set(messages)) == len(messages)
        assert all(MESSAGE.match(message) and message.isprintable() for message in messages)


@given(mutated())
def test_the_quick_verdict_on_a_shape_is_that_of_the_words(packs):
    judged = [("pack", None, packs["head"]), *(("rules", "rule", rule) for rule in packs["rules"] if rule not in RULES)]
    for name, part, value in judged:
        assert is_valid(value, name, part) == _telling(name, part).is_valid(value)
