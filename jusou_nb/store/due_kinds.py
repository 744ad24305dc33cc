"""The kinds of what waits: what each is called, and what to do about it."""

from collections.abc import Callable

from jusou_nb.store import (
    due_assessments,
    due_community,
    due_consents,
    due_contacts,
    due_memos,
    due_office,
    due_outreach,
    due_participation,
    due_plans,
    due_register,
    due_roles,
    due_sittings,
)
from jusou_nb.store.due_sql import Kind


def _kind(sql: Callable[[], str], table: str, label: str, what_to_do: str) -> Kind:
    return Kind(sql=sql, table=table, label=label, what_to_do=what_to_do)


KINDS: tuple[Kind, ...] = (
    _kind(
        due_contacts.first_contacts,
        "intakes",
        "最初の連絡",
        "今日のうちに連絡し、支援経過か緊急対応に記録してください。",
    ),
    *due_memos.KINDS,
    _kind(
        due_contacts.emergencies,
        "emergencies",
        "緊急対応の次の確認",
        "本人の様子を確かめ、「確かめたこと」を記入してください。",
    ),
    _kind(
        due_contacts.emergency_reports,
        "emergencies",
        "緊急対応の事後報告",
        "次の会議に、事後報告の案件として載せてください。",
    ),
    _kind(
        due_contacts.open_reports,
        "statutory_reports",
        "通報・通告の判断",
        "通報・通告するか、不要とする理由と判断した人を記録してください。",
    ),
    _kind(
        due_contacts.unreported_suspicions,
        "intakes",
        "通報・通告の記録",
        "虐待・DVの印があります。通報・通告の記録を開いて、判断を残してください。",
    ),
    *due_assessments.KINDS,
    _kind(
        due_contacts.next_actions,
        "case_notes",
        "次の対応",
        "約束した対応を行い、支援経過に書いてください。",
    ),
    _kind(
        due_contacts.unanswered_referrals,
        "referrals",
        "つなぎの返事",
        "つなぎ先に受け取ったかを確かめ、返事を記録してください。",
    ),
    _kind(
        due_contacts.refused_referrals,
        "referrals",
        "受けられなかったつなぎ",
        "別の機関につなぐか、次にすることを決めて記録してください。",
    ),
    _kind(
        due_contacts.unsettled_referrals,
        "referrals",
        "つながったかの確認",
        "つながったかを確かめ、結果を「つながった」か「受けられない」にしてください。",
    ),
    _kind(
        due_contacts.support_requests,
        "support_requests",
        "支援要請の返事",
        "受理会議にかけて、受理・助言のみ・差戻しを返してください。",
    ),
    _kind(
        due_contacts.leads,
        "leads",
        "気になる世帯の見直し",
        "受け付けるか、見守りを続けるか（新しい見直し日）、閉じるかを決めてください。",
    ),
    *due_consents.KINDS,
    *due_sittings.KINDS,
    _kind(
        due_plans.support_decisions,
        "plans",
        "支援決定",
        "起案・決裁をして、支援決定の日と専決者を記入してください。",
    ),
    _kind(
        due_plans.monitorings,
        "plans",
        "モニタリング",
        "モニタリングを行い、次回の日を決めてください。",
    ),
    _kind(
        due_roles.roles,
        "role_assignments",
        "プランの役割",
        "進み具合を確かめ、モニタリングに記録してください。",
    ),
    _kind(
        due_roles.unasked_roles,
        "role_assignments",
        "役割を続けるかの確認",
        "役割を続けるか止めるかを機関に聞き、プランの「続けるかの返事」に記録してください。",
    ),
    Kind(
        sql=due_plans.plan_ends,
        table="plans",
        label="プランの終わり",
        what_to_do="評価をして、再プランか終わり方を決めてください。",
        ahead="plan_end_notice_days",
    ),
    _kind(
        due_plans.replans,
        "monitorings",
        "プランの見直し",
        "再プランを作り、会議にかけてください。",
    ),
    _kind(
        due_plans.next_steps,
        "evaluations",
        "評価のあとの段階",
        "評価で決めたとおり、再プランか、終結・中断の記録をしてください。",
    ),
    _kind(
        due_plans.handovers,
        "endings",
        "主担当機関の受け入れ",
        "引き受ける機関に確かめ、受け入れた人と日を記録してください。",
    ),
    _kind(
        due_plans.check_ins,
        "endings",
        "定期連絡",
        "本人に連絡し、支援経過に書いてください。",
    ),
    _kind(
        due_plans.check_in_ends,
        "endings",
        "定期連絡の終わり",
        "続けるなら新しい終わりの日までのばし、終えるなら「定期連絡を終える」を記録してください。",
    ),
    *due_outreach.KINDS,
    *due_participation.KINDS,
    *due_community.KINDS,
    *due_register.KINDS,
    *due_office.KINDS,
)
"""Every kind of waiting, the more pressing first among those of one day."""

SUSPICIONS = frozenset(
    {
        due_contacts.open_reports.__name__,
        due_contacts.unreported_suspicions.__name__,
        due_assessments.assessment_suspicions.__name__,
    }
)
"""Kinds that tell of a suspicion of abuse: on the desk's list, never on a paper."""

PRESSING = SUSPICIONS | {due_contacts.first_contacts.__name__, due_contacts.emergencies.__name__}
"""Kinds that go before whatever else waits, however long that is overdue."""

MASKINGS = frozenset(
    due.__name__
    for due in (due_consents.unconfirmed_masks, due_consents.asked_unmaskings,
                due_consents.mask_reviews, due_consents.protection_ends)
)  # fmt: skip
"""Kinds that tell in which household somebody is hidden: on no paper either."""

SETTLED = frozenset(
    kind.__name__
    for kind in (due_sittings.decisions, due_sittings.directions, due_sittings.agreements)
)
"""Kinds of what a sitting settled: decisions, directions, answers that were taken back."""

UNANSWERED = frozenset(
    due.__name__
    for due in (
        due_contacts.unanswered_referrals,
        due_contacts.support_requests,
        due_sittings.preparation_sheets,
        due_sittings.agreements,
        due_plans.handovers,
    )
)
"""Kinds that wait for somebody's answer."""

UNDECIDED = frozenset(
    due.__name__
    for due in (
        due_sittings.after_approvals,
        due_plans.support_decisions,
        due_plans.replans,
        due_plans.next_steps,
    )
)
"""Kinds that wait for a decision of the office."""
