"""What `--publish` asks of a report: tables fit to be published instead of the whole."""

from typing import Any, BinaryIO

import click

from casecheck.adequacy.publishing import publication
from casecheck.errors import UsageProblem
from casecheck.reports.formats import Cases, Head, Write
from casecheck.reports.published import PUBLISHED, published

publish_option = click.option(
    "--publish", is_flag=True, help="Make tables fit to be published: no case, no small count, rounded shares."
)


def published_report(form: str, held_to_a_gate: bool) -> Write:
    """What writes the publication of a result in that format.

    Raises UsageProblem where no publication has it, and where the result is held to a gate too: its reasons tell the
    figures that a publication hides.
    """
    if held_to_a_gate:
        raise UsageProblem(
            "--publish: a gate tells the figures that a publication hides; hold the gate in a call of its own, and "
            "leave it aside here (--no-gate, where casecheck.yaml names one)"
        )
    if form not in PUBLISHED:
        raise UsageProblem(f"--publish: a publication is {', '.join(PUBLISHED)}, not {form}")
    write = published(form)

    def write_publication(head: Head, _: Cases | None, out: BinaryIO) -> None:
        whole: dict[str, Any] = publication(head)
        write(whole, out)

    return write_publication
