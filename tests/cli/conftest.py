"""What the tests of commands share."""

import json

import pytest
from click.testing import CliRunner

from casecheck.cli.main import cli


@pytest.fixture
def casecheck():
    """Run the command line in this process: `casecheck("audit", path)` gives exit_code, stdout and stderr."""
    return lambda *arguments, stdin=None: CliRunner().invoke(cli, [str(each) for each in arguments], input=stdin)


@pytest.fixture
def records():
    """A few case records, which pass, fail and leave open the standard on supervision."""

    def case(name, supervisions):
        episode = {
            "referral_date": "2012-01-10",
            "referral_no_further_action_flag": False,
            "supervisions": [{"supervision_date": day} for day in supervisions],
        }
        return {"la_child_id": name, "social_care_episodes": [episode]}

    held_in_time = ["2012-02-10", "2012-03-09", "2012-04-05"]
    return [case("in-time", held_in_time), case("late", ["2012-02-26", *held_in_time[1:]]), case("none", [])]


@pytest.fixture
def folder(tmp_path, records):
    """A folder with those records, a file each, and an audit date."""
    folder = tmp_path / "cases"
    folder.mkdir()
    for record in records:
        (folder / f"{record['la_child_id']}.json").write_text(json.dumps(record), encoding="utf-8")
    (folder / "casecheck.yaml").write_text("as_at: 2012-04-23\nby: team\n", encoding="utf-8")
    return folder
