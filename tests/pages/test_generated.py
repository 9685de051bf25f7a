"""The pages that are made from packs, schemas and commands: fresh, whole, and in tables that hold."""

import re
from itertools import pairwise

import click
import pytest

from casecheck.cli.main import cli
from casecheck.records.census_layout import census_names
from casecheck.records.schema import sections
from casecheck.rules.loading import load_pack
from casecheck.rules.packs import shipped_packs
from casecheck.rules.reading import judgements_read
from casecheck.rules.whole_schema import whole_schema
from casecheck.rules.words import rule_in_words
from pages.__main__ import DOCS, main
from pages.case_record import EVERYWHERE, place_of
from pages.every import generated_pages
from pages.markdown import text

PAGES = generated_pages()
PACKS = {name: load_pack(name) for name in shipped_packs()}
RULES = [pytest.param(name, rule, id=f"{name}-{rule.id}") for name, pack in PACKS.items() for rule in pack.rules]


def flat(markdown):
    """The page in one line, so that what is looked for may stand in several."""
    return " ".join(markdown.split())


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_as_it_would_be_made_now(name):
    file = DOCS / name
    stands = file.read_text(encoding="utf-8") if file.is_file() else ""
    if stands != PAGES[name]:
        pytest.fail(f"docs/{name} is stale: run `make docs` and commit what it writes", pytrace=False)


def test_no_page_is_left_of_a_pack_that_is_gone():
    made = {name for name in PAGES if name.startswith("standards/")}
    assert {file.relative_to(DOCS).as_posix() for file in (DOCS / "standards").glob("*")} <= made


def test_pages_are_written_where_they_are_asked_for_and_once(tmp_path, capsys):
    main(tmp_path)
    assert {file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.md")} == set(PAGES)
    assert len(capsys.readouterr().out.splitlines()) == len(PAGES)
    main(tmp_path)
    assert capsys.readouterr().out == ""


# --- tables and lines ------------------------------------------------------------------------------------------------

CELL_END = re.compile(r"(?<!\\)\|")


@pytest.mark.parametrize("name", PAGES)
def test_every_row_of_a_table_has_as_many_cells_as_its_head(name):
    width = None
    for line in PAGES[name].splitlines():
        if not line.startswith("|"):
            width = None
            continue
        cells = CELL_END.split(line)[1:-1]
        width = width or len(cells)
        assert len(cells) == width, line
        assert all(cell.strip() for cell in cells), line


@pytest.mark.parametrize("name", PAGES)
def test_a_table_stands_apart_from_the_text_around_it(name):
    lines = PAGES[name].splitlines()
    for before, line in pairwise(lines):
        if line.startswith("|") != before.startswith("|"):
            assert "" in (before, line)


@pytest.mark.parametrize("name", PAGES)
def test_a_line_is_longer_than_120_only_if_it_cannot_be_broken(name):
    for line in PAGES[name].splitlines():
        unbroken = line.startswith(("|", "#")) or re.fullmatch(r" *(- )?\[.*\]\(\S*\)[.,]?", line)
        assert len(line) <= 120 or unbroken, line


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_that_it_is_made_and_has_one_title(name):
    first, *lines = PAGES[name].splitlines()
    assert first.startswith("<!-- Made by `make docs` from ")
    assert len([line for line in lines if line.startswith("# ") and not line.startswith("# yaml-lang")]) == 1
    assert "\n\n\n" not in PAGES[name]


# --- the standards ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "rule"), RULES)
def test_the_catalogue_tells_every_standard_in_words_with_its_source(name, rule):
    page = flat(PAGES[f"standards/{name}.md"])
    eye = ", needs an auditor's eye" if judgements_read(rule, PACKS[name].terms) else ""
    assert f"### {text(rule.title)} `{rule.id}`, **{rule.severity}**{eye} {text(rule_in_words(rule))} Source:" in page
    assert page.count(f'<a id="{rule.id}"></a>') == 1
    assert f"](#{rule.id}), {rule.severity}" in page
    for basis in rule.basis:
        for kind in ("law", "guidance", "local", "note"):
            assert text(basis.get(kind, "")) in page
        for paragraph in basis.get("report", ()):
            assert re.search(rf"\| {paragraph} \|[^|]*`{rule.id}`", page)


def test_the_list_of_packs_counts_the_standards_of_each():
    for name, pack in PACKS.items():
        assert re.search(
            rf"\| \[`{name}`\]\({name}\.md\) \|.*\| {len({rule.id for rule in pack.rules})} \|",
            PAGES["standards/README.md"],
        )


@pytest.mark.parametrize("name", PACKS)
def test_terms_are_told_once_each(name):
    used = set(re.findall(r"^\| (.+?) \| ", PAGES[f"standards/{name}.md"].partition("## Terms")[2], re.MULTILINE))
    assert set(PACKS[name].terms) - {"placed for adoption"} <= used


# --- the case record -------------------------------------------------------------------------------------------------

SECTIONS = [pytest.param(path, section, id="-".join(path) or "child") for path, section in sections().items()]


@pytest.mark.parametrize(("path", "section"), SECTIONS)
def test_the_case_record_tells_every_field_of_every_section(path, section):
    _, _, after = PAGES["case-record.md"].partition(f'<a id="{place_of(path)}"></a>')
    here = after.partition('<a id="')[0]
    assert here
    for name, field in section.fields.items():
        if name in EVERYWHERE:
            continue
        (row,) = re.findall(rf"^\| `{name}` \|.*$", here, re.MULTILINE)
        assert text(field.description) in row
        if not section.derived:
            for other in (*census_names().get((section.name, name), ()), *([field.ssd] if field.ssd else [])):
                assert f"`{other}`" in row.replace("`<br>`", "")


def test_no_section_is_told_twice():
    places = re.findall(r'<a id="(.*?)"></a>', PAGES["case-record.md"])
    assert len(places) == len(set(places))


# --- keys and commands -----------------------------------------------------------------------------------------------


def named(node):
    """The names of all properties within a node of a schema."""
    if isinstance(node, list):
        return set().union(*map(named, node))
    if not isinstance(node, dict):
        return set()
    return set(node.get("properties", ())) | set().union(*map(named, node.values()), set())


@pytest.mark.parametrize("name", ["rules", "pack", "examples"])
def test_every_key_of_the_rule_language_is_told(name):
    told = {
        key
        for keys in re.findall(r"^\| `([a-z_.]+)` \|", PAGES["rule-keys.md"], re.MULTILINE)
        for key in keys.split(".")
    }
    assert named(whole_schema(name)) - {"critical", "major", "minor"} <= told | {"id"}


def commands(group, path):
    yield path, group
    for name in group.list_commands(click.Context(group)) if isinstance(group, click.Group) else ():
        yield from commands(group.get_command(click.Context(group), name), f"{path} {name}")


@pytest.mark.parametrize(
    ("path", "command"), [pytest.param(*each, id=each[0].replace(" ", "-")) for each in commands(cli, "casecheck")]
)
def test_every_command_is_told_with_its_options(path, command):
    _, _, after = PAGES["command-line.md"].partition(f"\n## {path}\n")
    here = after.partition("\n## ")[0]
    assert f"```text\n{path} [OPTIONS]" in here
    if isinstance(command, click.Group):
        return
    for param in command.params:
        if isinstance(param, click.Option) and not param.hidden:
            assert all(option in here for option in param.opts)
