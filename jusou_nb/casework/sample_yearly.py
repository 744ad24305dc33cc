"""The town's 代表者会議: held once, what it asked to be improved, and what was answered."""

from datetime import timedelta

from jusou_nb.casework.agenda import call_agencies, convene, roster
from jusou_nb.casework.recalls import answer_improvement, raise_improvement
from jusou_nb.casework.sample_place import DAY, Course, Place
from jusou_nb.casework.sittings import hold_sitting
from jusou_nb.fields import Code
from jusou_nb.forms import Attendee, Conference, Improvement
from jusou_nb.profile import Body
from jusou_nb.workdays import workday

_AFTER, _THOUGHT = timedelta(days=45), timedelta(days=150)
_ASKED = (
    ("社会福祉課", "夜間と休日の連絡先を、全部の窓口で一枚にまとめる。"),
    ("子ども家庭課", "学校からの相談を受ける窓口を一つにする。"),
    ("高齢者支援課", "支援会議の案件を出すときの様式を、今の半分の長さにする。"),
)
_ANSWER = "連絡先の一覧を作り、当番の職員に配った。毎年4月に見直す。"


def represent(place: Place) -> Course[None]:
    """Hold the 代表者会議; of what it asked for, the first is answered, the others wait."""
    body = next((b for b in place.profile.bodies if _is_anonymous(place, b)), None)
    if body is None:
        return
    yield workday(place.day + _AFTER)
    store = place.store
    planned = Conference(body=Code(body.code), held_on=place.day, hours="15:30〜17:00")
    convened = convene(store, planned)
    called = call_agencies(store, convened, roster(store, convened, as_needed=True))
    came = tuple(Attendee(agency=a, name="代表　出席") for a in called.called or ())
    yield workday(place.day + DAY)
    held, _ = hold_sitting(store, called, today=place.day, attendees=came)
    raised = [
        raise_improvement(store, held, Improvement(what=what, owner=place.agency(name)))
        for name, what in _ASKED
    ]
    yield workday(place.day + _THOUGHT)
    answer_improvement(store, raised[0], answer=_ANSWER, on=place.day)


def _is_anonymous(place: Place, body: Body) -> bool:
    return bool(body.bases) and all(place.profile.basis(code).anonymous for code in body.bases)
