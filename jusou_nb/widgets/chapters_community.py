"""The chapters of 地域づくり: places, activities, community support, and what is missing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from jusou_nb import casework
from jusou_nb.casework import community, gaps
from jusou_nb.dates import fiscal_year
from jusou_nb.fields import Form
from jusou_nb.forms import (
    CommunitySupport,
    Gathering,
    Household,
    Place,
    ResourceGap,
    SurveyResult,
)
from jusou_nb.forms.community import GapState
from jusou_nb.store import community as counts
from jusou_nb.widgets.chapter import PLACES, Act, Allowed, Chapter
from jusou_nb.widgets.session import Session

FROM_IMPORTS = frozenset({"other_columns", "to_confirm"})


def year_of(session: Session) -> tuple[date, date]:
    """Give the first day of the 年度, and today."""
    return date(fiscal_year(session.today), 4, 1), session.today


def _tell_gatherings(session: Session) -> list[str]:
    store, (first, last) = session.store, year_of(session)
    times = sum(counts.gatherings_by_kind(store, first, last).values())
    came, helped = counts.participants(store, first, last), counts.helpers(store, first, last)
    agencies = counts.agencies(store, first, last)
    received = counts.intakes_from_gatherings(store, first, last)
    people = f"参加者 延べ{came}人、担い手 延べ{helped}人、参加機関 {agencies}か所"
    return [f"今年度: 活動 {times}回、{people}、活動から届いた相談 {received}件"]


def _tell_places(session: Session) -> list[str]:
    return [f"今年度に開いている拠点 {counts.places(session.store, *year_of(session))}か所"]


def _tell_supports(session: Session) -> list[str]:
    store, (first, last) = session.store, year_of(session)
    given = counts.community_supports(store, first, last)
    single = counts.individual_supports(store, first, last)
    return [f"今年度: 地域支援 {given}件（個別支援 {single}件とは別に数えています）"]


def _receive(
    session: Session, _gathering: Gathering, said: Mapping[str, Any], allowed: Allowed
) -> Any:
    return casework.receive_intake(session.store, **said, overrides=allowed)


def _new_gap(session: Session, _about: Any) -> ResourceGap:
    return ResourceGap(raised_on=session.today, state=GapState.OPEN)


def _proposed_gaps(session: Session) -> dict[int, Form]:
    return {gap.agenda_item_id or 0: gap for gap in gaps.gap_proposals(session.store)}


_AGAIN = Act(
    code="again",
    words="次の回を書く",
    sheets=lambda session, held: {"record": community.gathering_again(held, on=session.today)},
    do=lambda session, _held, said, _allowed: community.hold_gathering(
        session.store, said["record"], today=session.today
    ),
)
_CONSULTED = Act(
    code="consulted",
    words="ここから届いた相談を受け付ける",
    sheets=lambda session, held: {
        "intake": community.intake_of_gathering(session.store, held, on=session.today),
        "household": Household(),
    },
    do=_receive,
    without=FROM_IMPORTS,
)
_NOTICED = Act(
    code="noticed",
    words="気になる世帯を残す",
    sheets=lambda _session, held: {"lead": community.lead_of_gathering(held)},
    do=lambda session, _held, said, _allowed: casework.notice_lead(session.store, said["lead"]),
)
_PUT_FORWARD = Act(
    code="forward",
    words="次の代表者会議に出す",
    do=lambda session, gap, _said, _allowed: gaps.put_forward_gap(
        session.store, gap, on=session.today
    ),
    fits=lambda gap: gap.state is GapState.OPEN,
)

COMMUNITY = (
    Chapter(
        form=Place,
        group=PLACES,
        columns=("name", "kinds", "run_by", "open_when", "opened_on", "closed_on"),
        words="新しい拠点を登録する",
        new=lambda session, _about: Place(opened_on=session.today),
        register=lambda session, record, _allowed, _about: community.keep_place(
            session.store, record
        ),
        tells=_tell_places,
    ),
    Chapter(
        form=Gathering,
        group=PLACES,
        columns=("name", "held_on", "place", "kind", "helpers"),
        words="活動を記録する",
        new=lambda session, _about: Gathering(held_on=session.today),
        register=lambda session, record, _allowed, _about: community.hold_gathering(
            session.store, record, today=session.today
        ),
        acts=(_AGAIN, _CONSULTED, _NOTICED),
        tells=_tell_gatherings,
    ),
    Chapter(
        form=CommunitySupport,
        group=PLACES,
        columns=("supported_on", "kind", "agency", "place", "worker"),
        words="地域支援を記録する",
        new=lambda session, _about: CommunitySupport(
            supported_on=session.today, worker=session.store.worker_name()
        ),
        register=lambda session, record, _allowed, _about: community.support_community(
            session.store, record
        ),
        tells=_tell_supports,
    ),
    Chapter(
        form=ResourceGap,
        group=PLACES,
        columns=("raised_on", "what", "state", "owner", "answer_due", "filled_by"),
        words="不足資源・地域課題を書く",
        new=_new_gap,
        register=lambda session, record, _allowed, _about: gaps.keep_gap(
            session.store, record, on=session.today
        ),
        acts=(_PUT_FORWARD,),
        proposed=_proposed_gaps,
        proposed_title="会議で「不足する社会資源」に書かれ、まだ登録していないもの",
        answers="missing_resources",
    ),
    Chapter(
        form=SurveyResult,
        group=PLACES,
        columns=("fiscal_year", "survey", "question", "answer", "people", "answered"),
        words="調査の結果を書く",
        new=lambda session, _about: SurveyResult(fiscal_year=fiscal_year(session.today)),
        register=lambda session, record, _allowed, _about: casework.keep_survey(
            session.store, record
        ),
    ),
)
