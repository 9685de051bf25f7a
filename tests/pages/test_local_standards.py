"""The page on local standards: the pack laid out on it is made from its text, checked, tested and audited with."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from casecheck.cli.main import cli
from casecheck.rules.loading import load_pack
from casecheck.rules.words import rule_in_words
from tests.pages.reading import DOCS, blocks

PAGE = "local-standards.md"
BLOCKS = blocks(PAGE)
FILES = {block.text.split("\n", 1)[0].removeprefix("# "): block for block in BLOCKS if block.language == "yaml"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the pack of the page in it, and the record."""
    folder = tmp_path_factory.mktemp("page")
    for name, block in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block.text, encoding="utf-8")
    (record,) = (block.text for block in BLOCKS if block.language == "json")
    (folder / "record.json").write_text(record, encoding="utf-8")
    return folder


@pytest.fixture
def casecheck(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs the command line where the pack lies."""
    monkeypatch.chdir(folder)
    return lambda *arguments: CliRunner().invoke(cli, arguments)


def test_the_page_shows_every_file_of_the_folder_that_it_draws():
    (tree,) = (block.text for block in BLOCKS if block.language == "text" and block.text.startswith("westshire/"))
    under: list[str] = []
    drawn = []
    for line in tree.splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        under = [*under[:depth], line.strip()]
        if not line.endswith("/"):
            drawn.append("".join(under))
    assert sorted(drawn) == sorted(FILES)


def test_the_pack_is_well(casecheck):
    result = casecheck("rules", "check", "westshire")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("westshire 1.0: ")


def test_every_example_of_the_page_holds(casecheck):
    result = casecheck("rules", "test", "westshire")
    for name, block in FILES.items():
        if "/examples/" in name:
            count = block.text.count("- why:")
            lines = [line.split() for line in result.stdout.splitlines() if line.startswith(Path(name).stem)]
            assert lines == [[Path(name).stem, str(count)]]


def test_the_rules_are_as_the_page_tells_them(folder):
    rules = {rule.id: rule for rule in load_pack(folder / "westshire").rules}
    own = next(block for name, block in FILES.items() if name.endswith("visits.yaml"))
    assert own.quoted == (rule_in_words(rules["interpreter-at-visits"]),)
    assert f"> {rule_in_words(rules['core-groups-held'])}" in (DOCS / PAGE).read_text(encoding="utf-8")
    assert rules["core-groups-held"].check["events"] == "core_groups"
    assert rules["supervision-actions-done"].severity == "minor"
    assert "looked-after-visits-across-moves" not in rules


def test_the_record_of_the_page_fails_as_the_page_says(casecheck):
    result = casecheck("audit", "record.json", "--rules", "westshire", "--as-at", "2012-04-23")
    (shown,) = (block.text for block in BLOCKS if block.text.startswith("Case w-17"))
    assert result.exit_code == 0
    rest = result.stdout
    for piece in shown.removesuffix("...\n").split("...\n"):
        _, found, rest = rest.partition(piece)
        assert found, result.stdout


def test_a_pack_begins_as_the_page_says(casecheck, folder):
    result = casecheck("rules", "new", "begun")
    assert result.exit_code == 0
    assert {"pack.yaml", "examples"} <= {path.name for path in (folder / "begun").iterdir()}


def test_a_folder_of_records_may_name_the_pack(casecheck, folder):
    (folder / "records").mkdir()
    (folder / "records" / "casecheck.yaml").write_text("rules: ../westshire\nas_at: 2012-04-23\n", encoding="utf-8")
    shutil.copy(folder / "record.json", folder / "records")
    assert "Against       westshire, version 1.0" in casecheck("audit", "records").stdout
