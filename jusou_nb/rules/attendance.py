"""Who may be called to an item, and who sat at it? (domain rules 8, 17–20; S1, ASH, SAN)"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from jusou_nb.forms.conference import AgendaItem, ItemAttendance, Presence
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Basis
from jusou_nb.rules.sharing import Matter, Reader, ReaderKind, item_withheld

AWAY = (Presence.ABSENT, Presence.CLIENT)


@dataclass(frozen=True, kw_only=True)
class Seat:
    """An agency as far as sitting at an item needs to know it.

    ``explained`` are the days on which 守秘 was explained, each with the name of the person
    it was explained to, or None where only the agency was noted.
    """

    agency: int
    name: str
    on_roster: bool = False
    is_person: bool = False
    gives_only: bool = False
    explained: tuple[tuple[str | None, date], ...] = ()

    def knows_confidentiality(self, who: str | None, day: date) -> bool:
        """Whether 守秘 was explained, on or before a day, to this person or the agency."""
        return any(
            on <= day and (not who or not told or told == who) for told, on in self.explained
        )


def may_call(matter: Matter, seats: Iterable[Seat]) -> list[Problem]:
    """Ask: may these agencies be called to the item?"""
    return [problem for seat in seats for problem in _call(matter, seat)]


def _call(matter: Matter, seat: Seat) -> list[Problem]:
    reader = Reader(ReaderKind.AGENCY, seat.agency)
    alone = replace(matter, called=frozenset({seat.agency}))
    if seat.agency in matter.excluded:
        return [_excluded(seat)]
    problems = []
    if item_withheld(reader, alone) is not None:
        problems.append(_beyond_consent(seat))
    if matter.basis.confidentiality and not seat.on_roster:
        problems.append(_not_on_roster(seat))
    return problems


def _excluded(seat: Seat) -> Problem:
    return Problem(
        rule="conference.excluded",
        message=f"「{seat.name}」はこのケースの除外者です。",
        remedy="呼ぶなら、先にケースの「除外者（機関）」から外して理由を残してください。",
        strength=Strength.FORBIDDEN,
        box="called",
    )


def _beyond_consent(seat: Seat) -> Problem:
    return Problem(
        rule="conference.beyond_consent",
        message=f"「{seat.name}」は本人の同意の範囲にありません。資料には載りません。",
        remedy="同意の範囲を確かめるか、この案件のあいだ席を外してもらってください。",
        box="called",
    )


def _not_on_roster(seat: Seat) -> Problem:
    return Problem(
        rule="conference.not_on_roster",
        message=f"「{seat.name}」は名簿にない機関です。守秘の定めが及ぶのは構成員だけです。",
        remedy="出欠を「会長指名（臨時）」にするか、名簿に加えるか、課長の判断を残してください。",
        strength=Strength.CHIEF,
        box="called",
    )


def called_problems(basis: Basis, seats: Iterable[Seat]) -> list[Problem]:
    """Ask of all called to a sitting: is everybody a member where members are bound by law?"""
    strangers = [seat.name for seat in seats if not seat.on_roster and not seat.gives_only]
    if not (basis.confidentiality and strangers):
        return []
    return [
        Problem(
            rule="conference.strangers_called",
            message=f"名簿にない機関（{'、'.join(strangers)}）も会議に呼ばれています。",
            remedy="この案件では「この案件だけに呼ぶ機関」で外すか、会長の指名を受けてください。",
            box="called",
        )
    ]


def attendance_problems(
    matter: Matter, item: AgendaItem, seats: Mapping[int, Seat]
) -> list[Problem]:
    """Ask of the attendance of an item: did only those sit there who may hear of it?"""
    return [
        replace(problem, box=f"attendances.{number}.{problem.box}")
        for number, row in enumerate(item.attendances)
        for problem in _row(matter, item, row, seats.get(row.agency or 0))
    ]


def _row(matter: Matter, item: AgendaItem, row: ItemAttendance, seat: Seat | None) -> list[Problem]:
    if row.presence is Presence.CLIENT and not matter.basis.requires_consent:
        return [_client(matter)]
    if row.presence in AWAY or seat is None:
        return []
    problems = [_excluded_sat(seat)] if seat.agency in matter.excluded else []
    if seat.gives_only and not row.left and seat.agency not in (item.called or ()):
        problems.append(_stayed(seat))
    if row.presence is Presence.DEPUTY and seat.is_person:
        problems.append(_deputy(seat))
    return [*problems, *_bound(matter, row, seat)]


def _bound(matter: Matter, row: ItemAttendance, seat: Seat) -> list[Problem]:
    """Ask whether who sat there is bound, where the basis has a clause that binds members."""
    if not matter.basis.confidentiality:
        return []
    problems = []
    if not seat.on_roster and row.presence is not Presence.AD_HOC:
        problems.append(replace(_not_on_roster(seat), box="presence"))
    if not seat.knows_confidentiality(row.name, matter.day):
        problems.append(_not_explained(seat))
    return problems


def _client(matter: Matter) -> Problem:
    return Problem(
        rule="conference.client_present",
        message=f"「{matter.basis.label}」の案件に本人・家族・代弁者の出席が記されています。",
        remedy="同意で開く会議の案件にするか、別の場で話を聞くか、課長の判断を残してください。",
        strength=Strength.CHIEF,
        box="presence",
    )


def _excluded_sat(seat: Seat) -> Problem:
    return Problem(
        rule="conference.excluded_sat",
        message=f"除外者の「{seat.name}」が出席したと記されています。",
        remedy="記入を確かめてください。出席していたのなら、課長の判断と経緯を残してください。",
        strength=Strength.CHIEF,
        box="agency",
    )


def _stayed(seat: Seat) -> Problem:
    return Problem(
        rule="conference.gives_only",
        message=f"「{seat.name}」は情報を出してもらうだけの機関です。",
        remedy="退席した時刻を「途中まで」に記入するか、「この案件だけに呼ぶ機関」で"
        "名指ししてください。",
        box="left",
    )


def _deputy(seat: Seat) -> Problem:
    return Problem(
        rule="conference.deputy_of_person",
        message=f"「{seat.name}」は個人への委嘱で、代理は立てられません。",
        remedy="来た人は「会長指名（臨時）」として記録してください。",
        box="presence",
    )


def _not_explained(seat: Seat) -> Problem:
    return Problem(
        rule="conference.not_explained",
        message=f"「{seat.name}」の出席者に守秘の説明をした日がありません。",
        remedy="会議の初めに説明し、出席者の「守秘の説明日」に記入してください。",
        box="name",
    )
