"""Every generated page, by its name in docs/."""

from casecheck.rules.loading import load_pack
from casecheck.rules.packs import shipped_packs
from pages.case_record import case_record
from pages.command_line import command_line
from pages.keys import keys
from pages.sample import the_sample
from pages.standards import list_of_packs, standards


def generated_pages() -> dict[str, str]:
    """The text of every generated page, by its path from docs/."""
    packs = [load_pack(name) for name in sorted(shipped_packs())]
    return {
        "case-record.md": case_record(),
        "command-line.md": command_line(),
        "rule-keys.md": keys(),
        "the-sample.md": the_sample(),
        "standards/README.md": list_of_packs(packs),
        **{f"standards/{pack.id}.md": standards(pack) for pack in packs},
    }
