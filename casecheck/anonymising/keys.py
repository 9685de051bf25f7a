"""The key of pseudonyms: made, read, and used. It is never written to an output."""

import hmac
import os
import secrets
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

from casecheck.errors import UsageProblem

VARIABLE: Final = "CASECHECK_KEY"
SHORTEST: Final = 32
"""Signs of a key: of the 64 that `new_key` draws from, 32 are 192 bits."""
LONGEST: Final = 4096

_LETTERS: Final = "bcdfghjklmnpqrstvwxz"
_LENGTH: Final = 14
"""Of 20 letters 14 are 60 bits: among a million children two are given one name once in two million times.

Letters alone, so that no pseudonym ever looks like a number of a person; without vowels, so that none is a word.
"""


def new_key() -> str:
    """A key of 256 random bits, as text of 43 signs."""
    return secrets.token_urlsafe(32)


def read_key(file: Path | None, environment: Mapping[str, str] = os.environ) -> bytes:
    """The key in the file, else in the environment.

    Raises UsageProblem where there is none, or it is too short to be one. No message repeats it.
    """
    if file is None:
        where, text = VARIABLE, environment.get(VARIABLE, "")
        if not text.strip():
            raise UsageProblem(
                f"there is no key: name its file with --key-file, or set {VARIABLE}; `casecheck key` makes one"
            )
    else:
        where, text = f"--key-file {file}", _read(file)
    key = text.strip()
    if len(key) < SHORTEST or len(set(key)) < 8:
        raise UsageProblem(
            f"{where}: a key has at least {SHORTEST} characters, drawn by chance; make one with `casecheck key`"
        )
    return key.encode()


def _read(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return stream.read(LONGEST).decode()
    except OSError as error:
        reason = (error.strerror or "the system refused").lower()
        raise UsageProblem(f"--key-file {file}: cannot be read: {reason}") from None
    except UnicodeDecodeError:
        raise UsageProblem(f"--key-file {file}: is no text; make a key with `casecheck key`") from None


def write_key(file: Path) -> None:
    """Write a new key to a new file that its owner alone can read. Raises UsageProblem where it cannot be written."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(f"{new_key()}\n")
    except FileExistsError:
        raise UsageProblem(f"{file}: there is such a file already; a key that is gone cannot be made again") from None
    except OSError as error:
        reason = (error.strerror or "the system refused").lower()
        raise UsageProblem(f"{file}: cannot be written: {reason}") from None


def pseudonym(key: bytes, kind: str, value: str) -> str:
    """The name that stands for a value of that kind: the same for one key, with nothing of the value in it."""
    number = int.from_bytes(_digest(key, kind, value))
    letters = []
    for _ in range(_LENGTH):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    return f"{kind}-{''.join(letters)}"


def drawn(key: bytes, kind: str, value: str, below: int) -> int:
    """A number from 0 that looks drawn by chance, the same for one key, kind and value."""
    return int.from_bytes(_digest(key, kind, value)) % below


def _digest(key: bytes, kind: str, value: str) -> bytes:
    return hmac.new(key, f"{kind}\0{value}".encode(), sha256).digest()
