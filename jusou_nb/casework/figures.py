"""調査の結果 and 数の回答: what surveys found, and which figures were told to whom."""

from dataclasses import replace

from jusou_nb.checks import require
from jusou_nb.forms import FigureAnswer, SurveyResult
from jusou_nb.problems import settle
from jusou_nb.rules.survey import may_keep_survey
from jusou_nb.store import Store, archive


def keep_survey(store: Store, result: SurveyResult) -> SurveyResult:
    """Keep how many chose one answer of a survey's question.

    Raises:
        Invalid: The 年度, the survey, question, answer, or a number is empty.
        NotAllowed: The numbers cannot be.
    """
    require(result)
    settle(may_keep_survey(result))
    return store.save(result)


def keep_answer(store: Store, answer: FigureAnswer) -> FigureAnswer:
    """Keep a figure that is told to somebody, with the state of the record that it tells.

    Raises:
        Invalid: The day, the indicator, or the span is empty.
    """
    require(answer)
    with store.transaction():
        now = archive.mark(store)
        return store.save(replace(answer, as_of=now["upto"], profile=now["profile"]))
