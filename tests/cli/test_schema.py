"""`casecheck schema`: the JSON Schemas in one piece."""

import json

import pytest
import yaml
from jsonschema import Draft202012Validator

from casecheck.rules.packs import shipped_packs

NAMES = ("case", "rules", "pack", "examples", "result", "gate")
FOLDERS = [str(folder) for folder in shipped_packs().values()]


class Plain(yaml.SafeLoader):
    """Reads days as text, as casecheck and editors do."""


Plain.yaml_implicit_resolvers = {
    sign: [each for each in found if each[0] != "tag:yaml.org,2002:timestamp"]
    for sign, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.fixture
def printed(casecheck):
    return lambda name: json.loads(casecheck("schema", name).stdout)


def references(node):
    if isinstance(node, dict):
        for key, each in node.items():
            yield from [each] if key == "$ref" else references(each)
    elif isinstance(node, list):
        for each in node:
            yield from references(each)


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_schema_that_refers_to_nothing_outside_itself(printed, name):
    schema = printed(name)
    Draft202012Validator.check_schema(schema)
    for reference in references(schema):
        node = schema
        assert reference.startswith("#/")
        for step in reference.removeprefix("#/").split("/"):
            node = node[step]


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_shipped_packs_keep_to_them(printed, folder):
    from pathlib import Path

    files = {path: yaml.load(path.read_text(encoding="utf-8"), Plain) for path in Path(folder).rglob("*.yaml")}
    assert files
    for path, value in files.items():
        name = "examples" if path.parent.name == "examples" else "pack" if path.name == "pack.yaml" else "rules"
        assert list(Draft202012Validator(printed(name)).iter_errors(value)) == [], path


def test_what_is_wrong_is_seen_through_what_was_taken_in(printed):
    wrong = Draft202012Validator(printed("pack"))
    assert not wrong.is_valid({"extends": "southampton-2012", "terms": {"new": {"any_of": {}}}})
    assert wrong.is_valid({"extends": "southampton-2012", "terms": {"new": {"any_of": [{"placed_with": "parent"}]}}})


def test_another_name_ends_with_2(casecheck):
    result = casecheck("schema", "rule")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'rule' is not one of" in result.stderr


def test_help_lists_the_schemas_a_line_each(casecheck):
    told = casecheck("schema", "--help").stdout
    assert "\\b" not in told
    assert all(any(line.split()[:1] == [name] for line in told.splitlines()) for name in NAMES)
