"""Runs a command and says what it cost, with all the processes that it started."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

EVERY: Final = 0.05
"""Seconds between two looks at the processes' memory."""


class Cost(NamedTuple):
    """What a command cost: seconds by the clock, seconds of CPU, and peaks of memory in bytes.

    `cpu` is user and system time of the command and of all processes that it started and waited for. `largest` is the
    peak of its largest process, `together` the sum of the peaks of all its processes, where the system tells (Linux),
    else None; pages that processes share, such as those of Python itself, count once for each.
    """

    wall: float
    cpu: float
    largest: int
    together: int | None


def cost_of(command: Sequence[str]) -> Cost:
    """Run the command, with its output thrown away, and say what it cost. Raises CalledProcessError if it fails."""
    # What users have: compiled modules are kept, whatever the environment of whoever measures says.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment) as process:
        watch = _Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        together = watch.finished()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit, together)


class _Watch(threading.Thread):
    """Looks now and then at the peak of each process of a tree, since a process that is gone tells none."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._peaks: dict[int, int] = {}
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(EVERY):
            for pid in _tree(self._pid):
                self._peaks[pid] = max(_peak(pid), self._peaks.get(pid, 0))

    def finished(self) -> int | None:
        """The sum of the peaks in bytes; None where none was seen."""
        self._over.set()
        self.join()
        return sum(self._peaks.values()) or None


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for task in _read(Path(f"/proc/{pid}/task"), "*/children"):
        for child in task.split():
            yield from _tree(int(child))


def _read(folder: Path, pattern: str) -> Iterator[str]:
    """What the files hold, but for those that are gone meanwhile."""
    try:
        for path in list(folder.glob(pattern)):
            yield path.read_text(encoding="ascii")
    except OSError:
        return


def _peak(pid: int) -> int:
    """The most memory, in bytes, that a process has held so far; 0 if it is gone."""
    for status in _read(Path(f"/proc/{pid}"), "status"):
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0
