"""What is hostile, broken or merely odd costs itself alone: one clear message, the exit code that is documented."""

import gzip
import json
import os
import random
import signal
import subprocess
import sys

import pytest

DAY = ("--as-at", "2012-04-23")


def case(name, **more):
    return {"la_child_id": name, "social_care_episodes": [], **more}


def audited_as_json(casecheck, *arguments):
    result = casecheck("audit", *arguments, *DAY, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def told(casecheck, file, content):
    """The one message about a file in which nothing is right."""
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = casecheck("audit", file, *DAY)
    assert result.exit_code == 3
    first, message = result.stderr.splitlines()
    assert first == "casecheck: there is no valid case record; nothing was audited"
    assert result.stdout == ""
    return message.removeprefix(f"casecheck: {file.name}, ")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"la_child_id": "wide"}'.encode("utf-16"), "is JSON in UTF-16 or UTF-32; save it as UTF-8"),
        ('[{"la_child_id": "wide"}]'.encode("utf-16-be"), "is JSON in UTF-16 or UTF-32; save it as UTF-8"),
        ('{"la_child_id": "wide"}'.encode("utf-32"), "is JSON in UTF-16 or UTF-32; save it as UTF-8"),
        ('{"la_child_id": "é"}'.encode("latin-1"), "is not UTF-8 text: byte 18 cannot be read"),
        (b"\0" * 1000, "is a binary file"),
        (b'{"la_child_id": "a\0b"}', "is not valid JSON at column 19"),
        ('{"la_child_id": "a\\u0000b"}', "on one line"),
        ('{"la_child_id": "a\\ud800b"}', "is not valid JSON"),
        ('{"la_child_id": "a", "local": NaN}', "JSON has no NaN and no Infinity"),
        ('{"la_child_id": "a", "local": -Infinity}', "JSON has no NaN and no Infinity"),
        ('{"la_child_id": "a", "local": {"x": %s}}' % ("9" * 10_000), "number is infinity"),
        ('{"la_child_id": 12345}', "/la_child_id: is a number; it should be text"),
        ('{"la_child_id": ""}', "/la_child_id: is empty text"),
        ("[" * 100_000, "is cut off"),
        ("[" * 100_000 + "]" * 100_000, "is nested more than 1,024 levels deep"),
        (b"\x1f\x8b" + b"x" * 100, "is no valid gzip file"),
        (gzip.compress(gzip.compress(b"{}", mtime=0), mtime=0), "is gzipped twice"),
        (b"%PDF-1.7", "is a PDF"),
        (b"", "is empty"),
        (b"[]", "is empty"),
    ],
    ids=lambda value: None if isinstance(value, bytes) or len(value) > 60 else value,
)
def test_a_broken_file_is_told_in_one_message(casecheck, tmp_path, content, says):
    assert says in told(casecheck, tmp_path / "case.json", content)


def test_an_object_longer_than_any_record_is_not_read(casecheck, tmp_path):
    file = tmp_path / "cases.jsonl"
    long = json.dumps(case("long", local={"note": "x" * (65 * 1024 * 1024)}))
    file.write_text("\n".join([json.dumps(case("before")), long, json.dumps(case("after"))]), encoding="utf-8")
    found = audited_as_json(casecheck, file)
    assert [each["case_id"] for each in found["cases"]] == ["before", "after"]
    (invalid,) = found["invalid_records"]
    assert invalid["message"].startswith("is longer than 64 MiB")


def test_a_bomb_of_gzip_is_not_unpacked_whole(casecheck, tmp_path):
    file = tmp_path / "bomb.json.gz"
    file.write_bytes(gzip.compress(b'{"la_child_id": "' + b"x" * (80 * 1024 * 1024)))
    result = casecheck("audit", file, *DAY)
    assert result.exit_code == 3
    assert "is longer than 64 MiB" in result.stderr


@pytest.mark.parametrize("form", ["lines", "array"])
def test_what_stands_before_the_cut_of_a_gzip_file_is_audited(casecheck, tmp_path, form):
    noise = random.Random(1)
    records = [json.dumps(case(f"case-{n}", local={"noise": noise.randbytes(200).hex()})) for n in range(1000)]
    text = "\n".join(records) if form == "lines" else f"[{','.join(records)}]"
    packed = gzip.compress(text.encode())
    file = tmp_path / "cases.json.gz"
    file.write_bytes(packed[: len(packed) // 2])
    found = audited_as_json(casecheck, file)
    assert found["summary"]["cases"]["audited"] > 450
    (invalid,) = found["invalid_records"]
    assert invalid["message"] == "is cut off: the gzip file ends before its end"


def test_children_twice_in_a_payload_are_told(casecheck, tmp_path):
    file = tmp_path / "payload.json"
    file.write_text('{"Children": [{"la_child_id": "one"}],\n"Children": [{"la_child_id": "two"}]}')
    found = audited_as_json(casecheck, file)
    assert [each["case_id"] for each in found["cases"]] == ["one"]
    assert found["invalid_records"][0]["message"] == "has Children twice, again at line 2; a payload has it once"


def test_a_comma_before_the_end_of_an_array_is_told(casecheck, tmp_path):
    file = tmp_path / "cases.json"
    file.write_text('[{"la_child_id": "one"},]')
    found = audited_as_json(casecheck, file)
    assert [each["case_id"] for each in found["cases"]] == ["one"]
    assert "a record should follow the comma" in found["invalid_records"][0]["message"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names there are always text")
def test_a_file_whose_name_is_no_text_is_audited(casecheck, tmp_path):
    with open(os.path.join(os.fsencode(tmp_path), b"\xff.json"), "w") as file:
        json.dump(case("one"), file)
    found = audited_as_json(casecheck, tmp_path)
    assert found["sources"][0]["name"] == "\\xff.json"


def test_no_input_is_written_over_when_folders_hold_files_of_one_name(casecheck, tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "case.json").write_text(json.dumps(case(folder)))
    output = tmp_path / "a" / "case.json"
    result = casecheck("audit", tmp_path / "a", tmp_path / "b", *DAY, "--output", output)
    assert result.exit_code == 2
    assert json.loads(output.read_text())["la_child_id"] == "a"


@pytest.mark.parametrize("key", ["latest_only", "not_held"])
def test_a_coverage_that_lists_nothing_is_as_none(casecheck, tmp_path, key):
    (tmp_path / "case.json").write_text(json.dumps(case("one", coverage={key: [None]})))
    assert audited_as_json(casecheck, tmp_path)["summary"]["cases"]["audited"] == 1


@pytest.mark.parametrize("field", ["local", "case_notes.local", "placements.local", "placements.purge"])
def test_a_councils_own_fields_are_never_a_breakdown(casecheck, tmp_path, field):
    (tmp_path / "case.json").write_text(json.dumps(case("one")))
    result = casecheck("audit", tmp_path, "--by", field)
    assert result.exit_code == 2
    assert field in result.stderr


def test_ids_that_would_steer_a_terminal_are_written_out(casecheck, tmp_path):
    ids = ["\u202eright to left", "zero\u200bwidth", "line\u2028end", "\ufeffmark", "<b>bold</b>", "=1+1", "é", "%s{0}"]
    (tmp_path / "cases.jsonl").write_text("\n".join(json.dumps(case(each)) for each in ids))
    result = casecheck("audit", tmp_path, *DAY, "--by", "la_child_id", "--strict")
    assert result.exit_code == 0
    assert all(line.isprintable() for line in result.stdout.split("\n"))
    assert "\\u202eright to left" in result.stdout


def _heed_interrupts():
    """A command that a shell began in the background ignores interrupts, and so would the tests' own children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_audit_that_is_ended_leaves_nothing_behind(tmp_path, number, code):
    """Records come through a pipe that stays open, so the audit cannot end before the signal comes; they are more than
    the pipe and the look at its beginning hold, so it has begun once they are written.
    """
    output = tmp_path / "out" / "result.json"
    output.parent.mkdir()
    command = [sys.executable, "-m", "casecheck", "audit", "-", *DAY, "--jobs", "2", "-o", str(output)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, bufsize=-1, preexec_fn=_heed_interrupts
    ) as process:
        assert process.stdin is not None
        process.stdin.write(b"".join(json.dumps(case(f"case-{each}")).encode() + b"\n" for each in range(8000)))
        process.send_signal(number)
        _, said = process.communicate(timeout=30)
    assert process.returncode == code
    assert said == b""
    assert os.listdir(output.parent) == []
