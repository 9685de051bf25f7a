"""Measures start-up, speed and memory, and prints them as plain tables."""

import os
import platform
import sys
from hashlib import sha256
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

import click
import orjson
from tabulate import tabulate

from bench.process import Cost, cost_of
from casecheck.version import __version__

ROOT: Final = Path(__file__).resolve().parent.parent
CASECHECK: Final = (sys.executable, "-m", "casecheck")
AS_AT: Final = "2012-04-23"
LOADS: Final = "import json, sys\nfor line in open(sys.argv[1], 'rb'): json.loads(line)"
MIB: Final = 1024 * 1024


class Sized(NamedTuple):
    """A file of records, the processes to audit it with (none: as many as casecheck thinks right), and what was
    measured: a cost a round, of the audit and of `json.loads`.
    """

    path: Path
    records: int
    jobs: int | None
    audits: list[Cost]
    loads: list[Cost]


@click.command()
@click.option(
    "--small", type=click.IntRange(min=1), default=10_000, show_default=True, help="Records of the small run."
)
@click.option(
    "--large", type=click.IntRange(min=2), default=100_000, show_default=True, help="Records of the large run."
)
@click.option("--rounds", type=click.IntRange(min=1), default=3, show_default=True, help="How often each is measured.")
@click.option("--rules", default="southampton-2012", show_default=True, help="The pack to audit against.")
@click.option("--folder", type=click.Path(path_type=Path), default=ROOT / ".bench", help="Where made records are kept.")
def bench(small: int, large: int, rounds: int, rules: str, folder: Path) -> None:
    """Measure how fast casecheck is and how much memory it takes, as ratios within one run."""
    if not hasattr(os, "wait4"):
        raise click.ClickException(
            "this system does not tell what a process cost (no wait4); measure on Linux or macOS"
        )
    if small >= large:
        raise click.UsageError("--small is no smaller than --large")
    folder.mkdir(parents=True, exist_ok=True)
    paths = {number: made(folder, number) for number in (small, large)}
    runs = [(small, 1), (small, None), (large, None)]
    sizes = [Sized(paths[number], number, jobs, [], []) for number, jobs in runs]
    starts = measured_starts(rules, 2 * rounds + 1)
    with TemporaryDirectory(dir=folder) as results:
        measure_sizes(sizes, rules, rounds, Path(results) / "result.jsonl")
    told_about = f"casecheck {__version__}, pack {rules}, Python {platform.python_version()}, {os.cpu_count()} cores"
    click.echo(f"{told_about}; medians of {rounds} round{'s' * (rounds > 1)}\n")
    click.echo(start_table(starts))
    click.echo()
    click.echo(size_table(sizes))
    click.echo()
    click.echo("\n".join(in_sum(sizes)))


def made(folder: Path, number: int) -> Path:
    """A file of so many made-up records, made once; another one when what makes them has changed."""
    sources = sorted((ROOT / "casecheck" / "generating").glob("*.py"))
    version = sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:10]
    target = folder / f"{number}-{version}.jsonl"
    if not target.exists():
        click.echo(f"making {number:,} records, once", err=True)
        cost_of([*CASECHECK, "generate", "--number", str(number), "--as-at", AS_AT, "--output", str(target)])
    return target


# --- measuring --------------------------------------------------------------------------------------------------------


def measured_starts(rules: str, rounds: int) -> dict[str, list[Cost]]:
    """What it costs to start, in turns, a cost a round; once before, so that modules are compiled and files at hand."""
    commands = {
        'python -c "import click"': [sys.executable, "-c", "import click"],
        "casecheck --help": [*CASECHECK, "--help"],
    }
    sample = ROOT / "sample_cases"
    if any(sample.glob("*.json*")):
        commands["casecheck audit sample_cases"] = [*CASECHECK, "audit", str(sample), "--rules", rules]
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for command in commands.values():
        cost_of(command)
    for _ in range(rounds):
        for name, command in commands.items():
            costs[name].append(cost_of(command))
    return costs


def measure_sizes(sizes: list[Sized], rules: str, rounds: int, result: Path) -> None:
    """What the audit of each file costs, and `json.loads` over the same bytes, in turns."""
    options = ["--rules", rules, "--as-at", AS_AT, "--format", "jsonl", "--output", str(result)]
    for _ in range(rounds):
        for sized in sizes:
            jobs = [] if sized.jobs is None else ["--jobs", str(sized.jobs)]
            sized.loads.append(cost_of([sys.executable, "-c", LOADS, str(sized.path)]))
            sized.audits.append(cost_of([*CASECHECK, "audit", str(sized.path), *options, *jobs]))
            check(result, sized.records)


def check(result: Path, records: int) -> None:
    """Make sure that what was measured did the work: every record audited."""
    with result.open("rb") as lines:
        for line in lines:
            last = line
    audited = orjson.loads(last)["summary"]["cases"]["audited"]
    if audited != records:
        raise click.ClickException(f"{audited:,} of {records:,} records were audited; what was measured means nothing")


# --- telling ----------------------------------------------------------------------------------------------------------


def start_table(starts: dict[str, list[Cost]]) -> str:
    """What starting costs: milliseconds, and as a ratio to the first command."""
    first, *_ = starts.values()
    rows = [
        [
            name,
            f"{1000 * median(cost.wall for cost in costs):,.0f}",
            f"{1000 * median(cost.cpu for cost in costs):,.0f}",
            f"{ratio(costs, first):.1f}",
        ]
        for name, costs in starts.items()
    ]
    return table(["Start-up", "ms", "ms of CPU", "ratio of CPU"], rows)


def size_table(sizes: list[Sized]) -> str:
    """Speed and memory, a column a file."""
    rows: list[list[Any]] = [
        ["bytes a record", *(f"{sized.path.stat().st_size / sized.records:,.0f}" for sized in sizes)],
        ["cases a second", *(f"{sized.records / median(cost.wall for cost in sized.audits):,.0f}" for sized in sizes)],
        ["CPU a case, µs", *(micro(sized.audits, sized.records) for sized in sizes)],
        ["json.loads a case, µs of CPU", *(micro(sized.loads, sized.records) for sized in sizes)],
        ["CPU to that of json.loads", *(f"{ratio(sized.audits, sized.loads):.1f}" for sized in sizes)],
        ["largest process at its peak, MiB", *(mebi([cost.largest for cost in sized.audits]) for sized in sizes)],
        ["peaks of all processes, MiB", *(mebi([cost.together for cost in sized.audits]) for sized in sizes)],
    ]
    names = (f"{sized.records:,} cases" + (f",\n--jobs {sized.jobs}" if sized.jobs else "") for sized in sizes)
    return table(["Audit, --format jsonl to a file", *names], rows)


def in_sum(sizes: list[Sized]) -> list[str]:
    """The figures that have a target."""
    single, small, large = sizes
    beyond = (_cpu(large.audits) - _cpu(small.audits)) / max(_cpu(large.loads) - _cpu(small.loads), 1e-9)
    memory = [median(cost.largest for cost in sized.audits) for sized in (small, large)]
    lines = [
        f"CPU to that of json.loads (target: at most 10): {ratio(single.audits, single.loads):.1f} in one process; "
        f"{ratio(large.audits, large.loads):.1f} spread over the cores",
        f"a further case, start-up left out: {beyond:.1f} times json.loads",
        f"largest process, large run to small: {memory[1] / memory[0]:.2f} (target: at most 1.20)",
    ]
    both = [[cost.together for cost in sized.audits if cost.together] for sized in (small, large)]
    if all(both):
        lines.append(
            f"all processes, large run to small: {median(both[1]) / median(both[0]):.2f} (target: at most 1.20)"
        )
    return lines


def ratio(costs: list[Cost], others: list[Cost]) -> float:
    """The median of the rounds' ratios of CPU, each to the other's in the same round."""
    return median(cost.cpu / max(other.cpu, 1e-9) for cost, other in zip(costs, others, strict=True))


def _cpu(costs: list[Cost]) -> float:
    return median(cost.cpu for cost in costs)


def micro(costs: list[Cost], records: int) -> str:
    """Microseconds of CPU a record."""
    return f"{1e6 * _cpu(costs) / records:,.0f}"


def mebi(peaks: list[int | None] | list[int]) -> str:
    """The median in MiB; a dash where the system does not tell."""
    known = [peak for peak in peaks if peak]
    return f"{median(known) / MIB:,.0f}" if known else "-"


def table(headers: list[str], rows: list[list[Any]]) -> str:
    """A plain table, figures to the right."""
    align = ("left", *("right" for _ in headers[1:]))
    return tabulate(rows, headers, tablefmt="simple", colalign=align, disable_numparse=True)


if __name__ == "__main__":
    bench(prog_name="python -m bench")
