"""A rule's examples: small cases with what the rule must find in them, run through the audit like any case.

`examples/RULE-ID.yaml` beside the rule files holds a list of them. A pack that extends another is held to the other's
examples too, but for those of rules that it changes or leaves out: of a rule that it changes it shows its own.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from casecheck.errors import PackProblem, Problem
from casecheck.records.validation import did_you_mean, errors, known_properties, unknown_properties
from casecheck.rules.loading import read_bytes, read_layers
from casecheck.rules.model import Pack
from casecheck.rules.packs import PackFolder, shipped_packs
from casecheck.rules.schema_words import misfits
from casecheck.written.places import Complaint, Document, Path, Place, Places, told
from casecheck.written.yaml_source import read_yaml

Audit = Callable[..., dict[str, Any]]
"""`casecheck.audit`."""

CHILD: Final = "example"
"""The `la_child_id` of a case that has none."""


class Example(NamedTuple):
    """One example as written, and where each part of it stands."""

    rule: str
    says: Mapping[str, Any]
    places: Places


class Difference(NamedTuple):
    """An obligation that is not as expected: what was expected and what came, each None where there is none.

    `place` counts from 1.
    """

    place: int
    expected: Mapping[str, Any] | None
    came: Mapping[str, Any] | None


class Result(NamedTuple):
    """How an example went. It holds if there are no `problems` and no `differences`.

    `problems` are sentences: a case that is not valid, or a finding that is not the one expected.
    """

    rule: str
    place: Place
    why: str
    problems: tuple[str, ...]
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        """Whether the rule found what the example expects."""
        return not self.problems and not self.differences


def run_examples(pack: Pack, audit: Audit) -> list[Result]:
    """Every example of the pack's rules, in the order of the rules, held against what `audit` finds.

    Raises PackProblem where a file of examples is not one.
    """
    examples = read_examples(pack)
    return [_run(example, _narrowed(pack, example.rule), audit) for example in examples]


def _narrowed(pack: Pack, rule: str) -> Pack:
    """The pack with that rule alone."""
    return pack._replace(rules=tuple(each for each in pack.rules if each.id == rule))


def read_examples(pack: Pack) -> list[Example]:
    """The examples of the pack's rules, in the order of the rules.

    Raises PackProblem, with everything that is wrong, where a file of examples is not one.
    """
    examples: list[Example] = []
    messages: list[str] = []
    files = _files(pack)
    for rule in dict.fromkeys(rule.id for rule in pack.rules):
        if rule not in files:
            continue
        try:
            examples += _read(rule, *files[rule])
        except PackProblem as problem:
            messages += problem.messages
    if messages:
        raise PackProblem(*messages)
    return examples


def _files(pack: Pack) -> dict[str, tuple[PackFolder, str]]:
    """Where the examples of each rule lie: the folder of its pack and the name of the file."""
    shipped = shipped_packs().get(pack.id)
    found: dict[str, tuple[PackFolder, str]] = {}
    for layer in read_layers(pack.id if str(shipped) == pack.folder else pack.folder):
        head = layer.draft.head
        for changed in (*(head.get("override") or ()), *(head.get("disable") or ())):
            found.pop(changed, None)
        examples = layer.folder.folder.joinpath("examples")
        if examples.is_dir():
            names = sorted(each.name for each in examples.iterdir() if each.name.endswith(".yaml"))
            found |= {name.removesuffix(".yaml"): (layer.folder, f"examples/{name}") for name in names}
    return found


def _read(rule: str, here: PackFolder, name: str) -> list[Example]:
    shown = here.shown_file(name)
    document = read_yaml(read_bytes(here.folder.joinpath(*name.split("/")), shown), shown)
    wrong = misfits(document.value, "examples")
    if wrong:
        raise PackProblem(*told(Complaint(document.places.at(*each.path), rule, each.text) for each in wrong))
    return [Example(rule, each, document.places.under(at)) for at, each in enumerate(document.value)]


# --- running -----------------------------------------------------------------------------------------------


def _run(example: Example, pack: Pack, audit: Audit) -> Result:
    rule, says, places = example
    case = {"la_child_id": CHILD, **says["case"]}
    problems = [f"{place.file}:{place.line}: {text}" for place, text in _faults(Document(case, places.under("case")))]
    differences: list[Difference] = []
    if not problems:
        try:
            result = audit([case], pack, as_at=says["as_at"], since=says.get("since"))
        except Problem as problem:
            problems += problem.messages
        else:
            problems, differences = _compare(says, result)
    return Result(rule, places.place, says["why"], tuple(problems), tuple(differences))


def _faults(case: Document) -> Iterator[tuple[Place, str]]:
    """Why the case is no valid case record, or holds what the case schema does not know."""
    invalid = errors(case.value)
    for note in invalid:
        yield case.places.at(*_path(note.pointer, case.value)), f"the case {note.pointer or 'record'} {note.message}"
    if invalid:
        return
    for section, name in sorted(unknown_properties(case.value)):
        meant = did_you_mean(name, known_properties(section))
        hint = f"did you mean {meant}?" if meant else "the case schema does not know it; a council's own go in `local`"
        yield case.places.place, f"the case has an unknown property {name} in {section or 'the child'}: {hint}"


def _path(pointer: str, value: Any) -> Path:
    path: list[str | int] = []
    for step in pointer.split("/")[1:]:
        key: str | int = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list):
            key = int(step)
            value = value[key]
        else:
            value = value.get(key) if isinstance(value, Mapping) else None
        path.append(key)
    return tuple(path)


def _compare(says: Mapping[str, Any], result: Mapping[str, Any]) -> tuple[list[str], list[Difference]]:
    if not result["cases"]:
        return [f"the case was not audited: {note['message']}" for note in result["invalid_records"]], []
    (finding,) = result["cases"][0]["findings"]
    problems = []
    if finding["outcome"] != says["expect"]:
        problems.append(f"expected {says['expect']}, came {finding['outcome']}")
    if "obligations" not in says:
        return problems, []
    return problems, list(_differences(says["obligations"], finding["obligations"]))


def _differences(expected: list[Mapping[str, Any]], came: list[Mapping[str, Any]]) -> Iterator[Difference]:
    for place in range(max(len(expected), len(came))):
        wanted = expected[place] if place < len(expected) else None
        found = came[place] if place < len(came) else None
        if wanted is None or found is None or any(found[key] != value for key, value in wanted.items()):
            yield Difference(place + 1, wanted, found)
