"""What is of a person never reaches an output: not in a result, not in a message, not as a breakdown."""

import json

import pytest

from casecheck.records.schema import case_schema, sections
from casecheck.records.validation import is_valid
from casecheck.reports.formats import FORMATS, NO_TEXT
from casecheck.rules.loading import load_pack
from casecheck.rules.packs import shipped_packs

MARK = "SECRET"
DAY = "2012-01-10"
RUBBISH = ("long text", "a list", "an object", "text with controls")


def marked_record(case_id="case-1"):
    """A valid record with every property of the case schema, those of a person marked, and the paths of all values."""
    paths: list[tuple[str, ...]] = []
    record = _marked(case_schema(), (), False, paths)
    record["la_child_id"] = case_id
    del record["coverage"]
    return record, [path for path in paths if path[0] not in ("la_child_id", "coverage")]


def _marked(node, path, personal, paths):
    says = _resolved(node)
    personal = personal or says.get("x-personal", False)
    kinds = says.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if "object" in kinds:
        inner = {name: each for name, each in says.get("properties", {}).items() if name != "purge"}
        return {name: _marked(each, (*path, name), personal, paths) for name, each in inner.items()} or {MARK: MARK}
    if "array" in kinds:
        return [_marked(says["items"], (*path, 0), personal, paths)]
    paths.append(path)
    return _leaf(says, kinds, personal, len(paths))


def _leaf(says, kinds, personal, number):
    if "enum" in says:
        return next(each for each in says["enum"] if each is not None)
    if "string" in kinds:
        if says.get("pattern") == case_schema()["$defs"]["date"]["pattern"]:
            return f"{1900 + number % 90}-07-17" if personal else DAY
        return f"{MARK}-{number}" if personal else f"C-{number}"
    return True if "boolean" in kinds else 7


def _resolved(node):
    while "$ref" in node:
        target = case_schema()
        for name in node["$ref"].removeprefix("#/").split("/"):
            target = target[name]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return node


def with_only(path, value, case_id="case-1"):
    """A record that holds one value, and nothing but what stands around it."""
    for part in reversed(path):
        value = [value] if part == 0 else {part: value}
    return {"la_child_id": case_id, **value}


def fields_to_break_down_by():
    """Every field that a breakdown may name, by the whole path of its section."""
    for path, section in sections().items():
        for name, field in section.fields.items():
            if (
                not field.personal
                and name not in ("local", "purge")
                and path[-1:] != ("child_looked_after_placements",)
            ):
                yield ".".join((*path, name))


def said(result):
    """All that a command said. What goes to standard output as bytes is not in `output`."""
    return result.stdout + result.stderr


def lines(folder, records):
    file = folder / "cases.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return file


def test_the_marked_record_is_valid_and_holds_marks():
    record, paths = marked_record()
    assert is_valid(record)
    assert json.dumps(record).count(MARK) > 50
    assert len(paths) > 200


@pytest.mark.parametrize("form", sorted({*FORMATS, "json", "jsonl"} - NO_TEXT))
def test_nothing_of_a_person_in_a_valid_record_is_told(casecheck, tmp_path, form):
    record, _ = marked_record()
    by = [part for field in fields_to_break_down_by() for part in ("--by", field)]
    result = casecheck("audit", lines(tmp_path, [record]), "--as-at", "2012-04-23", "--format", form, *by)
    assert result.exit_code == 0, result.stderr
    assert "case-1" in result.stdout
    assert MARK not in said(result)
    assert "-07-17" not in result.stdout


@pytest.mark.parametrize("rules", sorted(shipped_packs()))
@pytest.mark.parametrize("form", ["text", "json"])
def test_nothing_of_a_person_is_told_by_an_explanation(casecheck, tmp_path, form, rules):
    record, _ = marked_record()
    file = lines(tmp_path, [record])
    named = [part for rule in load_pack(rules).rules for part in ("--rule", rule.id)] if form == "text" else []
    for as_at in ("2012-01-10", "2012-04-23"):
        options = ("--case", "case-1", "--as-at", as_at, "--rules", rules, "--format", form, *named)
        result = casecheck("explain", file, *options)
        assert result.exit_code == 0, result.stderr
        assert "case-1" in result.stdout
        assert MARK not in said(result)
        assert "-07-17" not in result.stdout
        assert "17 Jul" not in result.stdout


@pytest.mark.parametrize("rules", sorted(shipped_packs()))
def test_nothing_of_a_person_is_told_by_a_sample_but_in_the_records_that_it_copies(casecheck, tmp_path, rules):
    record, _ = marked_record()
    by = [part for field in fields_to_break_down_by() for part in ("--by", field)]
    folder, result = tmp_path / "sample", tmp_path / "result.json"
    options = ("--rules", rules, "--as-at", "2012-04-23", "--seed", "1", *by, "--output", folder)
    drawn = casecheck(
        "sample", lines(tmp_path, [record, record, {"la_child_id": "bad", MARK: MARK, "purge": MARK}]), *options
    )
    assert drawn.exit_code == 0, drawn.stderr
    assert casecheck("audit", folder, "--format", "json", "--output", result).exit_code == 0
    checklist = (folder / "checklist.csv").read_text(encoding="utf-8-sig")
    filled = checklist.replace(",,\n", f",met,{MARK}\n") + f"{MARK},,{MARK},,,{MARK},\ncase-1,,(case),,,{MARK},\n"
    (folder / "checklist.csv").write_text(filled, encoding="utf-8")
    told = [casecheck("moderate", folder / "checklist.csv", result, "--format", form) for form in ("text", "json")]
    assert all(each.exit_code == 0 for each in told), said(told[0])
    settings = (folder / "casecheck.yaml").read_text(encoding="utf-8")
    assert "case-1,,(case)," in checklist
    for text in (said(drawn), checklist, settings, *map(said, told)):
        assert MARK not in text
        assert "-07-17" not in text
        assert "17 July" not in text
    assert json.loads((folder / "records.jsonl").read_text(encoding="utf-8")) == record


@pytest.mark.parametrize("rubbish", [f"{MARK} {'x' * 3000}", [MARK], {MARK: MARK}, f"{MARK}\n\u202e\x00"], ids=RUBBISH)
def test_what_stands_in_the_wrong_place_is_never_told(casecheck, tmp_path, rubbish):
    _, paths = marked_record()
    records = [with_only(path, rubbish, f"case-{number}") for number, path in enumerate(paths)]
    file = lines(tmp_path, [*records, {"la_child_id": "good"}])
    result = casecheck("audit", file, "--as-at", "2012-04-23", "--format", "json", "--strict")
    assert result.exit_code == 3
    assert len(json.loads(result.stdout)["invalid_records"]) > 200
    assert MARK not in said(result)


@pytest.mark.parametrize(
    "path", [("mis_child_id",), ("child_details", "unique_pupil_number"), ("child_details", "postcode")]
)
def test_numbers_of_a_person_are_never_told_even_where_they_are_wrong(casecheck, tmp_path, path):
    for rubbish in (9876543210, "98765432109876543210", ["9876543210"]):
        records = [with_only(path, rubbish), {"la_child_id": "good"}]
        result = casecheck("audit", lines(tmp_path, records), "--as-at", "2012-04-23", "--strict")
        assert "987654" not in said(result)


def test_a_record_that_is_no_json_is_not_told(casecheck, tmp_path):
    text = json.dumps(marked_record()[0])
    file = tmp_path / "cases.jsonl"
    broken = [text[:-1], text.replace('"SECRET-', "SECRET-", 1), text.replace(":", "", 1), f"{text}{text}", MARK]
    file.write_text("\n".join(["{}", *broken]))
    result = casecheck("audit", file, "--as-at", "2012-04-23")
    assert result.exit_code == 3
    assert MARK not in said(result)


def test_no_field_of_a_person_can_be_broken_down_by(casecheck, tmp_path):
    file = lines(tmp_path, [marked_record()[0]])
    personal = [
        (path, name) for path, each in sections().items() for name, field in each.fields.items() if field.personal
    ]
    assert personal
    for path, name in personal:
        result = casecheck("audit", file, "--by", ".".join((*path, name)))
        assert result.exit_code == 2
        assert MARK not in said(result)
