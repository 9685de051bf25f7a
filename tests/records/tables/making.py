"""Small tables for tests, and what becomes of them."""

import csv
import io
import json

from casecheck.records.sources import SourceRecord, Unreadable, find_sources
from casecheck.records.validation import is_valid, unknown_properties

HEADINGS = {
    "header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
    "episodes": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN",
    "reviews": "CHILD,DOB,REVIEW,REVIEW_CODE",
    "uasc": "CHILD,SEX,DOB,DUC",
    "oc2": "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,"
    "SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
    "oc3": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM",
    "ad1": "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",
    "placed_for_adoption": "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED",
    "missing": "CHILD,DOB,MISSING,MIS_START,MIS_END",
    "previous_permanence": "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM",
}
ROWS = {
    "header": [
        "100,2,27/03/2008,WROM,D051910639385,,",
        "200,1,09/09/2000,MOTH,L034811502612,1,27/08/2016",
        "300,1,14/02/2013,ABAN,Y021751958510,,",
    ],
    "episodes": [
        "100,15/06/2016,S,C1,N1,U4,PR1,14/08/2017,X1,CARPL,EG19 7TT,WV27 9FW,8969628",
        "100,14/08/2017,L,E1,N1,U4,PR1,02/10/2017,X1,,EG19 7TT,WV27 9FW,8969628",
        "100,02/10/2017,P,E1,N1,A3,PR1,,,,EG19 7TT,WV27 9FW,",
        "200,26/04/2016,P,V2,N8,K2,PR4,09/05/2017,E3,,EH14 8EC,WD10 6ZQ,1157828",
        "200,01/02/2018,S,V2,N8,K2,PR4,,,,EH14 8EC,WD10 6ZQ,1157828",
    ],
    "reviews": [
        "100,27/03/2008,01/07/2017,PN1",
        "100,27/03/2008,05/12/2017,PN4",
        "200,09/09/2000,20/02/2018,PN6",
    ],
    "uasc": ["200,1,09/09/2000,09/09/2018"],
    "oc2": ["100,27/03/2008,17,,0,1,1,1,1,0,0,0", "200,09/09/2000,,SDQ4,0,0,0,0,0,1,0,1"],
    "oc3": ["300,14/02/2013,YES,F1,K1"],
    "ad1": ["100,27/03/2008,05/03/2018,01/09/2017,0,2,MF,L11"],
    "placed_for_adoption": ["100,27/03/2008,10/07/2017,,"],
    "missing": ["200,09/09/2000,M,05/02/2018,07/02/2018", "200,09/09/2000,A,30/03/2018,"],
    "previous_permanence": ["100,27/03/2008,Z1,,"],
}


def write_return(folder, headings=HEADINGS, **rows):
    """The CSV files of a return in a folder; `rows` stand instead of those above (None: no such file)."""
    folder.mkdir(exist_ok=True)
    for name, own in {**ROWS, **rows}.items():
        if own is not None:
            (folder / f"{name}.csv").write_text("\n".join([headings[name], *own]) + "\n", encoding="utf-8")
    return folder


def read(path, mapping=None):
    """The one source at a path with its records by id, each as (record, notes as text), and what cannot be read."""
    (source,) = find_sources([path], mapping)
    found, unreadable = {}, []
    for each in source.records():
        if isinstance(each, Unreadable):
            unreadable.append(each.message)
            continue
        assert isinstance(each, SourceRecord)
        record = json.loads(each.data)
        assert record["la_child_id"] not in found
        found[record["la_child_id"]] = (record, [f"{note.pointer}: {note.message}" for note in each.notes])
    return source, found, unreadable


def records(path, mapping=None):
    """The records of a source that is all well, each of which keeps to the schema and has no other property."""
    _, found, unreadable = read(path, mapping)
    assert not unreadable
    assert all(is_valid(record) and not unknown_properties(record) for record, _ in found.values())
    return {child: record for child, (record, _) in found.items()}


def as_xml(headings=HEADINGS, **rows):
    """The return as one file of XML."""
    tables = {
        name: list(csv.DictReader(io.StringIO("\n".join([headings[name], *own]))))
        for name, own in {**ROWS, **rows}.items()
        if own is not None
    }
    children = []
    for head in tables["header"]:
        own = {name: [row for row in each if row["CHILD"] == head["CHILD"]] for name, each in tables.items()}
        parts = "".join(_leaves(row, ("DOB", "CHILD", "SEX")) for name in ("oc3", "ad1") for row in own.get(name, ()))
        uasc = "".join(f"<UASC>1</UASC><DUC>{row['DUC']}</DUC>" for row in own.get("uasc", ())) or "<UASC />"
        inner = "".join(
            f"<{element}>{_leaves(row, ('DOB', 'CHILD'))}</{element}>"
            for name, element in (
                ("reviews", "AREVIEW"),
                ("missing", "AMISSING"),
                ("oc2", "OC2"),
                ("previous_permanence", "PERMANENCE"),
                ("placed_for_adoption", "AD_PLACED"),
            )
            for row in own.get(name, ())
        )
        episodes = "".join(
            f"<EPISODE>{_leaves(row, ('CHILD',)).replace('PLACE>', 'PL>')}</EPISODE>" for row in own["episodes"]
        )
        head = _leaves(head, ()).replace("CHILD>", "CHILDID>")
        children.append(f"<CHILD><HEADER>{head}{uasc}{parts}{inner}</HEADER>{episodes}</CHILD>")
    return f"<?xml version='1.0' encoding='us-ascii'?>\n<EXPSSDA903>{''.join(children)}</EXPSSDA903>"


def _leaves(row, without):
    return "".join(f"<{name}>{text}</{name}>" for name, text in row.items() if name not in without)
