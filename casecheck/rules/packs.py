"""Where packs lie: those shipped with casecheck, and folders of a council's own."""

import os
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, NamedTuple

from casecheck.errors import PackProblem
from casecheck.records.properties import did_you_mean
from casecheck.written.places import listed

PACK_FILE: Final = "pack.yaml"


class PackFolder(NamedTuple):
    """The folder of a pack, and what messages call it."""

    folder: Traversable
    shown: str

    def shown_file(self, name: str) -> str:
        """What messages call a file of the folder."""
        return f"{self.shown.rstrip('/')}/{name}"


def shipped_packs() -> dict[str, Traversable]:
    """The packs that come with casecheck, by id: in the package once installed, at the top of a source checkout."""
    package = resources.files("casecheck")
    for shelf in (package.joinpath("packs"), _checkout(package)):
        if shelf is not None and shelf.is_dir():
            folders = sorted(shelf.iterdir(), key=lambda folder: folder.name)
            return {folder.name: folder for folder in folders if folder.joinpath(PACK_FILE).is_file()}
    return {}


def _checkout(package: Traversable) -> Traversable | None:
    """The folder `rules` of the source that the package stands in, if it stands in one."""
    if not isinstance(package, Path) or not (package.parent / "pyproject.toml").is_file():
        return None
    return package.parent / "rules"


def find_pack(name_or_folder: str | os.PathLike[str], beside: PackFolder | None = None) -> PackFolder:
    """The folder of a shipped pack by its id, or of a pack at a path (seen from `beside`, if given).

    Raises PackProblem if there is no such pack.
    """
    name = os.fspath(name_or_folder)
    shipped = shipped_packs()
    if isinstance(name_or_folder, str) and name in shipped:
        return PackFolder(shipped[name], name)
    folder = _folder(name, beside)
    try:
        if folder is not None and folder.folder.joinpath(PACK_FILE).is_file():
            return folder
        is_folder = folder is not None and folder.folder.is_dir()
    except OSError as error:
        raise PackProblem(f"{_short(name)}: the rule pack cannot be read: {error.strerror}") from None
    if is_folder:
        raise PackProblem(f"{name}: this folder is no rule pack: it holds no {PACK_FILE}")
    meant = did_you_mean(name, shipped)
    hint = f"did you mean `{meant}`?" if meant else f"shipped are {listed(shipped, 'and') or 'none'}; or name a folder"
    raise PackProblem(f"{_short(name)}: there is no such rule pack; {hint}")


def _short(name: str) -> str:
    return name if len(name) <= 200 else name[:197] + "..."


def _folder(name: str, beside: PackFolder | None) -> PackFolder | None:
    if not name or "\0" in name:
        return None
    if beside is None:
        return PackFolder(Path(name), name)
    if not isinstance(beside.folder, Path):
        return None
    return PackFolder(beside.folder / name, os.path.normpath(os.path.join(beside.shown, name)))
