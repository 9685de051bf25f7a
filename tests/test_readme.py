"""What the README shows is what the command prints, and what pages point to is there."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from casecheck.cli.main import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def audit_of_the_sample():
    result = CliRunner().invoke(cli, ["audit", str(ROOT / "sample_cases")])
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_the_first_screen_shows_lines_of_the_audit_of_the_sample_in_their_order(audit_of_the_sample):
    shown = re.search(r"```text\n(.*?)```", README, re.DOTALL)
    assert shown is not None
    rest = audit_of_the_sample
    for piece in shown[1].removesuffix("...\n").split("...\n"):
        _, found, rest = rest.partition(piece)
        assert found, f"the audit does not print this there; paste what `make demo` prints:\n{piece}"


LINKS = [
    (page.relative_to(ROOT).as_posix(), link)
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    for link in re.findall(r"\]\(([^):#]+)[^):]*\)", page.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("page", "link"), sorted(LINKS))
def test_what_a_page_points_to_is_there(page, link):
    assert ((ROOT / page).parent / link).exists()


def test_every_option_of_the_audit_is_told():
    help_text = CliRunner().invoke(cli, ["audit", "--help"]).output
    options = set(re.findall(r"--[a-z-]+", help_text)) - {"--help", "--cases"}
    assert options <= set(re.findall(r"--[a-z-]+", README))
