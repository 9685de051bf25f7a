"""The page on the gate: its gates are gates, its workflows are YAML, and what they call is there."""

import re
import shlex
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner

from casecheck.adequacy.gate_file import gate_of
from casecheck.adequacy.ratios import wilson_interval
from casecheck.cli.main import cli
from casecheck.cli.settings import settings_of
from casecheck.reports.formats import FORMATS
from casecheck.rules.loading import load_pack
from casecheck.written.yaml_source import read_yaml
from tests.pages.reading import DOCS, blocks, blocks_of, rows

ROOT = DOCS.parent
PAGE = (DOCS / "gate.md").read_text(encoding="utf-8")
SAMPLE = ROOT / "sample_cases"
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
GATE, SETTINGS, GITHUB, GITLAB, PRE_COMMIT = (block.text for block in blocks("gate.md") if block.language == "yaml")


@pytest.fixture
def casecheck():
    return lambda *arguments: CliRunner().invoke(cli, [str(each) for each in arguments])


def is_a_call(words):
    """Whether these are the words of a call of casecheck with options and values that it knows."""
    command: click.Command = cli
    rest = words[1:]
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), rest.pop(0))
        assert found is not None, words
        command = found
    return command.make_context("casecheck", rest) is not None


def test_the_gate_of_the_page_is_one():
    gate = gate_of(read_yaml(GATE.encode(), "gate.yaml"), Path("gate.yaml")).gate
    assert all(part not in (None, ()) for part in gate)
    pack = load_pack("southampton-2012")
    assert {name for name, _ in gate.rules} | set(gate.no_unknown) <= {rule.id for rule in pack.rules}
    assert {name for name, _ in gate.areas} <= {area.id for area in pack.areas}


def test_the_settings_of_the_page_are_some(tmp_path):
    (tmp_path / "casecheck.yaml").write_text(SETTINGS, encoding="utf-8")
    found = settings_of([str(tmp_path)]).gate
    assert found is not None
    assert found.gate.fail_on == ("minor",)


def test_the_workflow_for_github_calls_what_there_is():
    (job,) = yaml.safe_load(GITHUB)["jobs"].values()
    calls = [shlex.split(step["run"]) for step in job["steps"] if step.get("run", "").startswith("casecheck ")]
    assert len(calls) == 5
    assert all(is_a_call(words[: words.index(">>")] if ">>" in words else words) for words in calls)


def test_the_pipeline_for_gitlab_calls_what_there_is():
    (job,) = yaml.safe_load(GITLAB).values()
    calls = [shlex.split(line) for line in job["script"] if line.startswith("casecheck ")]
    assert len(calls) == 4
    assert all(map(is_a_call, calls))
    written = {words[words.index("--output") + 1] for words in calls if "--output" in words}
    assert {job["artifacts"]["reports"]["junit"], *job["artifacts"]["paths"]} <= written


def test_the_hooks_are_called_as_they_are():
    (repository,) = yaml.safe_load(PRE_COMMIT)["repos"]
    assert {hook["id"] for hook in repository["hooks"]} == HOOKS.keys()
    for called in repository["hooks"]:
        hook = HOOKS[called["id"]]
        assert {"id", "name", "description", "entry", "language"} <= hook.keys()
        files = [] if hook.get("pass_filenames") is False else ["rules/southampton-2012/pack.yaml"]
        assert is_a_call([*shlex.split(hook["entry"]), *called.get("args", []), *files])
        assert re.compile(called["files"])


def test_every_format_but_those_to_read_is_told():
    told = {row[0] for row in rows("gate.md", "| `--format` | what it is |")}
    assert told == FORMATS.keys() - {"text", "html", "pdf"}


@pytest.mark.parametrize(("asked", "cases"), [(0.85, 22), (0.9, 35), (0.95, 73)])
def test_so_many_cases_does_a_confident_share_take(asked, cases):
    assert wilson_interval(cases, cases)[0] >= asked > wilson_interval(cases - 1, cases - 1)[0]
    assert re.search(rf"{asked * 100:.0f}%\s+takes\s+{cases}\b", PAGE)


# --- the sample's own gate --------------------------------------------------------------------------------------------


def test_the_sample_shows_what_its_gate_asks_and_no_more(casecheck, tmp_path):
    call = ["audit", SAMPLE, "--by", "team", "--no-cases", "--gate"]
    told = casecheck(*call, SAMPLE / "gate.yaml")
    assert (told.exit_code, told.stderr) == (0, "")
    harder = (SAMPLE / "gate.yaml").read_text(encoding="utf-8").replace("fail_under: 50", "fail_under: 51")
    (tmp_path / "gate.yaml").write_text(harder, encoding="utf-8")
    told = casecheck(*call, tmp_path / "gate.yaml")
    assert told.exit_code == 1
    assert told.stderr.splitlines()[1:] == ["casecheck: adequate: 50% of 20 cases, and 51% is asked"]


def test_the_gate_of_the_readme_is_one_that_the_sample_passes(casecheck, tmp_path):
    texts = [block.text for block in blocks_of((ROOT / "README.md").read_text(encoding="utf-8"))]
    (gate,) = [text for text in texts if "fail_under:" in text]
    (tmp_path / "gate.yaml").write_text(gate, encoding="utf-8")
    assert casecheck("audit", SAMPLE, "--by", "team", "--no-cases", "--gate", tmp_path / "gate.yaml").exit_code == 0


def test_what_the_page_shows_of_a_gate_that_does_not_hold_is_what_is_told(casecheck):
    (shown,) = [block.text for block in blocks("gate.md") if block.language == "text"]
    assert casecheck("audit", SAMPLE, "--no-cases", "--fail-under", "85").stderr == shown


def test_the_checks_of_every_change_run_it():
    assert "make gate" in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert "--gate sample_cases/gate.yaml" in (ROOT / "Makefile").read_text(encoding="utf-8")
