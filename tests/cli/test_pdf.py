"""`--format pdf` on the command line: where it is written, and where it is not."""

import io

import pytest

pytest.importorskip("typst", reason="typst, which sets the PDF, is not installed")


class Terminal(io.BytesIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("command", ["audit", "report"])
def test_a_pdf_is_written_to_no_terminal(casecheck, folder, command, monkeypatch):
    result = folder.parent / "result.json"
    casecheck("audit", folder, "--format", "json", "--output", result)
    monkeypatch.setattr("casecheck.cli.writing.standard_output", Terminal)
    told = casecheck(command, folder if command == "audit" else result, "--format", "pdf")
    assert told.exit_code == 2
    assert "--format pdf: is nothing for a terminal; name a file with --output" in told.stderr


def test_a_pdf_goes_down_a_pipe(casecheck, folder):
    told = casecheck("audit", folder, "--format", "pdf", "--output", "-")
    assert told.exit_code == 0
    assert told.stdout_bytes.startswith(b"%PDF-1.7")
