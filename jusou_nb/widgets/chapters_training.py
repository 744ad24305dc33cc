"""The chapters of 研修・動画 and 気づきシート."""

from collections.abc import Mapping
from typing import Any

from jusou_nb.casework import training
from jusou_nb.fields import Form
from jusou_nb.forms import SignSheet, Training
from jusou_nb.forms.training import TrainingKind
from jusou_nb.store.trainings import training_effects
from jusou_nb.widgets.chapter import LEARNING, Act, Allowed, Chapter, Sheets
from jusou_nb.widgets.chapters_community import FROM_IMPORTS, year_of
from jusou_nb.widgets.session import Session


def _tell_trainings(session: Session) -> list[str]:
    effects = training_effects(session.store, *year_of(session))
    came = sum(effect.attended for effect in effects)
    told = [f"今年度: 研修・動画 {len(effects)}回、出席・視聴 延べ{came}人"]
    return told + [
        f"「{e.name}」のあと、出席した部署から届いた気づきシート {e.signs}件"
        f"（うち受付・見守りになったもの {e.taken_up}件）"
        for e in effects
        if e.signs
    ]


def _proposed(session: Session) -> dict[int, Form]:
    return dict(training.training_proposals(session.store))


def _intake_sheets(session: Session, sign: SignSheet) -> Sheets:
    household, intake = training.intake_of_sign(session.store, sign, on=session.today)
    return {"intake": intake, "household": household}


def _take_up(session: Session, sign: SignSheet, said: Mapping[str, Any], allowed: Allowed) -> Any:
    return training.take_up_sign(session.store, sign, **said, overrides=allowed)


_TAKE_UP = Act(
    code="takeup",
    words="相談として受け付ける",
    sheets=_intake_sheets,
    do=_take_up,
    fits=lambda sign: sign.intake_id is None,
    without=FROM_IMPORTS,
)
_WATCH = Act(
    code="watch",
    words="気になる世帯に残す",
    sheets=lambda session, sign: {"lead": training.lead_of_sign(session.store, sign)},
    do=lambda session, sign, said, _allowed: training.watch_sign(session.store, sign, said["lead"]),
    fits=lambda sign: sign.lead_id is None and sign.intake_id is None,
)

TRAINING = (
    Chapter(
        form=Training,
        group=LEARNING,
        columns=("name", "held_on", "kind", "for_whom", "teacher"),
        words="研修・動画を記録する",
        new=lambda session, _about: Training(held_on=session.today, kind=TrainingKind.MEETING),
        register=lambda session, record, _allowed, _about: training.keep_training(
            session.store, record
        ),
        proposed=_proposed,
        proposed_title="会議の議題・研修で、まだ研修として記録していないもの",
        tells=_tell_trainings,
    ),
    Chapter(
        form=SignSheet,
        group=LEARNING,
        columns=("sent_on", "sent_by", "answer", "answered_on", "after_training"),
        words="気づきシートを受け取る",
        new=lambda session, _about: SignSheet(sent_on=session.today),
        register=lambda session, record, _allowed, _about: training.receive_sign(
            session.store, record, on=session.today
        ),
        acts=(_TAKE_UP, _WATCH),
    ),
)
