"""`recorded`, drawn: what the record was asked, and what it has there."""

from casecheck.calendar import UNKNOWN, in_words
from casecheck.checks.recorded import held_to, judged_on
from casecheck.explaining.missing import distinct, doubts
from casecheck.explaining.missing_dates import own_dates_missing
from casecheck.explaining.model import Missing
from casecheck.explaining.reasons import asked
from casecheck.explaining.setting import Drawn, Setting, end_missing, standing


def draw(setting: Setting) -> Drawn:
    """The conditions that one record was asked, or why it was not."""
    record, rule, as_at = setting.record, setting.rule, setting.case.as_at
    day = judged_on(record, as_at)
    if day is None:
        return Drawn((f"Not judged: the {setting.noun} is not completed yet.",))
    on = as_at if day == UNKNOWN else day
    first = on if day == UNKNOWN or rule.latest or record.section.nature != "lasting" else record.start
    begins, ends = rule.in_force
    if (begins is not None and first < begins) or (ends is not None and first >= ends):
        return Drawn((f"The rule was not law on {in_words(first)}.",))
    applies = standing(setting, first)
    if applies.applies is False:
        return Drawn(applies.notes)
    asking = setting.asking(on)
    missing: tuple[Missing, ...] = ()
    if setting.is_unknown:
        dates = own_dates_missing(record) if day == UNKNOWN else []
        missing = distinct((*dates, *end_missing(setting), *applies.missing, *doubts(held_to(rule.check), asking)))
    judged = () if record.section.nature == "event" or day == UNKNOWN else (f"Judged as at {in_words(on)}.",)
    return Drawn((*applies.notes, *judged), (), asked(rule.check, asking, held_to), missing)
