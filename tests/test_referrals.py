"""つなぐ and 照会: on which ground, and what comes back."""

from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import casework
from jusou_nb.choices import Category
from jusou_nb.errors import NotAllowed
from jusou_nb.forms import Consent, Referral, RoleAssignment, SupportPlan
from jusou_nb.forms.plan import DoerKind
from jusou_nb.forms.referral import AfterRefusal, ReferralAnswer
from jusou_nb.problems import Override, Strength
from jusou_nb.store.due import due_items

SENT = date(2026, 10, 6)
LATER = date(2026, 10, 21)


def agency(desk, name):
    return desk.store.lexicon().spellings["agencies"][name]


def rules_of(problems):
    return [problem.rule for problem in problems]


def waits(desk, kind, today=LATER):
    return [entry for entry in due_items(desk.store, today) if entry.kind == kind]


@pytest.fixture
def send(desk):
    """Send the mother on to an agency, by default only pointing it out to her."""

    def one(name="医療機関", **boxes):
        blank = Referral(destination=agency(desk, name), sent_on=SENT, ground="guidance_only")
        return casework.refer(desk.store, desk.intake, replace(blank, **boxes))

    return one


@pytest.fixture
def answer(desk):
    """Record an agency's answer."""

    def one(referral, what, note="", **more):
        return casework.answer_referral(desk.store, referral, what, on=LATER, note=note, **more)

    return one


def test_a_referral_knows_who_sent_it_and_is_no_inquiry_unless_it_says_so(send):
    sent = send()

    assert (sent.sent_by, sent.kind) == ("tantou", "referral")


def test_silence_past_its_day_is_due_and_an_answer_ends_it(desk, send, answer):
    sent = send()

    (waiting,) = waits(desk, "unanswered_referrals")
    assert (waiting.due_on, waiting.overdue_days) == (date(2026, 10, 20), 1)
    assert waiting.agency_id == sent.destination
    answer(sent, ReferralAnswer.RECEIVED)
    assert waits(desk, "unanswered_referrals") == []


def test_a_referral_is_received_and_then_settled(desk, send, answer):
    received = answer(send(), ReferralAnswer.RECEIVED, note="来週訪問する")

    settled = answer(received, ReferralAnswer.SETTLED)

    assert (settled.answer, settled.answer_note) == (ReferralAnswer.SETTLED, "来週訪問する")
    assert waits(desk, "unsettled_referrals", date(2027, 1, 1)) == []


def test_a_refusal_without_its_reason_is_not_taken(desk, send, answer):
    sent = send()

    with pytest.raises(NotAllowed, match="受けられない理由が空です"):
        answer(sent, ReferralAnswer.REFUSED)

    assert desk.store.load(Referral, sent.id).answer is ReferralAnswer.SENT


def test_a_refusal_on_the_same_day_wants_its_reason_too(send):
    with pytest.raises(NotAllowed, match="受けられない理由が空です"):
        send(answer=ReferralAnswer.REFUSED)


def test_a_refused_one_comes_back_to_its_sender_with_what_to_do(desk, send, answer):
    refused = answer(send(), ReferralAnswer.REFUSED, note="対象の年齢でない")

    (problem,) = casework.answer_problems(desk.store, refused)

    assert problem.rule == "referral.came_back"
    assert (
        "「医療機関」は受けられない" in problem.message and "tantouに戻りました" in problem.message
    )
    assert "別の機関へつなぐか、次の会議の案件に" in problem.remedy
    assert len(waits(desk, "refused_referrals")) == 1


def test_a_refused_one_waits_no_more_once_its_sender_decided(desk, send, answer):
    refused = answer(send(), ReferralAnswer.REFUSED, note="定員に空きがない")

    back = casework.take_back(desk.store, refused, AfterRefusal.NEXT_SITTING, on=LATER)

    assert (back.after_refusal, back.after_refusal_on) == (AfterRefusal.NEXT_SITTING, LATER)
    assert waits(desk, "refused_referrals") == []
    assert casework.answer_problems(desk.store, back) == []


def test_what_was_not_refused_is_not_taken_back(desk, send):
    with pytest.raises(NotAllowed, match="先に、先方の返事とその理由を"):
        casework.take_back(desk.store, send(), AfterRefusal.OWN_DESK, on=LATER)


def test_what_was_settled_is_undone_by_the_chief_only(send, answer):
    settled = answer(send(), ReferralAnswer.SETTLED)
    chief = Override(rule="referral.settled", reason="記入の誤り", allowed_by="課長")

    with pytest.raises(NotAllowed, match="途切れたのなら新しくつなぐか"):
        answer(settled, ReferralAnswer.RECEIVED)
    undone = answer(settled, ReferralAnswer.RECEIVED, overrides=(chief,))
    assert undone.answer is ReferralAnswer.RECEIVED


def test_an_inquiry_says_what_it_asks(desk, send):
    asked = send("社会福祉課", kind="inquiry", ground="within_office")

    problems = casework.referral_problems(desk.store, asked)

    assert rules_of(problems) == ["referral.no_question"]
    told = replace(asked, reason="制度の利用の有無")
    assert casework.referral_problems(desk.store, told) == []


def test_a_refused_inquiry_may_be_asked_at_a_sitting(desk, send, answer):
    asked = send(kind="inquiry", reason="通院の有無")

    refused = answer(asked, ReferralAnswer.REFUSED, note="同意がないと答えられない")

    (problem,) = casework.answer_problems(desk.store, refused)
    assert "支援会議の案件にして聞いて" in problem.remedy


@pytest.mark.parametrize(
    ("ground", "said"),
    [
        ("within_office", ["referral.visit_only"]),
        ("guidance_only", []),
        ("confidential_conference", []),
    ],
)
def test_a_desk_of_tax_or_water_is_only_pointed_out_without_consent(desk, send, ground, said):
    problems = casework.referral_problems(desk.store, send("水道課", ground=ground))

    assert rules_of(problems) == said
    assert {problem.strength for problem in problems} <= {Strength.NOTICE}


def test_with_consent_a_desk_of_water_is_an_agency_like_any_other(desk, send, agree):
    agree(agencies=(agency(desk, "水道課"),))

    assert casework.referral_problems(desk.store, send("水道課", ground="consent")) == []


def test_a_consent_to_others_does_not_carry_to_the_water_desk(desk, send, agree):
    agree(agencies=(agency(desk, "医療機関"),))

    said = casework.referral_problems(desk.store, send("水道課", ground="within_office"))

    assert rules_of(said) == ["referral.visit_only"]


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        ({}, "「医療機関」は、本人の同意の範囲にありません"),
        ({"agencies": None}, "まだ確かめていません（範囲未確認）"),
        ({"excluded": True}, "「医療機関」には知らせないよう望んでいます"),
    ],
    ids=["other agencies only", "scope unknown", "not to know"],
)
def test_a_consent_carries_to_the_agencies_it_names_and_to_no_other(desk, send, agree, scope, said):
    clinic = (agency(desk, "医療機関"),)
    withheld = {"agencies": clinic, "excluded_agencies": clinic}
    agree(**(withheld if scope.get("excluded") else scope))

    with pytest.raises(NotAllowed, match=said):
        send(ground="consent")
    lets = Override(rule="referral.beyond_consent", reason="入院が決まった", allowed_by="課長")
    asked = Referral(destination=clinic[0], sent_on=SENT, ground="consent")
    assert casework.refer(desk.store, desk.intake, asked, overrides=(lets,)).id


def test_what_is_written_of_a_person_is_of_a_kind_that_the_agency_may_know(desk, send, agree):
    agree(agencies=(agency(desk, "医療機関"),), categories=(Category.HEALTH,))

    assert send(ground="consent").id
    with pytest.raises(NotAllowed, match="本人が「医療機関」へ伝えてよいとした情報に"):
        send(ground="consent", reason="家計が苦しく受診できない")


def test_an_agency_of_a_signed_plan_may_be_told_though_the_consent_did_not_name_it(
    desk, send, agree
):
    agree()
    row = RoleAssignment(what="受診", doer=DoerKind.AGENCY, agency=agency(desk, "医療機関"))
    plan = SupportPlan(drawn_on=SENT, roles=(row,))
    draft = casework.draft_plan(desk.store, desk.case, plan)
    casework.sign_plan(desk.store, draft, signed_on=SENT)

    assert send(ground="consent", reason="受診の相談").id


def test_a_withdrawn_agency_is_sent_nobody_on_the_ground_of_consent(desk, send, agree):
    clinic = agency(desk, "医療機関")
    agree(agencies=(clinic, agency(desk, "水道課")))
    taken = Consent(stated_on=SENT, withdrawn_agencies=(clinic,))
    casework.withdraw_consent(desk.store, desk.mother.id, taken)

    with pytest.raises(NotAllowed, match="「医療機関」への同意を撤回しています"):
        send(ground="consent")


def test_an_excluded_party_is_sent_nobody_unless_the_chief_says_so(desk, send):
    clinic = agency(desk, "医療機関")
    desk.store.save(replace(desk.case, excluded_agencies=(clinic,)))

    with pytest.raises(NotAllowed, match="この機関は、このケースの除外者です"):
        send()


def test_an_answer_older_than_the_question_is_pointed_out_and_kept(desk, send):
    sent = send()
    early = date(2026, 10, 1)

    kept = casework.answer_referral(desk.store, sent, ReferralAnswer.RECEIVED, on=early)

    assert kept.answered_on == early
