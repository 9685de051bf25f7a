"""What an installed casecheck holds."""

import importlib.util
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names of the files in the wheel, built from this checkout."""
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling, which builds the wheel, is not installed")
    from hatchling.builders.wheel import WheelBuilder

    (built,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_every_file_of_every_pack(wheel):
    packs = {
        f"casecheck/packs/{path.relative_to(ROOT / 'rules').as_posix()}" for path in (ROOT / "rules").rglob("*.yaml")
    }
    assert "casecheck/packs/southampton-2012/pack.yaml" in packs
    assert packs <= wheel


def test_the_wheel_holds_the_schemas_and_says_that_it_is_typed(wheel):
    schemas = {path.relative_to(ROOT).as_posix() for path in (ROOT / "casecheck").rglob("*.schema.json")}
    assert "casecheck/records/case.schema.json" in schemas
    assert schemas | {"casecheck/py.typed"} <= wheel


def test_the_wheel_holds_what_the_html_report_is_made_of(wheel):
    made_of = {path.relative_to(ROOT).as_posix() for path in (ROOT / "casecheck/reports/html/templates").iterdir()}
    assert "casecheck/reports/html/templates/report.css" in made_of
    assert made_of <= wheel


def test_the_wheel_holds_nothing_else_at_its_top(wheel):
    assert {name.split("/")[0].split("-")[0] for name in wheel} == {"casecheck"}
