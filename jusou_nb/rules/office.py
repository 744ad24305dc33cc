"""Who opens cases, who may give a role, who takes work over, what an agency is called.

What a role lets do stands in the profile (``reads_cases``): a town decides it.
"""

from collections.abc import Collection, Sequence
from datetime import date

from jusou_nb.choices import INFORMANT, Category
from jusou_nb.dates import wareki
from jusou_nb.fields import Form, children, items, links
from jusou_nb.forms.agency import Agency, Sector
from jusou_nb.forms.office import AgencyName, WorkerRole
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile
from jusou_nb.spelling import squeeze

_READS = "reads_cases"
_PEOPLE = frozenset({"persons", "households", "cases", "intakes", "leads", "outreaches"})
_NAMED = 3


def _stops(rule: str, message: str, remedy: str, box: str = "") -> Problem:
    return Problem(rule=rule, message=message, remedy=remedy, box=box, strength=Strength.FORBIDDEN)


def is_held(role: WorkerRole, day: date) -> bool:
    """Whether a role is held on a day, the last included."""
    begun = role.since is not None and role.since <= day
    return begun and (role.until is None or day <= role.until)


def readers(profile: Profile, roles: Sequence[WorkerRole], day: date) -> list[str]:
    """Name those whose role lets them open cases on a day."""
    flagged = profile.flagged("worker_role", _READS)
    held = [role for role in roles if is_held(role, day) and role.role in flagged]
    return list(dict.fromkeys(role.worker or "" for role in held))


def may_read_cases(
    profile: Profile, roles: Sequence[WorkerRole], called: Collection[str], day: date
) -> list[Problem]:
    """Ask: may a worker open cases on a day? An empty list is yes.

    ``roles`` are all that are recorded; ``called`` is how the worker is called (name, account).
    As long as no role at all has begun, everybody may: somebody has to begin.
    """
    if not any(role.since and role.since <= day for role in roles):
        return []
    names = {squeeze(name) for name in called}
    may = readers(profile, roles, day)
    if names & {squeeze(name) for name in may}:
        return []
    mine = [r for r in roles if is_held(r, day) and squeeze(r.worker or "") in names]
    held = [profile.codes("worker_role").by_code[r.role].label for r in mine if r.role]
    said = f"「{'・'.join(held)}」の役割では" if held else "役割が登録されていないので、"
    return [
        _stops(
            "office.reads_no_case",
            f"{said}ケースの記録を開けません（資料の送付と集計は行えます）。",
            f"ケースのことは{_asked(may)}に聞いてください。"
            "役割が違うときは、その人に「地域・資源」の「担当者と役割」で直してもらってください。",
        )
    ]


def may_be_called(name: str, others: Collection[str], account: str) -> list[Problem]:
    """Ask: may the worker of an account go by this name?

    ``others`` are the names and accounts of the other workers; records and roles know a worker
    by the name alone, so two must not share one.
    """
    if not squeeze(name):
        return [_stops("worker.name_empty", "氏名がありません。", "入れてください。", "name")]
    taken = {squeeze(other) for other in others} - {squeeze(account)}
    if squeeze(name) not in taken:
        return []
    return [
        _stops(
            "worker.name_taken",
            f"「{name}」は、ほかの担当者の名前です。",
            "同姓同名のときは、「見本 花子（福祉課）」のように分かる書き方にしてください。",
            "name",
        )
    ]


def _asked(names: Sequence[str]) -> str:
    more = " ほか" if len(names) > _NAMED else ""
    return f"{'、'.join(names[:_NAMED])}{more}" if names else "課長"


def concerns_people(form: type[Form]) -> bool:
    """Whether records of a form tell of people, so that only who reads cases opens them."""
    if form.table in _PEOPLE or any(entry.table in _PEOPLE for entry in links(form)):
        return True
    told = any(isinstance(box.scope, Category) or box.scope is INFORMANT for box in items(form))
    return told or any(concerns_people(table.form) for table in children(form))


def may_assign(
    profile: Profile, roles: Sequence[WorkerRole], role: WorkerRole, giver: Collection[str]
) -> list[Problem]:
    """Ask: may ``giver`` (name, account) record this role? ``roles`` are those recorded."""
    day = role.since or date.min
    gives_reading = role.role in profile.flagged("worker_role", _READS)
    problems = []
    if gives_reading and readers(profile, roles, day):
        may = may_read_cases(profile, roles, giver, day)
        problems += [_not_by_you(problem) for problem in may]
    if role.until is not None and role.until < day:
        problems.append(
            Problem(
                rule="role.ends_before",
                message="役割の終わりが、始まりより前です。",
                remedy="日付を確かめてください。",
                box="until",
            )
        )
    return [*problems, *_twice(roles, role), *_firsts(profile, roles, role)]


def _not_by_you(problem: Problem) -> Problem:
    return _stops(
        "role.by_reader",
        "ケースを開ける役割は、ケースを開ける人だけが登録できます。",
        problem.remedy,
        "role",
    )


def _twice(roles: Sequence[WorkerRole], role: WorkerRole) -> list[Problem]:
    same = [
        other
        for other in roles
        if other.id != role.id
        and squeeze(other.worker or "") == squeeze(role.worker or "")
        and (other.role, other.programme, other.agency) == (role.role, role.programme, role.agency)
        and is_held(other, role.since or date.min)
    ]
    if not same:
        return []
    return [
        Problem(
            rule="role.twice",
            message="同じ役割が、その日にはもう登録されています。",
            remedy="前の役割の終わりを入れるか、この登録を取り消してください。",
            box="role",
        )
    ]


def _firsts(profile: Profile, roles: Sequence[WorkerRole], role: WorkerRole) -> list[Problem]:
    """Warn with the first role: from then on who has none opens no case."""
    if roles:
        return []
    reads = role.role in profile.flagged("worker_role", _READS)
    return [
        Problem(
            rule="role.first",
            message="はじめての登録です。この日から、役割のない人はケースを開けません。",
            remedy="続けて全員の役割を登録してください。"
            if reads
            else "続けて、課長・包括化推進員・相談員の役割を登録してください。",
            box="worker",
        )
    ]


def may_end_role(role: WorkerRole, until: date, *, others: int, works: int) -> list[Problem]:
    """Ask: does ending a role leave work behind? ``others`` are roles held after it."""
    if role.since is not None and until < role.since:
        text = "役割の終わりが、始まりより前です。"
        return [_stops("role.ends_before", text, "日付を確かめてください。", "until")]
    if not works or others:
        return []
    return [
        Problem(
            rule="role.work_left",
            message=f"この人の名前が付いた仕事が{works}件残っています。",
            remedy="「進行管理」で引継ぎをしてください。",
            box="worker",
        )
    ]


def agency_problems(profile: Profile, agency: Agency, stored: Agency | None) -> list[Problem]:
    """Ask of an agency: is it one of ours, and is it renamed by the way of renaming?

    What goes to another town's agency goes outside the office (domain rule 4).
    """
    problems = []
    elsewhere = agency.municipality not in (None, "", profile.municipality)
    if elsewhere and agency.sector is Sector.OWN:
        message = f"「{agency.municipality}」の機関は、庁内ではありません。"
        remedy = "区分を「他の公的機関」か「民間」にしてください。"
        problems.append(_stops("agency.not_own", message, remedy, "sector"))
    if stored is not None and stored.name != agency.name:
        message = "ここで名前を直すと、古い資料の名前も変わってしまいます。"
        remedy = "「名前が変わった」で、新しい名前とその日を入れてください。"
        problems.append(_stops("agency.rename", message, remedy, "name"))
    return problems


def may_register(agency: Agency, taken: Collection[str]) -> list[Problem]:
    """Ask: is a new agency not there already? ``taken`` are the names in the register."""
    if squeeze(agency.name or "") not in {squeeze(other) for other in taken}:
        return []
    return [_taken(agency.name or "")]


def _taken(name: str) -> Problem:
    message = f"「{name}」という機関が、もう登録されています。"
    remedy = "その機関を選ぶか、区別できる名前にしてください。"
    return _stops("agency.name_taken", message, remedy, "name")


def may_rename(
    agency: Agency, new_name: str, on: date, *, taken: Collection[str], former: Sequence[AgencyName]
) -> list[Problem]:
    """Ask: may an agency be called so from a day on? ``taken`` are the others' names now."""
    name = squeeze(new_name)
    if not name or name == squeeze(agency.name or ""):
        message, remedy = "新しい名前が今の名前と同じか、空です。", "新しい名前を入れてください。"
        return [_stops("agency.same_name", message, remedy, "name")]
    if name in {squeeze(other) for other in taken}:
        return [_taken(new_name)]
    last = max((row.until for row in former if row.until), default=None)
    if last is not None and on <= last:
        message = f"この機関の名前は{wareki(last)}まで別の名前でした。"
        remedy = "それより後の日を入れてください。"
        return [_stops("agency.renamed_later", message, remedy, "until")]
    return []
