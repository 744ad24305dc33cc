"""アセスメント依頼: may this agency be asked, told so much, and what does it answer?

What a 照会 asks of its ground (domain rule 4) is asked here too: where the ground is consent,
that it reaches this agency and covers what is asked.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from jusou_nb.fields import get_item
from jusou_nb.forms.agency import Agency
from jusou_nb.forms.assessment import AssessmentRequest
from jusou_nb.forms.consent import Consent
from jusou_nb.forms.household import Household, Person
from jusou_nb.forms.plan import SupportPlan
from jusou_nb.forms.referral import Referral
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile
from jusou_nb.rules.consent_reach import Reach, reach
from jusou_nb.rules.referrals import may_refer

_REASON = get_item(Referral, "reason").label
_REMEDIES = {
    "referral.no_reason": "「根拠の説明」と「頼んだ人・判断した人」を記入するか、"
    "課長の判断を残してください。",
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whom a request asks about whom; ``consents`` are by person, ``excluded`` the 除外者."""

    request: AssessmentRequest
    agency: Agency
    household: Household
    client_id: int
    consents: Mapping[int, Sequence[Consent]] = field(default_factory=dict)
    plans: Sequence[SupportPlan] = ()
    excluded: Collection[int] = ()

    @property
    def whose(self) -> int:
        """The person whose consent is asked for: whom it is about, else the client."""
        return self.request.whom or self.client_id


def may_request(profile: Profile, asked: Asked) -> list[Problem]:
    """Ask: does the stated ground carry this request?"""
    return [
        *_stranger(asked),
        *_ground(profile, asked),
        *_others(profile, asked),
        *_masked(asked),
    ]


def _stranger(asked: Asked) -> Iterator[Problem]:
    known = {person.id for person in asked.household.members}
    if asked.whose not in known:
        yield Problem(
            rule="assessment.stranger",
            message="この世帯の記録にいない人について頼もうとしています。",
            remedy="「だれについて」を選び直してください。",
            strength=Strength.FORBIDDEN,
            box="whom",
        )


def _ground(profile: Profile, asked: Asked) -> Iterator[Problem]:
    """Ask of the request what is asked of a 照会, under the names of its own boxes."""
    request = asked.request
    gives_reason = "needs_reason" in _flags(profile, request)
    inquiry = Referral(
        destination=request.agency,
        sent_on=request.sent_on,
        ground=request.ground,
        reason=request.ground_reason if gives_reason else request.what,
        judged_by=request.asked_by,
    )
    boxes = {"destination": "agency", "reason": "ground_reason" if gives_reason else "what"}
    carried = _carried(profile, asked, asked.whose)
    for found in may_refer(profile, inquiry, asked.agency, carried, asked.excluded):
        remedy = _REMEDIES.get(found.rule, found.remedy)
        message = found.message.replace(_REASON, get_item(AssessmentRequest, "what").label)
        box = boxes.get(found.box, found.box)
        yield replace(found, box=box, message=message, remedy=remedy)


def _carried(profile: Profile, asked: Asked, person_id: int) -> Reach | None:
    """Give what a person's consent carries on the day of asking; a plan adds to the client's."""
    plans = asked.plans if person_id == asked.client_id else ()
    day = asked.request.sent_on or date.min
    return reach(asked.consents.get(person_id, ()), day, profile, plans)


def _flags(profile: Profile, request: AssessmentRequest) -> frozenset[str]:
    stated = profile.codes("sharing_ground").by_code.get(request.ground or "")
    return stated.flags if stated else frozenset()


def _others(profile: Profile, asked: Asked) -> Iterator[Problem]:
    """A question about the whole household is one about those who did not consent, too."""
    if asked.request.whom or "consent" not in _flags(profile, asked.request):
        return
    others = [p for p in asked.household.own_members if p.id != asked.client_id]
    silent = [p for p in others if _carried(profile, asked, p.id or 0) is None]
    if silent:
        yield Problem(
            rule="assessment.others_consent",
            message=f"世帯全体について頼みますが、同意のない世帯員が{len(silent)}人います。",
            remedy="「だれについて」を選ぶか、その人の同意をもらってください。",
            box="whom",
        )


def _masked(asked: Asked) -> Iterator[Problem]:
    people = [p for p in asked.household.members if p.is_masked and _is_asked(asked, p)]
    if people:
        yield Problem(
            rule="assessment.masked",
            message="秘匿のある人のことを頼みます。",
            remedy="「知りたいこと」に、居所・学校・勤務先の分かることを書かないでください。",
            box="what",
        )


def _is_asked(asked: Asked, person: Person) -> bool:
    return asked.request.whom in (None, person.id)


def may_answer(request: AssessmentRequest) -> list[Problem]:
    """Ask of an agency's answer: does it say something, and of which category?"""
    return [*_says(request), *_category(request), *_early(request)]


def _says(request: AssessmentRequest) -> Iterator[Problem]:
    if not (request.finding or request.refused_because):
        yield Problem(
            rule="assessment.answer_empty",
            message="分かったことも、答えられない理由も空です。",
            remedy="どちらかを1行書いてください（「理由は言わない」でもよい）。",
            strength=Strength.FORBIDDEN,
            box="finding",
        )


def _category(request: AssessmentRequest) -> Iterator[Problem]:
    if request.finding and request.category is None:
        yield Problem(
            rule="assessment.answer_no_category",
            message="回答の内容の区分が空です。",
            remedy="区分を選んでください。シートのどの欄に写すかが決まります。",
            box="category",
        )


def _early(request: AssessmentRequest) -> Iterator[Problem]:
    if request.sent_on and request.returned_on and request.returned_on < request.sent_on:
        yield Problem(
            rule="assessment.answered_before_asked",
            message="回答の日が、依頼した日より前です。",
            remedy="どちらの日付が正しいか確かめてください。",
            box="returned_on",
        )


def uncopied(count: int) -> list[Problem]:
    """Ask after a sheet was kept: did every answer that came find its place?"""
    if not count:
        return []
    return [
        Problem(
            rule="assessment.answers_left",
            message=f"機関の回答のうち、シートに写していないものが{count}件あります。",
            remedy="新しいシートを開くと写された形で始まります。要らなければ「転記済」にしてください。",
        )
    ]


def may_take_over(*, has_sheet: bool) -> list[Problem]:
    """Ask: is there a sheet that can take an answer over?"""
    if has_sheet:
        return []
    return [
        Problem(
            rule="assessment.no_sheet",
            message="このケースのアセスメントシートが、まだありません。",
            remedy="新しいシートを開いてください。回答が写された形で始まります。",
            strength=Strength.FORBIDDEN,
        )
    ]
