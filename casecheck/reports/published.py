"""A publication (`casecheck/publication/1`) in its formats: the same tables and the same words in each.

Cells are counts, shares from 0 to 1, or a sign that the words below explain; other text is of the pack, but for the
names of groups, which are a record's.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import Any, BinaryIO, Final

import orjson

from casecheck.reports.csv_rows import csv_line
from casecheck.reports.text_tables import table
from casecheck.reports.words import WIDTH, as_utf8, day_in_words, heading, number, percent, plain, wrapped

Part = Mapping[str, Any]

TITLE: Final = "Audit of case records, for publication"
SMALL: Final = "How small numbers are protected"
_LONGEST: Final = 300


def published(form: str) -> Callable[[Part, BinaryIO], None]:
    """The function that writes a publication in the format of that name, one of PUBLISHED."""
    lines = PUBLISHED[form]

    def write(publication: Part, out: BinaryIO) -> None:
        out.writelines(as_utf8(lines(publication)))

    return write


def _about(publication: Part) -> list[tuple[str, str]]:
    pack = publication["pack"]
    return [
        ("As at", day_in_words(publication["as_at"])),
        ("Looking back", f"from {day_in_words(publication['since'])} to that day"),
        ("Against", f"{plain(pack['title'], _LONGEST)} ({plain(pack['id'])}, version {plain(pack['version'])})"),
        ("Made by", f"casecheck {plain(publication['casecheck'])}"),
    ]


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return plain(value, _LONGEST)
    return percent(value) if isinstance(value, float) else number(value)


def _rows(of: Part) -> list[list[str]]:
    return [[_cell(value) for value in row] for row in of["rows"]]


# --- formats ----------------------------------------------------------------------------------------------------------


def _text(publication: Part) -> Iterator[str]:
    yield TITLE.upper()
    yield "=" * WIDTH
    for name, text in _about(publication):
        yield from wrapped(text, f"{name:<14}")
    for each in publication["tables"]:
        yield from heading(each["title"])
        rows = _rows(each)
        if "Severity" in each["columns"]:
            yield from _two_tables(each["columns"], rows)
        else:
            yield from table(_short(each["columns"]), [("", rows)])
    yield from heading(SMALL)
    yield ""
    for said in publication["disclosure"]["says"]:
        yield from wrapped(said, "- ")


def _two_tables(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The standards in two tables, for the page is too narrow for one: cases, and what was done in time."""
    named = [[f"{row[0]} ({row[1]})", *row[2:]] for row in rows]
    yield from table(_short([columns[0], *columns[2:8]]), [("", [row[:7] for row in named])])
    yield ""
    yield from table(_short([columns[0], *columns[8:]]), [("", [[row[0], *row[7:]] for row in named])])


def _short(columns: Sequence[str]) -> list[str]:
    return [plain(columns[0]), *(name.replace(" ", "\n") for name in columns[1:])]


def _markdown(publication: Part) -> Iterator[str]:
    yield f"# {TITLE}"
    yield ""
    for name, text in _about(publication):
        yield f"- {name}: {_escaped(text)}"
    for each in publication["tables"]:
        yield ""
        yield f"## {_escaped(plain(each['title']))}"
        yield ""
        yield _line(each["columns"])
        yield _line(["---", *["---:"] * (len(each["columns"]) - 1)], raw=True)
        for row in _rows(each):
            yield _line(row)
    yield ""
    yield f"## {SMALL}"
    yield ""
    for said in publication["disclosure"]["says"]:
        yield f"- {said}"


def _line(cells: Sequence[str], raw: bool = False) -> str:
    return f"| {' | '.join(cell if raw else _escaped(cell) for cell in cells)} |"


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>#|!&" else sign for sign in text)


_STYLE: Final = (
    "body{font-family:sans-serif;line-height:1.5;max-width:75em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse}th,td{padding:.25em .75em;border-bottom:1px solid #767676;text-align:right}"
    "th:first-child,td:first-child{text-align:left}caption{text-align:left;font-weight:bold;padding:1.5em 0 .5em}"
)


def _html(publication: Part) -> Iterator[str]:
    yield f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{TITLE}</title>'
    yield f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body><main>'
    yield f"<h1>{TITLE}</h1><dl>"
    for name, text in _about(publication):
        yield f"<dt>{name}</dt><dd>{escape(text)}</dd>"
    yield "</dl>"
    for each in publication["tables"]:
        heads = "".join(f'<th scope="col">{escape(plain(name))}</th>' for name in each["columns"])
        yield f"<table><caption>{escape(plain(each['title']))}</caption><thead><tr>{heads}</tr></thead><tbody>"
        for first, *rest in _rows(each):
            cells = "".join(f"<td>{escape(cell)}</td>" for cell in rest)
            yield f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
        yield "</tbody></table>"
    yield f"<h2>{SMALL}</h2><ul>"
    yield from (f"<li>{escape(said)}</li>" for said in publication["disclosure"]["says"])
    yield "</ul></main></body></html>"


def _csv(publication: Part) -> Iterator[str]:
    """One figure a row, as statistics are published: table, row, column, value."""
    yield csv_line(["table", "row", "column", "value"])
    for each in publication["tables"]:
        for first, *rest in each["rows"]:
            for name, value in zip(each["columns"][1:], rest, strict=True):
                yield csv_line([each["title"], first, name, value])


def _json(publication: Part) -> Iterator[str]:
    yield orjson.dumps(publication, option=orjson.OPT_INDENT_2).decode()


PUBLISHED: Final[Mapping[str, Callable[[Part], Iterator[str]]]] = {
    "text": _text,
    "html": _html,
    "markdown": _markdown,
    "csv": _csv,
    "json": _json,
}
"""Of each format of publications the function that makes its lines."""
