"""`casecheck rules list`: the rules of a pack, by area."""

from collections.abc import Iterable, Iterator

import click

from casecheck.cli.rules.choosing import DEFAULT_PACK, area_named
from casecheck.reports.words import counted, plain, wrapped
from casecheck.rules.loading import load_pack
from casecheck.rules.model import SEVERITIES, Pack, Rule
from casecheck.rules.words import rule_in_words


@click.command("list")
@click.argument("text", required=False)
@click.option(
    "--pack", metavar="PACK", default=DEFAULT_PACK, show_default=True, help="A shipped pack's id, or a folder."
)
@click.option("--area", metavar="AREA", help="Only rules of this area, or of the areas under it.")
@click.option("--severity", type=click.Choice(SEVERITIES), help="Only rules of this severity.")
def list_rules(text: str | None, pack: str, area: str | None, severity: str | None) -> None:
    """List the rules of a pack by area, each with its severity and its standard.

    With TEXT, only those in which all its words occur: in the id, the title, the timescale in words or the source.
    """
    loaded = load_pack(pack)
    areas = area_named(loaded, area)
    found = [
        rule
        for rule in loaded.rules
        if rule.area in areas and severity in (None, rule.severity) and _holds(rule, (text or "").casefold().split())
    ]
    for line in _page(loaded, found):
        click.echo(line)


def _holds(rule: Rule, words: Iterable[str]) -> bool:
    basis = (str(each) for source in rule.basis for each in source.values())
    said = " ".join((rule.id, rule.title, rule_in_words(rule), *basis)).casefold()
    return all(word in said for word in words)


def _page(pack: Pack, found: Iterable[Rule]) -> Iterator[str]:
    listed = {rule.id: rule for rule in reversed(list(found))}
    whole = len({rule.id for rule in pack.rules})
    of = "" if len(listed) == whole else f" of {whole}"
    yield from wrapped(f"{plain(pack.id)} {plain(pack.version)}: {counted(len(listed), 'rule')}{of}")
    for area in pack.areas:
        inside = sorted((rule for rule in listed.values() if rule.area == area.id), key=lambda rule: rule.id)
        if inside:
            yield ""
            yield from wrapped(plain(area.title, 300))
            yield from wrapped(area.id)
            for rule in inside:
                yield ""
                yield from wrapped(f"{rule.id} ({rule.severity})", "  ")
                yield from wrapped(plain(rule.title, 300), "      ")
