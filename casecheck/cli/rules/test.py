"""`casecheck rules test`: runs the examples of a pack's rules and says which do not hold."""

from collections import Counter
from collections.abc import Iterable, Mapping
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from casecheck.rules.examples import Difference, Result
    from casecheck.rules.model import Pack

WIDTH: Final = 80
SHOWN: Final = ("starts", "due", "done", "limit", "outcome", "days_late", "counted")


@click.command()
@click.argument("pack", default="southampton-2012")
def test(pack: str) -> None:
    """Run the examples of a pack's rules.

    PACK is a shipped pack's id or the folder of a pack. Ends with 0 if every rule has examples and all of them hold, 1
    if one is broken or a rule has none, 2 if the pack is wrong.
    """
    from casecheck import audit
    from casecheck.rules.examples import run_examples
    from casecheck.rules.loading import load_pack

    loaded = load_pack(pack)
    results = run_examples(loaded, audit)
    for line in _report(loaded, results):
        click.echo(line)
    without = {rule.id for rule in loaded.rules} - {result.rule for result in results}
    if without or not all(result.holds for result in results):
        raise click.exceptions.Exit(1)


def _report(pack: "Pack", results: list["Result"]) -> Iterable[str]:
    from tabulate import tabulate

    hold = Counter(result.rule for result in results if result.holds)
    broken = Counter(result.rule for result in results if not result.holds)
    ids = list(dict.fromkeys(rule.id for rule in pack.rules))
    yield f"{pack.id} {pack.version}: {_count(len(ids), 'rule')}, {_count(len(results), 'example')}"
    yield ""
    rows = [(rule, hold[rule], broken[rule] or "", "" if hold[rule] + broken[rule] else "no examples") for rule in ids]
    yield tabulate(rows, ("rule", "hold", "broken", ""), tablefmt="simple", disable_numparse=[0])
    for result in results:
        if not result.holds:
            yield ""
            yield from _broken(result)
    yield ""
    yield _sum(len(results), sum(broken.values()), sum(rule not in hold and rule not in broken for rule in ids))


def _sum(examples: int, broken: int, without: int) -> str:
    counted = _count(examples, "example")
    holds = "The one example holds" if examples == 1 else f"All {counted} hold" if examples else "No examples"
    said = [f"{broken} of {counted} broken" if broken else holds]
    if without:
        said.append(f"{_count(without, 'rule')} without examples")
    return "; ".join(said) + "."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _broken(result: "Result") -> Iterable[str]:
    yield f"{result.place.file}:{result.place.line}"
    yield from _filled(f"{result.rule}: {result.why}", 2)
    for problem in result.problems:
        yield from _filled(problem, 4)
    for difference in result.differences:
        yield from _difference(difference)


def _difference(difference: "Difference") -> Iterable[str]:
    """An obligation as expected and as it came: of an expected one, the keys that the example names."""
    place, expected, came = difference
    keys = SHOWN if expected is None else tuple(expected)
    yield f"    obligation {place}"
    yield from _filled("expected  " + ("none" if expected is None else _facts(expected, keys)), 6)
    yield from _filled("came      " + ("none" if came is None else _facts(came, keys)), 6)


def _facts(obligation: Mapping[str, Any], keys: Iterable[str]) -> str:
    return ", ".join(f"{key} {_shown(obligation[key])}" for key in keys)


def _shown(value: Any) -> str:
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _filled(text: str, indent: int) -> list[str]:
    room = " " * indent
    return wrap(text, WIDTH, initial_indent=room, subsequent_indent=room + "  ", break_on_hyphens=False)
