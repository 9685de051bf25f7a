"""`casecheck rules show`: one rule as a page."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import click

from casecheck.calendar import DAYS, UNKNOWN, in_words
from casecheck.cli.rules.choosing import DEFAULT_PACK, rules_named
from casecheck.records.schema import sections
from casecheck.reports.words import WIDTH, heading, plain, wrapped
from casecheck.rules.examples import Example, read_examples
from casecheck.rules.loading import load_pack
from casecheck.rules.model import Pack, Rule
from casecheck.rules.names import called
from casecheck.rules.reading import fields_read, judgements_read
from casecheck.rules.words import rule_in_words, terms_in_words
from casecheck.written.places import listed

LONGEST: Final = 3000
"""Characters of a title or a note: the rule schema allows no longer ones."""


@click.command()
@click.argument("rule", metavar="ID")
@click.option(
    "--pack", metavar="PACK", default=DEFAULT_PACK, show_default=True, help="A shipped pack's id, or a folder."
)
def show(rule: str, pack: str) -> None:
    """Show the rule ID as a page: the standard, in plain words, its source, what it reads, and its examples."""
    loaded = load_pack(pack)
    found = rules_named(loaded, rule)
    examples = read_examples(loaded._replace(rules=tuple(found)))
    for line in _page(loaded, found, examples):
        click.echo(line)


def _page(pack: Pack, found: Sequence[Rule], examples: Sequence[Example]) -> Iterator[str]:
    """The page of the rules of one id, of which there are several where the law changed."""
    for place, rule in enumerate(found):
        if place:
            yield ""
        yield from _head(pack, rule)
        yield from heading("In plain words")
        yield from wrapped(rule_in_words(rule))
        yield from _terms(pack, rule)
        yield from heading("Source")
        for source in rule.basis:
            yield from _source(pack, source)
        yield from heading("What it reads")
        yield from _reads(pack, rule)
    yield from heading("Examples")
    yield from _examples(examples)


def _head(pack: Pack, rule: Rule) -> Iterator[str]:
    yield from wrapped(plain(rule.title, LONGEST))
    yield "=" * WIDTH
    area = next((each.title for each in pack.areas if each.id == rule.area), rule.area)
    yield from wrapped(rule.id, "Rule      ")
    yield from wrapped(f"{plain(pack.id)} {plain(pack.version)}: {plain(pack.title, LONGEST)}", "Pack      ")
    yield from wrapped(plain(area, LONGEST), "Area      ")
    yield from wrapped(rule.area, "          ")
    yield from wrapped(rule.severity, "Severity  ")
    if judgements_read(rule, pack.terms):
        yield from wrapped("needs an auditor's eye: only someone who has read the file can tell", "Judged    ")
    yield from wrapped(f"{plain(rule.file)}, line {rule.line}", "Written   ")


def _terms(pack: Pack, rule: Rule) -> Iterator[str]:
    meanings = terms_in_words(rule, pack.terms)
    if meanings:
        yield ""
        yield "Its terms:"
    for name, meaning in meanings:
        yield from wrapped(f'"{plain(name)}" means that {meaning}', "- ", "  ")


# --- source ----------------------------------------------------------------------------------------------------------


def _source(pack: Pack, source: Mapping[str, Any]) -> Iterator[str]:
    kind = next(each for each in ("report", "law", "guidance", "local") if each in source)
    first = f"{kind.capitalize():<10}"
    said = _report(pack, source["report"]) if kind == "report" else source[kind]
    yield from wrapped(plain(" ".join(said.split()), LONGEST), first)
    url = source.get("url") or (pack.source.get("url") if kind == "report" else None)
    if url:
        yield " " * len(first) + plain(url, LONGEST)
    if "note" in source:
        yield from wrapped(plain(" ".join(source["note"].split()), LONGEST), " " * len(first))


def _report(pack: Pack, paragraphs: Sequence[int]) -> str:
    """`paragraphs 96 and 102 of Inspection of ... (Ofsted, 13 June 2012)`."""
    says = pack.source
    published = ", ".join(each for each in (says.get("publisher"), _day(says.get("date"))) if each)
    noun = "paragraph" if len(paragraphs) == 1 else "paragraphs"
    of = f"{says['title']}{f' ({published})' if published else ''}"
    return f"{noun} {listed([str(each) for each in sorted(paragraphs)], 'and')} of {of}"


def _day(text: str | None) -> str | None:
    day = DAYS[text] if text else UNKNOWN
    return text if day == UNKNOWN else in_words(day)


# --- what it reads, and its examples ---------------------------------------------------------------------------------


def _reads(pack: Pack, rule: Rule) -> Iterator[str]:
    for path, fields in fields_read(rule, pack.terms).items():
        section = sections()[path]
        worked_out = ", worked out on reading" if section.derived else ""
        name = f"{section.title} ({called(path)}{worked_out})" if path else "The child"
        yield from wrapped(f"{name}: {', '.join(fields)}", "- ", "  ")


def _examples(examples: Sequence[Example]) -> Iterator[str]:
    if not examples:
        yield "None: nothing shows yet that the rule finds what it should."
        return
    for each in examples:
        outcome = each.says["expect"].replace("_", " ")
        yield from wrapped(f"{plain(each.says['why'], LONGEST)} (as at {_day(each.says['as_at'])})", f"{outcome:<16}")
    place = examples[0].places.place
    yield ""
    yield from wrapped(f"They stand in {plain(place.file, LONGEST)}.")
