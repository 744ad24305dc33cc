"""What leads, emergencies and own programmes ask before they are used (rules 6, 23, 25)."""

from collections.abc import Sequence
from datetime import date

from jusou_nb.forms.emergency import Emergency
from jusou_nb.forms.lead import Lead, LeadOutcome
from jusou_nb.forms.plan import SupportPlan
from jusou_nb.forms.scheme_check import SchemeCheck
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile


def may_review(before: Lead, outcome: LeadOutcome, note: str, *, has_sheet: bool) -> list[Problem]:
    """Ask: may a lead be given this outcome at its review?"""
    if before.outcome in (LeadOutcome.RECEIVED, LeadOutcome.DROPPED):
        message = f"この記録は「{before.outcome.label}」で終わっています。"
        remedy = "新しく気づいたことは、新しい「気になる世帯」に書いてください。"
        return [_stops("lead.finished", message, remedy, "outcome")]
    if outcome is LeadOutcome.DROPPED and not note.strip():
        message = "記録を閉じる理由が空です。"
        remedy = "「見直しの覚え」に1行書くか、見守りを続けてください。"
        return [_stops("lead.no_reason", message, remedy, "remarks")]
    if outcome is LeadOutcome.RECEIVED and not has_sheet:
        message = "相談として受け付けるための票がありません。"
        remedy = "相談受付・申込票を記入するか、見守りを続けてください。"
        return [_stops("lead.no_sheet", message, remedy, "outcome")]
    return []


def _stops(rule: str, message: str, remedy: str, box: str) -> Problem:
    return Problem(rule=rule, message=message, remedy=remedy, box=box, strength=Strength.FORBIDDEN)


def next_review(review_on: date | None, reviewed_on: date) -> list[Problem]:
    """Ask: does the next look come after this one?"""
    if review_on is None or review_on > reviewed_on:
        return []
    return [
        Problem(
            rule="lead.review_past",
            message="次の見直し日が、見直した日より後になっていません。",
            remedy="先の日を入れてください。",
            box="review_on",
        )
    ]


def may_respond(emergency: Emergency) -> list[Problem]:
    """Ask of an emergency: what is still to be written? Nothing of it stops the record."""
    problems = []
    if emergency.told and not emergency.ground:
        problems.append(
            Problem(
                rule="emergency.no_ground",
                message="情報を渡した根拠が空です。",
                remedy="根拠（生命・身体・財産の保護 など）を選んでください。",
                box="ground",
            )
        )
    if not emergency.approved_by:
        problems.append(
            Problem(
                rule="emergency.not_approved",
                message="承認した人（口頭決裁）がまだ書かれていません。",
                remedy="課長に伝え、名前と時刻を書き足してください。",
                box="approved_by",
            )
        )
    return problems


def may_report_afterwards(*, has_household: bool, has_sitting: bool) -> list[Problem]:
    """Ask: can an emergency be reported at a sitting (事後報告)?"""
    if not has_household:
        message = "世帯が分からないので、会議の案件にできません。"
        remedy = "世帯構成に本人を記入してください（「氏名不明（特徴）」でもよい）。"
        return [_stops("emergency.no_household", message, remedy, "household_id")]
    if not has_sitting:
        message = "同意のいらない案件を扱う会議が、この先に予定されていません。"
        remedy = "会議を登録するか、随時開催の会議を開いてください。"
        return [_stops("emergency.no_sitting", message, remedy, "agenda_item_id")]
    return []


def schemes_unchecked(
    profile: Profile, plan: SupportPlan, checks: Sequence[SchemeCheck]
) -> list[Problem]:
    """Ask: were existing schemes tried before a plan uses outreach or participation? (rule 25)"""
    own = profile.flagged("programme", "after_schemes")
    used = {row.programme for row in plan.roles} & own
    if not used or checks:
        return []
    labels = [o.label for o in profile.codes("programme").options if o.code in used]
    return [
        Problem(
            rule="scheme.unchecked",
            message=f"「{'」「'.join(labels)}」を使うプランで、既存制度の確認がありません。",
            remedy="使えなかった制度とその理由を「既存制度の確認」に1件書いてください。",
            box="roles",
        )
    ]
