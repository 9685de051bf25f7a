"""What the hostile tests share."""

import pytest
from click.testing import CliRunner

from casecheck.cli.main import cli


@pytest.fixture
def casecheck():
    """Run the command line in this process: `casecheck("audit", path)` gives exit_code, stdout and stderr."""
    return lambda *arguments, stdin=None: CliRunner().invoke(cli, [str(each) for each in arguments], input=stdin)
