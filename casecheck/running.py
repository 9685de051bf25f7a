"""An audit of whole sources: records stream through, over several processes, and come out as a result document.

Records are read here and audited in chunks, in this process where there are few and in worker processes (spawned, so
that it runs alike on every system) where there are many. What comes back is put together in the order of the input,
so that the number of processes never shows in a result.
"""

import gc
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import chain, islice
from signal import SIG_IGN, SIGINT, signal
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

import orjson

from casecheck.auditing import Auditor, Tally, add_to, audit_case, auditor
from casecheck.calendar import iso
from casecheck.errors import InputProblem, UsageProblem
from casecheck.records.case import Note, release
from casecheck.records.derived import case_as_at
from casecheck.records.seen import Seen
from casecheck.records.sources import Source, SourceRecord, Unreadable
from casecheck.records.validation import (
    did_you_mean,
    errors,
    is_clean,
    is_valid,
    known_properties,
    parse,
    unknown_properties,
)
from casecheck.rules.model import Pack
from casecheck.summary import due_by_month, summarise, told_pack
from casecheck.version import __version__

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

SCHEMA: Final = "casecheck/result/1"
CHUNK: Final = 250
"""Records a chunk: large enough to pay for its journey, small enough to keep memory flat."""

MOST_NAMES: Final = 50
"""How many properties that are not known are told of, for each source."""

_A_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")
"""What a property is called, as against what a person may be."""

Unknown = tuple[str, str]
"""A property that the case schema does not know: the dotted path of its section, and its name."""

Sink = Callable[[bytes], object]


class Records(Protocol):
    """What an audit reads: a source, or records handed over by a program."""

    name: str
    format: str

    @property
    def reference_date(self) -> str | None: ...

    @property
    def digest(self) -> str: ...

    @property
    def notes(self) -> tuple[str, ...]: ...

    def records(self) -> Iterator[SourceRecord | Unreadable]: ...


class Options(NamedTuple):
    """What an audit is asked: day numbers, where the audit date came from, the fields to break down by, whether to
    count what fell due by month, and whether to say of every case who is allocated to it.
    """

    as_at: int
    as_at_from: str
    since: int
    by: tuple[str, ...] = ()
    by_month: bool = False
    allocated: bool = False


class _Case(NamedTuple):
    """One record's part of a chunk: the case's entry as JSON, or why it could not be audited."""

    number: int
    identity: bytes
    entry: bytes
    problem: Note | None


class _Chunk(NamedTuple):
    cases: list[_Case]
    tally: Tally
    unknown: dict[Unknown, int]


def run(
    sources: Sequence[Records],
    pack: Pack,
    options: Options,
    sink: Sink,
    jobs: int = 1,
    progress: Callable[[int], object] | None = None,
) -> dict[str, Any]:
    """Audit the sources and return the result document without its `cases`, each of which goes to `sink` as JSON bytes.

    `progress` is called with the number of records audited since the last call. With `options.by_month` the document
    also holds `due`: of each rule, by month, what became of what fell due; with `options.allocated` each case holds
    `allocated`. No result has either. Raises UsageProblem where `options.by` names no field.
    """
    ready = auditor(pack, options.as_at, options.since, options.by, options.by_month, options.allocated)
    total: Tally = Counter()
    seen = Seen()
    told_sources: list[dict[str, Any]] = []
    invalid: list[dict[str, Any]] = []
    read = 0
    with ExitStack() as stack:
        workers = _Workers(stack, ready, jobs)
        for source in sources:
            unknown: Counter[Unknown] = Counter()
            before = read
            for chunk in workers.audited(source.name, source.records()):
                read += len(chunk.cases)
                total += _without_repeats(ready, chunk, source.name, seen, invalid, sink)
                unknown.update(chunk.unknown)
                if progress is not None:
                    progress(len(chunk.cases))
            told_sources.append(_told_source(source, read - before, unknown))
    due = {"due": due_by_month(pack, total)} if options.by_month else {}
    return {
        "schema": SCHEMA,
        "casecheck": __version__,
        "pack": told_pack(pack),
        "as_at": iso(options.as_at),
        "as_at_from": options.as_at_from,
        "since": iso(options.since),
        "sources": told_sources,
        "summary": summarise(pack, total, read, len(invalid), options.by),
        "invalid_records": invalid,
        **due,
    }


def _without_repeats(
    ready: Auditor, chunk: _Chunk, source: str, seen: Seen, invalid: list[dict[str, Any]], sink: Sink
) -> Tally:
    """Send the chunk's cases on; a second record with an id already seen is an invalid record. Returns what counts."""
    repeated: Tally = Counter()
    for case in chunk.cases:
        problem = case.problem
        if problem is None:
            if seen.add(case.identity):
                sink(case.entry)
                continue
            problem = Note("/la_child_id", f"another record before this one has the same id ({case.identity.decode()})")
            add_to(repeated, ready, orjson.loads(case.entry))
        record = case.identity.decode() or case.number
        told = {"source": source, "record": record, "pointer": problem.pointer, "message": problem.message}
        invalid.append(told)
    return chunk.tally - repeated


def _told_source(source: Records, records: int, unknown: Mapping[Unknown, int]) -> dict[str, Any]:
    notes = list(source.notes)
    for (section, name), number in sorted(unknown.items())[:MOST_NAMES]:
        near = did_you_mean(name, known_properties(section))
        told = name if _A_NAME.fullmatch(name) else "(a name that is not repeated)"
        where = f"{section}.{told}" if section else told
        meant = f"; did you mean {near}?" if near else ""
        records_in_words = "1 record" if number == 1 else f"{number} records"
        notes.append(f"{where} is no property that casecheck knows, in {records_in_words}; it was not used{meant}")
    if len(unknown) > MOST_NAMES:
        notes.append(f"{len(unknown) - MOST_NAMES} more properties are not known, and were not used")
    return {
        "name": source.name,
        "digest": source.digest,
        "format": source.format,
        "records": records,
        "notes": notes,
    }


class _Workers:
    """Audits chunks of records in the order in which they come, in other processes once there is more than one
    chunk.
    """

    def __init__(self, stack: ExitStack, ready: Auditor, jobs: int) -> None:
        self._stack, self._ready, self._jobs = stack, ready, jobs
        self._pool: ProcessPoolExecutor | None = None

    def audited(self, source: str, records: Iterable[SourceRecord | Unreadable]) -> Iterator[_Chunk]:
        """The chunks of the records of the source of that name."""
        left = iter(records)
        chunks = iter(lambda: list(islice(left, CHUNK)), [])
        first = next(chunks, None)
        if first is None:
            return
        second = next(chunks, None)
        if self._jobs == 1 or (second is None and self._pool is None):
            for chunk in chain([first], [second] if second is not None else [], chunks):
                yield _audit_chunk(self._ready, source, chunk)
            return
        yield from self._in_parallel(source, chain([first], [second] if second is not None else [], chunks))

    def _in_parallel(self, source: str, chunks: Iterable[list[SourceRecord | Unreadable]]) -> Iterator[_Chunk]:
        if self._pool is None:
            self._pool = self._started()
        from concurrent.futures.process import BrokenProcessPool

        waiting: deque[Future[_Chunk]] = deque()
        try:
            for chunk in chunks:
                waiting.append(self._pool.submit(_audit_in_worker, source, chunk))
                if len(waiting) > 3 * self._jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool:
            message = "a worker process was ended by the system, perhaps for want of memory; try again with --jobs 1"
            raise InputProblem(message) from None

    def _started(self) -> "ProcessPoolExecutor":
        """The workers, begun at once, deaf to an interrupt: this process hears it and ends them."""
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        pool = ProcessPoolExecutor(self._jobs, get_context("spawn"), _begin, (_asked(self._ready),))
        self._stack.callback(pool.shutdown, cancel_futures=True)
        heard = signal(SIGINT, SIG_IGN) if current_thread() is main_thread() else None
        try:
            for _ in range(self._jobs):
                pool.submit(int)
        finally:
            if heard is not None:
                signal(SIGINT, heard)
        return pool


_Asked = tuple[Pack, int, int, tuple[str, ...], bool, bool]
_worker: list[Auditor] = []


def _asked(ready: Auditor) -> _Asked:
    names = tuple(group.name for group in ready.groups)
    return ready.pack, ready.span.as_at, ready.span.since, names, ready.by_month, ready.allocated


def _begin(asked: _Asked) -> None:
    """Make a worker process ready: compile the pack once."""
    signal(SIGINT, SIG_IGN)
    _worker.append(auditor(*asked))


def _audit_in_worker(source: str, chunk: list[SourceRecord | Unreadable]) -> _Chunk:
    return _audit_chunk(_worker[0], source, chunk)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Let the garbage collector look seldom: what a case was built of is freed when it is audited."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@_seldom_collected()
def _audit_chunk(ready: Auditor, source: str, records: Sequence[SourceRecord | Unreadable]) -> _Chunk:
    cases: list[_Case] = []
    total: Tally = Counter()
    unknown: Counter[Unknown] = Counter()
    for record in records:
        if isinstance(record, Unreadable):
            cases.append(_Case(record.number, b"", b"", Note(record.pointer, record.message)))
            continue
        data = parse(record.data)
        if not isinstance(data, dict):
            cases.append(_Case(record.number, b"", b"", Note(data.pointer, data.message)))
            continue
        if data.get("purge") is True:
            continue
        cases.append(_audited(ready, source, record, data, total, unknown))
    return _Chunk(cases, total, unknown)


def _audited(
    ready: Auditor, source: str, record: SourceRecord, data: Mapping[str, Any], tally: Tally, unknown: Counter[Unknown]
) -> _Case:
    clean = is_clean(data)
    if not clean and not is_valid(data):
        found = errors(data)[0]
        return _Case(record.number, _identity(data), b"", Note(found.pointer, found.message))
    if not clean:
        unknown.update(unknown_properties(data))
    try:
        case = case_as_at(data, ready.span.as_at, ready.reads)
        entry = audit_case(ready, case, record.notes)
    except Exception as fault:  # a fault of ours in one record must take nobody else's result with it
        message = f"could not be audited: a fault in casecheck ({type(fault).__name__}); please report it"
        return _Case(record.number, _identity(data), b"", Note("", message))
    release(case)
    add_to(tally, ready, entry)
    told = {"case_id": case.id, "source": source, "line": record.line, **entry}
    return _Case(record.number, data["la_child_id"].encode(), orjson.dumps(told), None)


def _identity(data: Mapping[str, Any]) -> bytes:
    """The id of an invalid record, if it has one that may be told."""
    identity = data.get("la_child_id")
    return identity.encode() if isinstance(identity, str) and is_valid({"la_child_id": identity}) else b""


def default_since(pack: Pack, as_at: int) -> int:
    """The first day of the review period: the audit date less the pack's review period."""
    from casecheck.calendar import add_months

    return add_months(as_at, -pack.review_period_months)


def common_reference_date(sources: Sequence[Source]) -> str | None:
    """The reference date that the sources state, as ISO text; None where none does.

    Raises UsageProblem where they disagree.
    """
    dates = sorted({source.reference_date for source in sources if source.reference_date})
    if len(dates) > 1:
        names = ", ".join(f"{source.name} ({source.reference_date})" for source in sources if source.reference_date)
        raise UsageProblem(f"the sources have different reference dates: {names}; say which day with --as-at")
    return dates[0] if dates else None
