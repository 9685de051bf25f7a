"""Outputs are written whole or not at all."""

import os
import sys
from pathlib import Path

import pytest

from casecheck.errors import UsageProblem
from casecheck.files import folder_written_whole, written_whole


def test_what_is_written_takes_the_place_of_what_was_there(tmp_path):
    target = tmp_path / "result.json"
    target.write_bytes(b"old")
    with written_whole(target) as stream:
        stream.write(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert [each.name for each in tmp_path.iterdir()] == ["result.json"]


def test_a_failure_leaves_what_was_there_and_nothing_else(tmp_path):
    target = tmp_path / "result.json"
    target.write_bytes(b"old")

    def fail():
        with written_whole(target) as stream:
            stream.write(b"half of")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert target.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["result.json"]


def test_a_folder_is_no_file_to_write(tmp_path):
    with pytest.raises(UsageProblem, match="is a folder; name the file to write"), written_whole(tmp_path):
        pass


def test_a_folder_that_does_not_exist_is_told(tmp_path):
    with pytest.raises(UsageProblem, match="cannot be written: no such file"), written_whole(tmp_path / "no" / "out"):
        pass


def test_a_disc_that_refuses_is_told(tmp_path):
    target = tmp_path / "result.json"

    def fail():
        with written_whole(target):
            raise OSError(28, "No space left on device")

    with pytest.raises(UsageProblem, match="cannot be written: no space left on device"):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_another_files_trouble_is_not_the_outputs(tmp_path):
    def fail():
        with written_whole(tmp_path / "result.json"):
            (tmp_path / "records.json").read_bytes()

    with pytest.raises(FileNotFoundError, match=r"records\.json"):
        fail()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_the_file_may_be_read_by_those_who_may_read_any_new_file(tmp_path):
    with written_whole(tmp_path / "result.json"):
        pass
    Path(tmp_path / "plain").touch()
    modes = {os.stat(tmp_path / name).st_mode for name in ("result.json", "plain")}
    assert len(modes) == 1


def test_a_link_is_left_and_what_it_leads_to_is_written(tmp_path):
    target, link = tmp_path / "result.json", tmp_path / "link.json"
    target.write_bytes(b"old")
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("this system allows no links")
    with written_whole(link) as stream:
        stream.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["link.json", "result.json"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_written_to_and_never_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with written_whole(pipe) as stream:
            stream.write(b"new")
        assert os.read(reader, 100) == b"new"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    assert [each.name for each in tmp_path.iterdir()] == ["pipe"]


def test_a_folder_appears_when_all_in_it_is_written(tmp_path):
    target = tmp_path / "sample"
    with folder_written_whole(target) as folder:
        (folder / "a.txt").write_bytes(b"all")
        assert not target.exists()
    assert (target / "a.txt").read_bytes() == b"all"
    assert os.listdir(tmp_path) == ["sample"]


def test_of_a_folder_that_fails_nothing_is_left(tmp_path):
    def half_written(target):
        with folder_written_whole(target) as folder:
            (folder / "a.txt").write_bytes(b"half")
            raise KeyError

    (tmp_path / "empty").mkdir()
    for name in ("sample", "empty"):
        with pytest.raises(KeyError):
            half_written(tmp_path / name)
    assert os.listdir(tmp_path) == ["empty"]
    assert os.listdir(tmp_path / "empty") == []


def test_a_new_folder_is_open_to_whom_other_folders_are(tmp_path):
    (tmp_path / "usual").mkdir()
    with folder_written_whole(tmp_path / "sample"):
        pass
    assert (tmp_path / "sample").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_what_is_there_is_no_folder_to_write(tmp_path):
    (tmp_path / "file").write_bytes(b"mine")
    for target in (tmp_path / "file", tmp_path):
        with pytest.raises(UsageProblem, match="name a folder that is new, or empty"), folder_written_whole(target):
            pass
    with pytest.raises(UsageProblem, match="cannot be written"), folder_written_whole(tmp_path / "none" / "sample"):
        pass
