"""What the town's office does beside its households: sittings, papers back, leads, requests."""

from datetime import timedelta

from jusou_nb.casework.agenda import call_agencies, convene, roster
from jusou_nb.casework.leads import notice_lead, review_lead
from jusou_nb.casework.recalls import (
    Copied,
    open_recalls,
    record_questionnaire,
    settle_copy,
)
from jusou_nb.casework.requests import ask_support, hold_acceptance
from jusou_nb.casework.sample_calendar import CALLED_DAYS
from jusou_nb.casework.sample_place import DAY, Course, Place, Sitting
from jusou_nb.casework.sittings import hold_sitting
from jusou_nb.fields import Code
from jusou_nb.forms import (
    Attendee,
    Case,
    Conference,
    CopyRecall,
    Lead,
    Questionnaire,
    SupportRequest,
)
from jusou_nb.forms.after_sitting import RecallState
from jusou_nb.forms.lead import LeadOutcome
from jusou_nb.forms.support_request import RequestAnswer
from jusou_nb.store import queries
from jusou_nb.workdays import workday

_SHREDDED, _OUT = 6, 9
_BEGUN = timedelta(days=20)


def hold(place: Place, sitting: Sitting) -> Course[None]:
    """Play a sitting: convened and its agencies called, held, and its copies called back."""
    yield sitting.day - timedelta(days=CALLED_DAYS)
    store, body = place.store, place.body
    planned = Conference(
        body=Code(body.code), held_on=sitting.day, hours="13:30〜15:00", place=body.place or None
    )
    convened = convene(store, planned)
    called = call_agencies(store, convened, roster(store, convened))
    sitting.conference_id = called.id or 0
    yield sitting.day + DAY
    came = tuple(
        Attendee(agency=agency, name="出席　一同", confidentiality_explained_on=sitting.day)
        for agency in called.called or ()
    )
    held, _ = hold_sitting(store, called, today=place.day, attendees=came)
    recalls = open_recalls(store, held, _copies(place, held))
    _take_back(place, recalls, sitting)
    yield workday(place.day + 5 * DAY)
    _hear(place, held)


def _copies(place: Place, sitting: Conference) -> list[Copied]:
    """List the copies that were handed out: a basis's chair first, then its agencies."""
    copies: list[Copied] = []
    items = queries.items_of(place.store, sitting.id or 0)
    for basis in dict.fromkeys(item.basis or "" for item in items):
        wanted: set[int] = set()
        for item in (item for item in items if item.basis == basis):
            kept_out = set(place.store.load(Case, item.case_id or 0).excluded_agencies or ())
            wanted |= set(queries.called_to(place.store, item, sitting)) - kept_out
        agencies = [agency for agency in sitting.called or () if agency in wanted]
        copies += [(basis, agency, n) for n, agency in enumerate([None, *agencies], start=1)]
    return copies


def _take_back(place: Place, recalls: tuple[CopyRecall, ...], sitting: Sitting) -> None:
    """Most come back on the day; one of each basis was shredded, one is still out."""
    for recall in recalls:
        if recall.copy_number == _OUT:
            continue
        shredded = recall.copy_number == _SHREDDED
        state = RecallState.SHREDDED if shredded else RecallState.RETURNED
        settle_copy(place.store, recall, state, on=place.day if shredded else sitting.day)


def _hear(place: Place, sitting: Conference) -> None:
    for agency in (sitting.called or ())[:2]:
        answer = Questionnaire(
            agency=agency,
            answered_by="回答　係員",
            answered_on=place.day,
            helpful="だれに聞けばよいかが分かった。",
            hard="準備のシートを書く時間が足りない。",
            next_time="一件の時間を先に知らせてほしい。",
        )
        record_questionnaire(place.store, sitting, answer)


def watch(place: Place) -> Course[None]:
    """Notice two households nobody has asked for: one is watched, one record is closed."""
    yield workday(place.day + _BEGUN)
    store = place.store
    seen = Lead(
        noticed_on=place.day,
        place="架空町3丁目の角",
        seen="雨戸が昼も閉まっている。郵便物がたまっている。",
        source="配達の人が話していた",
        brought_by=place.agency("お困りごと相談員"),
    )
    lead = notice_lead(store, seen)
    other = notice_lead(store, Lead(noticed_on=place.day, seen="子どもの泣く声がよく聞こえる。"))
    yield workday(lead.review_on or place.day)
    review_lead(store, lead, LeadOutcome.WATCH, on=place.day, note="窓が開く日もある。")
    note = "引っ越したことを確かめた。"
    review_lead(store, other, LeadOutcome.DROPPED, on=place.day, note=note)


def advise(place: Place) -> Course[None]:
    """Answer two requests that name nobody: with advice only, and by sending it back."""
    yield workday(place.day + 2 * _BEGUN)
    store = place.store
    asked = SupportRequest(
        requested_on=place.day,
        requested_by=place.agency("相談支援事業所"),
        is_nameless=True,
        outline="40代の人と高齢の親の二人暮らし。",
        why_not_alone="親の介護の相談先が分からない。",
    )
    nameless = ask_support(store, asked)
    early = ask_support(store, SupportRequest(
        requested_on=place.day,
        requested_by=place.agency("高齢者支援課"),
        is_nameless=True,
        why_not_alone="家族と話がかみ合わない。",
    ))  # fmt: skip
    yield workday(place.day + 7 * DAY)
    hold_acceptance(
        store, nameless, RequestAnswer.ADVICE_ONLY, on=place.day,
        advice="地域包括支援センターの窓口を伝え、同行の仕方を一緒に考えた。",
    )  # fmt: skip
    hold_acceptance(
        store, early, RequestAnswer.RETURNED, on=place.day,
        advice="先に担当課の制度で試してから、もう一度話し合うことにした。",
    )  # fmt: skip
