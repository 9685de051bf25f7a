"""Loading a pack: a folder with pack.yaml and files of rules, checked whole before anything runs.

A pack folder holds `pack.yaml`; the rules, in every other `*.yaml` file beside it, each a list, read in order of their
names; and `examples/RULE-ID.yaml`. A pack that `extends` another is laid over it (`casecheck.rules.extending`).
"""

import hashlib
import os
from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, NamedTuple

from casecheck.calendar import DAYS, parse_duration
from casecheck.errors import PackProblem
from casecheck.rules.extending import Draft, DraftRule, lay_over, shown_rule
from casecheck.rules.model import KINDS, Area, Pack, Policy, Rule
from casecheck.rules.packs import PACK_FILE, PackFolder, find_pack
from casecheck.rules.schema_words import misfits, without
from casecheck.rules.sense import senseless
from casecheck.written.places import Complaint, Document, Place, quoted, told
from casecheck.written.yaml_source import MAX_BYTES, read_yaml

MAX_FILES: Final = 500


class Layer(NamedTuple):
    """One pack folder as read: its pack.yaml, its rules, and what is wrong with their shape.

    `terms` and `areas` are the names that it defines, whatever they say (None: not known). `contents`
    are the names and bytes of its files, from which the digest is made.
    """

    folder: PackFolder
    id: str
    draft: Draft
    complaints: tuple[Complaint, ...]
    terms: frozenset[str] | None
    areas: frozenset[str] | None
    contents: tuple[tuple[str, bytes], ...]


def load_pack(name_or_folder: str | os.PathLike[str]) -> Pack:
    """The shipped pack of that id, or the pack in that folder, checked whole.

    Raises PackProblem with every error found, each with file, line, rule and what to write instead.
    """
    layers = read_layers(name_or_folder)
    draft, *overlays = [_inherited(layer) for layer in layers[:-1]] + [layers[-1].draft]
    complaints = [complaint for layer in layers for complaint in layer.complaints]
    for overlay in overlays:
        draft, unfitting = lay_over(draft, overlay, _paragraphs(overlay.head, draft.head))
        complaints += unfitting
    draft, misshapen = _well_formed(draft)
    complaints += misshapen
    terms, areas = (_all_names(names) for names in zip(*((layer.terms, layer.areas) for layer in layers), strict=True))
    complaints += senseless(draft, terms, areas)
    complaints += _examples_without_rule(layers[-1], draft.rules)
    if complaints:
        raise PackProblem(*told(complaints))
    return _pack(draft, layers)


def read_layers(name_or_folder: str | os.PathLike[str]) -> list[Layer]:
    """The folders that a pack is made of, the one that extends no other first.

    Raises PackProblem where a file cannot be read as YAML, or a pack extends one that is not there or itself.
    """
    layers: list[Layer] = []
    met: set[str] = set()
    here = find_pack(name_or_folder)
    while True:
        met.add(_identity(here.folder))
        layer = _read_layer(here)
        layers.insert(0, layer)
        base = layer.draft.head.get("extends")
        if base is None:
            return layers
        place = layer.draft.places.at("extends")
        try:
            here = find_pack(base, beside=here)
        except PackProblem as problem:
            raise PackProblem(*(f"{place.file}:{place.line}: `extends`: {each}" for each in problem.messages)) from None
        if _identity(here.folder) in met:
            raise PackProblem(f"{place.file}:{place.line}: `extends`: {base} leads back to a pack that extends it")


def _identity(folder: Traversable) -> str:
    return str(folder.resolve() if isinstance(folder, Path) else folder)


# --- reading a folder ------------------------------------------------------------------------------------------------


def _read_layer(here: PackFolder) -> Layer:
    names = [PACK_FILE, *_rule_files(here)]
    contents: list[tuple[str, bytes]] = []
    documents: dict[str, Document] = {}
    unreadable: list[str] = []
    for name in names:
        try:
            content = read_bytes(here.folder.joinpath(name), here.shown_file(name))
            documents[name] = read_yaml(content, here.shown_file(name))
            contents.append((name, content))
        except PackProblem as problem:
            unreadable += problem.messages
    if unreadable:
        raise PackProblem(*unreadable)
    written = documents.pop(PACK_FILE)
    head, complaints = _head(written, here)
    folder = here.folder.resolve() if isinstance(here.folder, Path) else here.folder
    rules: list[DraftRule] = []
    for name, document in documents.items():
        found, wrong = _rules(document, name, _paragraphs(head.value, {}))
        rules += found
        complaints += wrong
    return Layer(
        folder=here,
        id=head.value.get("id", folder.name),
        draft=Draft(head.value, head.places, tuple(rules)),
        complaints=tuple(complaints),
        terms=_names(written.value.get("terms", {})),
        areas=_names(written.value.get("areas", [])),
        contents=tuple(contents),
    )


def _rule_files(here: PackFolder) -> list[str]:
    try:
        names = sorted(each.name for each in here.folder.iterdir() if not each.name.startswith(".") and each.is_file())
    except OSError as error:
        raise PackProblem(f"{here.shown}: the folder cannot be read: {error.strerror}") from None
    wrong = [name for name in names if name.lower().endswith((".yml", ".yaml")) and not name.endswith(".yaml")]
    if wrong:
        raise PackProblem(
            *(f"{here.shown_file(name)}:1: the names of rule files end in .yaml; rename it" for name in wrong)
        )
    found = [name for name in names if name.endswith(".yaml") and name != PACK_FILE]
    if len(found) > MAX_FILES:
        raise PackProblem(f"{here.shown}: more than {MAX_FILES} files of rules; name the folder of a pack")
    return found


def read_bytes(file: Traversable, shown: str) -> bytes:
    """What the file holds, but for more than YAML may be long (`read_yaml` refuses that).

    Raises PackProblem if it cannot be read.
    """
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise PackProblem(f"{shown}:1: the file cannot be read: {error.strerror or 'it is not there'}") from None


def _head(document: Document, here: PackFolder) -> tuple[Document, list[Complaint]]:
    """What pack.yaml says, without what the schema does not allow, and complaints about that."""
    wrong = misfits(document.value, "pack")
    complaints = [Complaint(document.places.at(*each.path), None, each.text) for each in wrong]
    kept = without(document.value, [path for each in wrong for path in each.refused])
    if not isinstance(kept, Mapping):
        raise PackProblem(*told(complaints))
    return Document(kept, document.places), complaints


def _names(written: Any) -> frozenset[str] | None:
    """The names of terms (keys) or of areas (ids) as written; None where they cannot be told."""
    if isinstance(written, Mapping):
        return frozenset(written)
    if not isinstance(written, list) or not all(isinstance(each, Mapping) for each in written):
        return None
    ids = [each.get("id") for each in written]
    return frozenset(each for each in ids if isinstance(each, str))


def _rules(document: Document, file: str, paragraphs: int | None) -> tuple[list[DraftRule], list[Complaint]]:
    """The rules of one file, as written, and complaints about what is no rule."""
    value, places = document
    if not isinstance(value, list) or not value:
        text = f"a file of rules is a list, each entry beginning with `- id: ...`; this is {quoted(value)}"
        return [], [Complaint(places.place, None, text)]
    rules, complaints = [], []
    for at, each in enumerate(value):
        if isinstance(each, Mapping):
            rules.append(DraftRule(each, places.under(at), file, paragraphs))
        else:
            complaints.append(Complaint(places.at(at), None, f"a rule is a mapping of keys; this is {quoted(each)}"))
    return rules, complaints


def _paragraphs(head: Mapping[str, Any], inherited: Mapping[str, Any]) -> int | None:
    """The highest paragraph of the report that the pack is drawn from, where pack.yaml says it."""
    source = head.get("source") or inherited.get("source") or {}
    found: int | None = source.get("paragraphs")
    return found


def _all_names(layers: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """The names that all the layers define; None where those of one are not known."""
    found: set[str] = set()
    for names in layers:
        if names is None:
            return None
        found |= names
    return frozenset(found)


def _inherited(layer: Layer) -> Draft:
    """The draft of a pack that another extends: its files are named with its id."""
    rules = (rule._replace(file=f"{layer.id}/{rule.file}") for rule in layer.draft.rules)
    return layer.draft._replace(rules=tuple(rules))


def _well_formed(draft: Draft) -> tuple[Draft, list[Complaint]]:
    """The draft without what the rule schema does not allow, and complaints about that."""
    rules, complaints = [], []
    for rule in draft.rules:
        wrong = misfits(rule.value, "rules", "rule")
        shown = shown_rule(rule.value)
        complaints += [Complaint(rule.places.at(*each.path), shown, each.text) for each in wrong]
        value = without(rule.value, [path for each in wrong for path in each.refused]) or {}
        rules.append(rule._replace(value=value, misshapen=tuple(each.path for each in wrong), shown=shown))
    return draft._replace(rules=tuple(rules)), complaints


def _examples_without_rule(layer: Layer, rules: Iterable[DraftRule]) -> list[Complaint]:
    known = {rule.shown for rule in rules}
    examples = layer.folder.folder.joinpath("examples")
    if not examples.is_dir():
        return []
    names = sorted(each.name for each in examples.iterdir() if each.name.endswith(".yaml"))
    return [
        Complaint(
            Place(layer.folder.shown_file(f"examples/{name}"), 1),
            None,
            "no rule has this file's name for its id; name it after the rule whose examples it holds",
        )
        for name in names
        if name.removesuffix(".yaml") not in known and not name.startswith(".")
    ]


# --- what the rest of casecheck sees ---------------------------------------------------------------------------------


def _pack(draft: Draft, layers: list[Layer]) -> Pack:
    head, top = draft.head, layers[-1]
    extended = "extends" in top.draft.head
    count, unit = parse_duration(head["review_period"])
    adequate = _policy(head["adequate"])
    return Pack(
        id=top.id,
        title=head["title"] if "title" in top.draft.head or not extended else f"{head['title']}, with local changes",
        version=head["version"],
        source=head["source"],
        review_period_months=count * (12 if unit == "years" else 1),
        areas=tuple(
            Area(each["id"], each["title"], _policy(each.get("adequate", {}), adequate)) for each in head["areas"]
        ),
        terms=head.get("terms", {}),
        adequate=adequate,
        grades=head["grades"],
        rules=tuple(_rule(rule) for rule in draft.rules),
        digest=_digest(layers),
        folder=str(top.folder.folder),
    )


def _policy(says: Mapping[str, Any], otherwise: Policy | None = None) -> Policy:
    """What `adequate` says, and of the severities that it leaves out what `otherwise` does."""
    fail, unknown = ({}, {}) if otherwise is None else otherwise
    return Policy(_bounds({**fail, **says.get("fail", {})}), _bounds({**unknown, **says.get("unknown", {})}))


def _bounds(most: Mapping[str, int | None]) -> dict[str, int]:
    return {severity: number for severity, number in most.items() if number is not None}


def _rule(rule: DraftRule) -> Rule:
    value = rule.value
    kind = next(each for each in KINDS if each in value)
    in_force = value.get("in_force", {})
    begins, ends = (DAYS[in_force[key]] if key in in_force else None for key in ("from", "to"))
    return Rule(
        id=value["id"],
        title=value["title"],
        area=value["area"],
        severity=value["severity"],
        basis=tuple(value["basis"]),
        applies_to=value["latest"] if "latest" in value else value["each"],
        latest="latest" in value,
        where=value.get("where", {}),
        while_=value.get("while", {}),
        lapses_with=value.get("lapses_with"),
        in_force=(begins, ends),
        kind=kind,
        check=value[kind],
        file=rule.file,
        line=rule.places.place.line,
    )


def _digest(layers: Iterable[Layer]) -> str:
    """SHA-256 of every file that the pack was read from; how lines end makes no difference."""
    digest = hashlib.sha256()
    for layer in layers:
        for name, content in layer.contents:
            text = content.replace(b"\r\n", b"\n")
            digest.update(f"{layer.id}/{name}\n{len(text)}\n".encode())
            digest.update(text)
    return digest.hexdigest()
