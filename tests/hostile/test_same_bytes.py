"""The same records, pack and options give the same bytes, wherever they lie and whoever works on them."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FORMS = ["text", "html", "json", "jsonl", "markdown", "csv", "junit", "github"]


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """Two folders, far apart, with the same files: more records than one chunk, and one bad file."""
    one = tmp_path_factory.mktemp("one") / "cases"
    one.mkdir()
    lines = [record(number) for number in range(600)]
    (one / "many.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    (one / "bad.json").write_text('{"la_child_id": ', encoding="utf-8")
    other = tmp_path_factory.mktemp("other") / "deeper" / "records"
    shutil.copytree(one, other)
    return one, other


def record(number):
    supervisions = [{"supervision_date": f"2012-0{1 + (number + month) % 4}-1{month}"} for month in range(number % 5)]
    worker = {"start_date": "2012-01-01", "team": f"team {number % 7}"}
    episode = {"referral_date": "2012-01-01", "supervisions": supervisions, "care_worker_details": [worker]}
    return {"la_child_id": f"case-{number}", "social_care_episodes": [episode], f"unknown_{number % 9}": 1}


def audited(path, form, *options, folder=None, **environment):
    command = [sys.executable, "-m", "casecheck", "audit", str(path), "--as-at", "2012-04-23", "--by", "team"]
    root = Path(__file__).parents[2]
    return subprocess.run(
        [*command, "--format", form, *options],
        capture_output=True,
        check=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(root), **environment},
    ).stdout


@pytest.mark.parametrize("form", FORMS)
def test_neither_processes_nor_hashing_nor_the_place_shows(places, form):
    one, other = places
    first = audited(one, form, "--jobs", "1", PYTHONHASHSEED="1")
    assert audited(one, form, "--jobs", "2", PYTHONHASHSEED="2", TZ="Asia/Tokyo") == first
    assert audited(other, form, "--jobs", "1", PYTHONHASHSEED="3") == first
    assert audited(".", form, "--jobs", "1", folder=other) == first
    assert str(one.parent).encode() not in first
    assert first


def test_a_file_given_twice_counts_once(places):
    one, _ = places
    assert audited(one, "json", "--jobs", "1") == audited(one, "json", str(one / "many.jsonl"), "--jobs", "1")
