"""A pack to start from: a council's own standards, laid over another pack, with a rule of its own and its examples.

It changes nothing of the other pack until the council takes away the comment signs.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from casecheck.rules.model import Pack, Rule
from casecheck.written.places import printable

OWN_RULE: Final = "agreement-to-share-recorded"

_PACK: Final = """\
# Our own standards, laid over {base}: what stands there holds here too, but for what this folder says.
#
#   casecheck rules check {folder}            says everything that is wrong with it
#   casecheck rules test {folder}             runs the examples of its rules
#   casecheck rules list --pack {folder}      lists its rules; `rules show ID` tells one in plain words
#   casecheck audit RECORDS --rules {folder}  holds case records against it
extends: {extends}
id: {id}
version: "0.1"                 # give it a new one whenever a verdict could change

# Areas of our own; those of the other pack are there already.
areas:
  - {{id: local, title: Local standards}}

# Rules of the other pack that we hold differently: the id, and only what differs. Mappings are merged, all else is
# replaced, and null takes a key away. A rule that is changed needs examples of its own, in examples/RULE-ID.yaml.
#
# override:
#   {changed}:
#     severity: {severity}
#     basis: [{{local: Our own figure}}]
#     {kind}: {check}

# Rules of the other pack that we do not hold cases against.
#
# disable: [{disabled}]

# What makes a case adequate, and the grades, are as in the other pack until we say otherwise.
#
# adequate: {{fail: {{critical: 0, major: 1}}}}
"""

_RULES: Final = """\
# Our own standards. One file a subject; each rule has its examples in examples/RULE-ID.yaml.
#
# `local.NAME` is a field of our own. Any object of a case record may hold `local`, with what our record system knows
# and the case schema does not: {{"referral_date": "2012-01-10", "local": {{"agreement_to_share_recorded": true}}}}
- id: {rule}
  title: The family's agreement to our sharing information is recorded
  area: local
  severity: minor                # critical, major or minor
  basis:
    - local: Families are asked when a case is opened
      note: A standard to start from; put one of ours in its place.
  each: social_care_episodes     # every record of this section
  recorded: {{local.agreement_to_share_recorded: true}}
"""

_EXAMPLES: Final = """\
# What the rule must find, and why: at least one example a side of every boundary. `casecheck rules test` runs them.
- why: Agreement recorded meets the standard
  as_at: 2012-04-23
  case: {social_care_episodes: [{referral_date: 2012-01-10, local: {agreement_to_share_recorded: true}}]}
  expect: pass

- why: A refusal, or a family never asked, does not
  as_at: 2012-04-23
  case: {social_care_episodes: [{referral_date: 2012-01-10, local: {agreement_to_share_recorded: false}}]}
  expect: fail

- why: Where the source does not hold the field, nobody can tell
  as_at: 2012-04-23
  case: {social_care_episodes: [{referral_date: 2012-01-10}]}
  expect: unknown
"""


def starting_files(base: Pack, extends: str, name: str) -> Mapping[str, str]:
    """The files of the pack by their names in its folder, which is called `name`; the rule is the first of its own.

    `extends` is how pack.yaml names the pack `base`.
    """
    changed = _rule_to_change(base)
    own = own_rule(base)
    head = _PACK.format(
        id=_as_yaml(pack_id(name)),
        base=printable(base.id),
        extends=_as_yaml(extends),
        folder=_as_typed(name),
        changed=changed.id,
        severity="minor" if changed.severity != "minor" else "major",
        kind=changed.kind,
        check=_flow(changed.check),
        disabled=base.rules[-1].id,
    )
    return {"pack.yaml": head, "local.yaml": _RULES.format(rule=own), f"examples/{own}.yaml": _EXAMPLES}


def own_rule(base: Pack) -> str:
    """The id of the pack's own rule: one that the other pack does not have."""
    known = {rule.id for rule in base.rules}
    names = (OWN_RULE, *(f"{OWN_RULE}-{number}" for number in range(2, len(known) + 3)))
    return next(each for each in names if each not in known)


def pack_id(name: str) -> str:
    """A pack's id from the name of its folder: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:80].strip("-") or "our-standards"


def _as_typed(name: str) -> str:
    """The folder as one types it in a command; FOLDER where its name holds more than words."""
    if not re.fullmatch(r"[\w .-]+", name):
        return "FOLDER"
    return f'"{name}"' if " " in name else name


def _rule_to_change(base: Pack) -> Rule:
    """The rule to show a change by: one with a single recurring limit, else one with a timescale, else the first."""
    recurring = [rule for rule in base.rules if rule.kind == "recurring" and len(rule.check["limits"]) == 1]
    timed = [rule for rule in base.rules if rule.kind == "deadline" and "within" in rule.check]
    return (recurring or timed or base.rules)[0]


def _flow(value: Any) -> str:
    """A value as YAML on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_flow(key)}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(each) for each in value) + "]"
    return _as_yaml(value) if isinstance(value, str) else json.dumps(value)


def _as_yaml(text: str) -> str:
    """Text as YAML reads it back: plain where it can be, else in quotation marks."""
    plain = re.fullmatch(r"[A-Za-z0-9./][\w./ -]*", text) and text.lower() not in ("yes", "no", "true", "false", "null")
    return text if plain and not re.fullmatch(r"[0-9.\-]+", text) and not text.endswith(" ") else json.dumps(text)
