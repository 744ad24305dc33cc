"""What an item still lacks on the eve of its sitting; nobody is stopped, the papers come out."""

from jusou_nb.checks import check
from jusou_nb.fields import Stage
from jusou_nb.forms.conference import AgendaItem
from jusou_nb.forms.household import Household
from jusou_nb.forms.intake import Intake
from jusou_nb.forms.plan import SupportPlan
from jusou_nb.problems import Problem
from jusou_nb.rules.matter import Matter


def lacking(matter: Matter, item: AgendaItem, plan: SupportPlan | None) -> list[Problem]:
    """Name what a good sitting would have of an item, the consent apart.

    Args:
        matter: The item as the question of sharing knows it.
        item: The item itself.
        plan: The plan put before the sitting, where its basis decides plans.
    """
    return [
        *check(item, Stage.SHARED),
        *_unread(matter),
        *_nobody_called(matter),
        *_no_plan(matter, plan),
    ]


def _unread(matter: Matter) -> list[Problem]:
    if matter.is_text_reviewed or not matter.basis.requires_consent:
        return []
    return [
        Problem(
            rule="readiness.text_not_reviewed",
            message="主訴などの文章を、まだ誰も確かめていません。機関の資料には載りません。",
            remedy="載せてよい文章かを読み、案件の「文章を確かめた日」を記入してください。",
        )
    ]


def _nobody_called(matter: Matter) -> list[Problem]:
    if matter.called - matter.excluded:
        return []
    return [
        Problem(
            rule="readiness.nobody_called",
            message="呼ぶ機関が確定していません。資料は議長用・事務局控だけです。",
            remedy="会議の「呼ぶ機関」を確定してください。",
        )
    ]


def _no_plan(matter: Matter, plan: SupportPlan | None) -> list[Problem]:
    if plan is not None or not matter.basis.decides_plan:
        return []
    return [
        Problem(
            rule="readiness.no_plan",
            message="プラン案がありません。",
            remedy="プラン案を作るか、この会議では方針だけを話し合ってください。",
        )
    ]


def hidden(household: Household) -> list[Problem]:
    """Point out that somebody of the household is under 秘匿, whoever the item is about."""
    if not any(person.is_masked for person in household.members):
        return []
    return [
        Problem(
            rule="readiness.masked",
            message="世帯に秘匿の人がいます。",
            remedy="文章に、居場所の手がかり（地名・学校・勤務先・経路）がないか読んでください。",
        )
    ]


def of_others(matter: Matter, household: Household, intake: Intake | None) -> list[Problem]:
    """Point out ticks that may be about a member who has not consented.

    Issues are ticked for the household; whose they are the sheet does not say.
    """
    others = [p.id for p in household.own_members if p.id != matter.client_id]
    asked = matter.basis.requires_consent and intake is not None and bool(intake.issues)
    if not asked or all(matter.consent_of(person) for person in others):
        return []
    return [
        Problem(
            rule="readiness.issues_of_others",
            message="同意のない世帯員がいます。「課題と背景要因」は、そのまま機関の資料に載ります。",
            remedy="本人以外のことを指す課題（ひきこもりなど）を載せてよいか確かめてください。",
        )
    ]
