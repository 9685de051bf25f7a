"""The lists of Annex A as untidy as councils keep them, and workbooks of them."""

from datetime import datetime
from typing import Any

import openpyxl

PERSON = ("Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age")
GIRL = ("a) Female", "a) WBRI", datetime(2010, 5, 4), 10.87)
BOY = ("Male", "OOTH", "30/06/2002", 18)


def day(text):
    return datetime.fromisoformat(text)


LISTS: dict[str, Any] = {
    "List 1": [
        (*PERSON, "Date of Contact", "Contact Source"),
        (1, *GIRL, day("2021-01-04"), "q) 6: Police"),
        (90, *GIRL, day("2021-01-05"), "q) 6: Police"),
    ],
    "List 2": [
        (*PERSON, "Assessment start date", "Assessment completion date", "Organisation completing assessment"),
        (91, *GIRL, day("2020-10-01"), None, "Early Help"),
    ],
    "List 3": [
        (*PERSON, "Date of referral", "Referral source", "Referral NFA", "Allocated Team"),
        (1, *GIRL, day("2021-01-04"), "q) 6: Police", "b) No", "#N/A"),
        (2, *BOY, "04/02/2021", "Friends", "Yes", "North"),
    ],
    "List 4": [
        (
            *PERSON,
            "Does the Child have a Disability (Y/N)",
            "CONTINUOUS ASSESSMENT START DATE",
            "Child Seen During Continuous Assessment?",
            "Continuous Assessment Date of Authorisation",
        ),
        (1, *GIRL, "b) No", day("2021-01-05"), "Yes", day("2021-02-20")),
    ],
    "List 5": [
        (
            *PERSON,
            "Strategy discussion initiating Section 47 Enquiry Start Date",
            "Was an Initial Child Protection Conference deemed unnecessary",
            "Date of Initial Child Protection Conference",
        ),
        (1, *GIRL, day("2021-01-06"), "No", day("2021-01-20")),
        (3, *GIRL, day("2021-01-06"), "Yes", None),
    ],
    "List 6": [
        ("Annex A", "List 6", "children in need"),
        (
            *PERSON,
            "CIN Start Date",
            "Primary Need",
            "Date Child Was Last Seen",
            "CIN Closure Date",
            "Reason for Closure",
        ),
        (1, *GIRL, day("2021-01-04"), "N1 - Abuse or Neglect", day("2021-03-12"), None, None),
        (4, *GIRL, day("2015-01-04"), "N1 - Abuse or Neglect", day("2021-03-12"), None, None),
    ],
    "CP": [
        (
            *PERSON,
            "Child Protection Plan Start Date",
            "Initial Category of Abuse",
            "Latest Category of Abuse",
            "Date of last statutory visit",
            "Was the child seen alone",
            "Date of Latest Review Conference",
            "Child Protection Plan End Date",
            "Number of Previous Child Protection Plans",
        ),
        (1, *GIRL, day("2021-01-20"), "a) Emotional abuse", "Neglect", day("2021-03-10"), "a) Yes", None, None, 0),
        (4, *GIRL, day("2015-02-01"), "Neglect", "Neglect", day("2021-03-10"), "b) No", day("2020-12-01"), None, 1),
    ],
    "List 8": [
        (
            *PERSON,
            "Date Started to be Looked After",
            "Date ceased to be looked after",
            "Reason Ceased to be Looked After",
            "Start date of current legal status",
            "CHILDS LEGAL STATUS",
            "Date of Latest Statutory Review",
            "Date of Last Social Work Visit",
            "Date of Last Health Assessment",
            "Start Date of Most Recent Placement",
            "Placement Type",
            "Placement Provider",
        ),
        (
            5,
            *GIRL,
            day("2012-03-01"),
            None,
            None,
            day("2013-01-01"),
            "C2: FCO",
            day("2020-12-15"),
            day("2021-03-01"),
            day("2020-05-01"),
            day("2018-09-01"),
            "U4: Foster placement",
            "PR1 - Own provision",
        ),
        (
            6,
            *GIRL,
            day("2021-02-01"),
            None,
            None,
            day("2021-02-01"),
            "V2: Section 20",
            None,
            day("2021-02-05"),
            None,
            None,
            "H5: Residential",
            "b) PR1",
        ),
    ],
    "List 9": [
        (
            *PERSON,
            "Eligibility Category",
            "Latest Pathway Plan Review Date",
            "LA in Touch",
            "Latest Date of Contact",
            "Type of Accommodation",
            "Suitability of Accommodation",
            "Activity Status",
        ),
        (
            2,
            *BOY,
            "b) Former relevant child",
            day("2020-07-01"),
            "Yes",
            day("2021-03-01"),
            "U: Independent",
            "a) Suitable",
            "F2: Full time",
        ),
        (7, *BOY, "c) Qualifying care leaver", None, "Yes", None, "U: Independent", "Unsuitable", "F2"),
        (8, *BOY, "b) Former relevant child", None, "Yes", None, None, None, None),
    ],
    "List 10": [
        (
            *PERSON,
            "Date of Decision that Child Should be Placed for Adoption",
            "Date of Matching Child and Prospective Adopters",
            "Date Placed for Adoption",
            "Date of Decision that Child Should No Longer be Placed for Adoption",
        ),
        (5, *GIRL, day("2020-06-01"), day("2020-08-01"), None, None),
    ],
}


def workbook(path, **lists):
    """A workbook of the lists; `lists` (`list_8=...`) stand instead of those above (None: no such list)."""
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in LISTS.items():
        rows = lists.get(name.lower().replace(" ", "_"), rows)
        if rows is not None:
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
    book.save(path)
    return path
