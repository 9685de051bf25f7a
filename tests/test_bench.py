"""The benchmark runs, and says what it measured."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system does not tell what a process cost")


def bench(*options):
    command = [sys.executable, "-m", "bench", *options]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT, check=False)


def test_a_tiny_benchmark_prints_speed_memory_and_start_up(tmp_path):
    run = bench("--small", "20", "--large", "50", "--rounds", "1", "--folder", str(tmp_path))
    assert run.returncode == 0, run.stderr
    for told in ("casecheck --help", "20 cases", "50 cases", "CPU to that of json.loads", "large run to small"):
        assert told in run.stdout
    made = sorted(path.name.split("-")[0] for path in tmp_path.iterdir())
    assert made == ["20", "50"]


def test_a_large_run_that_is_no_larger_is_refused():
    run = bench("--small", "50", "--large", "50")
    assert run.returncode == 2
    assert "--small is no smaller than --large" in run.stderr
