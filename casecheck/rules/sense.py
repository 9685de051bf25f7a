from casecheck.rules.extending import Draft
from casecheck.rules.places import Complaint


def senseless(draft: Draft) -> list[Complaint]:
    return []
