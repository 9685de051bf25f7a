"""A small pack to change: each test says only what differs from it."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casecheck.errors import PackProblem
from casecheck.rules.loading import load_pack

HEAD: dict[str, Any] = {
    "id": "demo",
    "title": "A pack to try things on",
    "version": "1",
    "source": {"title": "A report", "paragraphs": 170},
    "review_period": "12 months",
    "areas": [{"id": "looked-after/staying-safe", "title": "Staying safe"}],
    "terms": {"with a parent": {"placed_with": "parent"}},
    "adequate": {"fail": {"critical": 0}, "unknown": {"critical": 3}},
    "grades": {"outstanding": 0.95, "good": 0.8, "adequate": 0.5},
}
VISITS: dict[str, Any] = {
    "id": "visits",
    "title": "Children are visited in time",
    "area": "looked-after/staying-safe",
    "severity": "critical",
    "basis": [{"report": [96, 145]}],
    "each": "placements",
    "while": {"none_of": [{"is": "with a parent"}]},
    "recurring": {
        "events": "looked_after_visits",
        "limits": [{"within": "1 week", "for": "first"}, {"every": "6 weeks"}],
    },
}
CORE_GROUPS: dict[str, Any] = {
    **{key: VISITS[key] for key in ("area", "severity", "basis")},
    "id": "minutes-sent",
    "title": "Parents receive the minutes",
    "each": "core_groups",
    "deadline": {"from": "meeting_date", "within": "20 working days", "done": "minutes_sent_to_parents_date"},
}

MakePack = Callable[..., Path]
Complaints = Callable[..., list[str]]


def written(value: Any) -> str:
    """The value as YAML: JSON with one key of the outer mappings a line, so that lines tell things apart."""
    if isinstance(value, list):
        return "".join(f"- {json.dumps(each)}\n" for each in value)
    return "".join(f"{key}: {json.dumps(each)}\n" for key, each in value.items())


@pytest.fixture
def make_pack(tmp_path: Path) -> MakePack:
    """Writes a pack folder and returns it: the small pack with these keys of pack.yaml and these rules instead."""

    def make(*rules: dict[str, Any], name: str = "demo", head: dict[str, Any] | None = None, **changed: Any) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        says = {**copy.deepcopy(HEAD), **changed} if head is None else head
        (folder / "pack.yaml").write_text(written(says), encoding="utf-8")
        if rules:
            (folder / "rules.yaml").write_text(written(list(rules)), encoding="utf-8")
        return folder

    return make


@pytest.fixture
def complaints(make_pack: MakePack) -> Complaints:
    """What loading a pack of these rules complains of; nothing if it loads."""

    def complain(*rules: dict[str, Any], **changed: Any) -> list[str]:
        try:
            load_pack(make_pack(*rules, **changed))
        except PackProblem as problem:
            return list(problem.messages)
        return []

    return complain
