"""`casecheck schema`: the JSON Schemas, for editors and for those who write or read casecheck's files."""

import json
from typing import Any

import click

from casecheck.adequacy.gate_file import gate_schema
from casecheck.records.schema import case_schema
from casecheck.reports.result_schema import result_schema
from casecheck.rules.whole_schema import whole_schema


@click.command()
@click.argument("name", type=click.Choice(["case", "rules", "pack", "examples", "result", "gate"]))
def schema(name: str) -> None:
    """Print a JSON Schema (2020-12).

    \b
    case      a case record
    rules     a file of rules
    pack      pack.yaml
    examples  a file of examples, examples/RULE-ID.yaml
    result    the result document, as `audit --format json` writes it
    gate      gate.yaml, or what stands under `gate` in casecheck.yaml

    Editors complete and check a file by its schema. VS Code takes it from the first line of a YAML file, if that names
    the file to which the schema was written:

    \b
    # yaml-language-server: $schema=rules.schema.json
    """  # noqa: D301 (the sign that click knows paragraphs by whose lines stay)
    click.echo(json.dumps(_schema(name), indent=2, ensure_ascii=False))


def _schema(name: str) -> dict[str, Any]:
    schemas = {"case": case_schema, "result": result_schema, "gate": gate_schema}
    return schemas[name]() if name in schemas else whole_schema(name)
