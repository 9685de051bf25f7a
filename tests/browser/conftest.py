"""A browser for the tests of the HTML report. Where there is none, they are skipped, and say why."""

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from casecheck.cli.main import cli

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SAMPLE = Path(__file__).parent.parent.parent / "sample_cases"


def _chromium():
    named = os.environ.get("CASECHECK_CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright, which drives a browser, is not installed"
    )
    chromium = _chromium()
    if chromium is None:
        pytest.skip("there is no Chromium here; .ci/run installs it, and CASECHECK_CHROMIUM may name one")
    # Chromium's own sandbox does not run as root; what it shows here is our page alone.
    sandbox = not hasattr(os, "geteuid") or os.geteuid() != 0
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=list(QUIET), chromium_sandbox=sandbox)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """The report of four of the sample's cases, by team, with their trend."""
    folder = tmp_path_factory.mktemp("browser")
    records = folder / "records"
    records.mkdir()
    for name in ("casecheck.yaml", *(f"case-{number}" for number in ("01", "04", "07", "16"))):
        (file,) = SAMPLE.glob(f"{name}*")
        shutil.copy(file, records)
    made = {name: str(folder / name) for name in ("result.json", "trend.json", "report.html")}
    _run("audit", str(records), "--by", "team", "--format", "json", "--output", made["result.json"])
    _run("trend", str(records), "--format", "json", "--output", made["trend.json"])
    _run("report", made["result.json"], "--trend", made["trend.json"], "--format", "html", "-o", made["report.html"])
    return folder / "report.html"


def _run(*arguments):
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output


class Opened:
    """A page that was opened from disk, with what it asked for and what went wrong in it."""

    def __init__(self, page):
        self.page = page
        self.asked: list[str] = []
        self.wrong: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.wrong.append(message.text))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("dialog", self._refuse)

    def _refuse(self, dialog):
        self.wrong.append(dialog.message)
        dialog.dismiss()


@pytest.fixture
def opened(browser):
    """Open a file: `opened(path, width, scripts)`. Whatever is done, it asks for nothing else, nor errs."""
    contexts, pages = [], []

    def open_file(path, width=1280, scripts=True):
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        contexts.append(context)
        shown = Opened(context.new_page())
        shown.page.goto(path.as_uri())
        pages.append((shown, path))
        return shown.page

    yield open_file
    for shown, path in pages:
        assert set(shown.asked) == {path.as_uri()}
        assert shown.wrong == []
    for context in contexts:
        context.close()
