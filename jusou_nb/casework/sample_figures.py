"""The town's survey of those who work with the office, and a figure told to the council."""

from datetime import timedelta

from jusou_nb.casework.figures import keep_answer, keep_survey
from jusou_nb.casework.sample_place import Course, Place
from jusou_nb.dates import fiscal_year
from jusou_nb.forms import FigureAnswer, SurveyResult
from jusou_nb.store import yearly
from jusou_nb.workdays import workday

_AGO = timedelta(days=60)
_CHOSEN = (("連携しやすくなった", 21), ("変わらない", 12), ("分からない", 7))


def survey_and_answer(place: Place) -> Course[None]:
    """Type in a survey's three answers; tell the council how many consultations there were."""
    begun = place.day
    yield workday(max(begun, place.today - _AGO))
    answered = sum(people for _, people in _CHOSEN)
    for answer, people in _CHOSEN:
        result = SurveyResult(
            fiscal_year=fiscal_year(place.day), survey="連携機関アンケート",
            question="重層が始まって、ほかの機関と連携しやすくなりましたか",
            answer=answer, people=people, answered=answered, source="見本市の調べ",
        )  # fmt: skip
        keep_survey(place.store, result)
    one = yearly.CATALOGUE["intakes"]
    found = yearly.count(place.store, one, begun, place.day)
    told = FigureAnswer(
        asked_on=place.day, asked_by="議会事務局", purpose="一般質問の答弁", is_outside=False,
        indicator=one.code, first=begun, last=place.day,
        definition=one.definition, result=f"{one.title}　{found}{one.unit}",
    )  # fmt: skip
    keep_answer(place.store, told)
