"""Doubt is kept small: a field that is not held is as if it could hold each of its values.

A field is taken out of a record; the oracle judges the case once for each value that it might have had. What the engine
says for certain must then be so for every value, and it may say `unknown` only where values differ.
"""

from copy import deepcopy
from itertools import product
from typing import Any

from hypothesis import assume, given, note
from hypothesis import strategies as st

from tests import strategies as make
from tests.engine.comparing import as_duty, engine_findings, readable
from tests.oracle.audit import findings

VALUES: dict[str, tuple[Any, ...]] = {
    "intended_to_last_until_18_flag": (True, False, None),
    "seen_flag": (True, False, None),
    "specific_flag": (True, False, None),
    "newly_qualified_flag": (True, False, None),
    "progress_evaluated_flag": (True, False, None),
    "child_seen_flag": (True, False, None),
    "plan_challenged_flag": (True, False, None),
    "legal_status": ("C1", "C2", "V2", None),
    "assessment_type": ("initial", "core", None),
    "worker_id": ("a", "b", "another"),
    "role": ("social_worker", "manager", "another", None),
    "lead": ("worker", None),
}


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where the record has a field whose values can be enumerated."""
    if isinstance(value, list):
        return [found for place, each in enumerate(value) for found in places(each, (*path, place))]
    if not isinstance(value, dict):
        return []
    here = [(*path, key) for key in value if key in VALUES]
    return here + [found for key, each in value.items() for found in places(each, (*path, key))]


def holder(case: Any, path: tuple[Any, ...]) -> Any:
    for part in path[:-1]:
        case = case[part]
    return case


def with_values(case: Any, paths: list[tuple[Any, ...]], values: tuple[Any, ...]) -> Any:
    changed = deepcopy(case)
    for path, value in zip(paths, values, strict=True):
        holder(changed, path)[path[-1]] = value
    return changed


def without_fields(case: Any, paths: list[tuple[Any, ...]]) -> Any:
    changed = deepcopy(case)
    for path in paths:
        del holder(changed, path)[path[-1]]
    return changed


def read_by(rule: Any, paths: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Of the places those whose field the rule reads, but for a status that decides where its own run begins.

    The place of a worker among others, and who came before, rest on the role.
    """
    text = repr(rule).replace("under an interim order", "'legal_status'")
    if "position" in text or "previous." in text:
        text += "'role'"
    return [path for path in paths if f"{path[-1]}'" in text and not (rule.applies_to == path[-3] == "legal_statuses")]


KINDS = {
    "recurring": make.recurring_rules,
    "deadline": make.deadline_rules,
    "held": make.held_rules,
    "recorded": make.recorded_rules,
    "limit": make.limit_rules,
}


def wait(duty):
    """The wait that an obligation is of: an event on the start's own day ends a first one, and begins another."""
    return duty.pointer, duty.starts, duty.starts == duty.done


def is_so(duty, others):
    """Whether what is said of an obligation is so for a value: `others` are its outcomes then, none if it is not made.

    What is met need only be met where it is asked for.
    """
    if duty.outcome == "unknown":
        return True
    if duty.outcome == "not_due":
        return set(others) <= {"met", "not_due"}
    return set(others) <= {"met"} if duty.outcome == "met" else duty.outcome in others


def is_within_a_longer_loss(duty, others):
    """Whether the days out of cover that are certain are the last of more that are not."""
    longer = [each for each in others if each.pointer == duty.pointer and each.starts <= duty.starts]
    return any((each.done, each.outcome) == (duty.done, duty.outcome) for each in longer)


@given(st.data(), st.sampled_from(sorted(KINDS)))
def test_what_is_certain_holds_for_every_value_of_what_is_not_held(data, kind):
    case = data.draw(make.cases())
    rule = data.draw(KINDS[kind](case))
    candidates = read_by(rule, places(case))
    assume(candidates)
    paths = data.draw(st.lists(st.sampled_from(candidates), min_size=1, max_size=2, unique=True))
    since, as_at = data.draw(make.audit_dates(case))
    told = engine_findings(without_fields(case, paths), make.pack(rule), since, as_at)[rule.id]
    duties = [as_duty(each) for each in told["obligations"]]
    note(f"without {paths}: {told['outcome']} {readable(duties)}")
    possible = []
    for values in product(*(VALUES[path[-1]] for path in paths)):
        world = findings(with_values(case, paths, values), make.pack(rule), as_at.toordinal(), since.toordinal())[
            rule.id
        ]
        note(f"{values}: {world[0]} {readable(world[1])}")
        possible.append(world)
    for duty in duties:
        for _, others in possible:
            same = [each.outcome for each in others if wait(each) == wait(duty)]
            assert is_so(duty, same) or (kind == "held" and is_within_a_longer_loss(duty, others))
    if not any(duty.outcome == "unknown" for duty in duties):
        assert told["outcome"] in {world[0] for world in possible}
