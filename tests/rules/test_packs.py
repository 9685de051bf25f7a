"""Where packs are found."""

from pathlib import Path

import pytest

from casecheck.errors import PackProblem
from casecheck.rules.packs import find_pack, shipped_packs


def a_package(folder: Path, *shelves: str) -> Path:
    package = folder / "casecheck"
    package.mkdir()
    for shelf in shelves:
        pack = folder / shelf / "a-pack"
        pack.mkdir(parents=True)
        (pack / "pack.yaml").write_text(f"id: {shelf}")
        (folder / shelf / "no-pack").mkdir()
    return package


@pytest.fixture
def found(monkeypatch):
    def look(package: Path) -> dict[str, str]:
        monkeypatch.setattr("importlib.resources.files", lambda name: package)
        return {name: str(folder) for name, folder in shipped_packs().items()}

    return look


def test_an_installed_package_holds_its_packs(tmp_path, found):
    package = a_package(tmp_path)
    pack = package / "packs" / "a-pack"
    pack.mkdir(parents=True)
    (pack / "pack.yaml").write_text("id: a-pack")
    assert found(package) == {"a-pack": str(pack)}


def test_a_source_checkout_holds_them_beside_the_package(tmp_path, found):
    package = a_package(tmp_path, "rules")
    (tmp_path / "pyproject.toml").touch()
    assert found(package) == {"a-pack": str(tmp_path / "rules" / "a-pack")}


def test_a_folder_called_rules_beside_an_installed_package_is_not_ours(tmp_path, found):
    assert found(a_package(tmp_path, "rules")) == {}


def test_a_path_object_never_means_a_shipped_pack():
    with pytest.raises(PackProblem, match="no such rule pack"):
        find_pack(Path("southampton-2012"))


def test_a_shipped_pack_is_called_by_its_id_and_a_folder_as_it_was_given(tmp_path):
    (tmp_path / "pack.yaml").touch()
    assert find_pack("southampton-2012").shown_file("pack.yaml") == "southampton-2012/pack.yaml"
    assert find_pack(f"{tmp_path}/").shown_file("pack.yaml") == f"{tmp_path}/pack.yaml"
