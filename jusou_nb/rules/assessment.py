"""What an インテーク・アセスメントシート asks: its thick frames, its ticks, whom they are about.

All but a tick for a stranger is noted only: a sheet grows with what is known (domain §1.3–1.5).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from jusou_nb.checks import is_asked, is_blank
from jusou_nb.fields import Code, Form, get_item, items
from jusou_nb.forms.assessment import Assessment, CareRow, IssueMark
from jusou_nb.forms.consent import Consent
from jusou_nb.forms.household import Household, Person
from jusou_nb.forms.intake import Intake
from jusou_nb.forms.statutory_report import StatutoryReport
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile
from jusou_nb.rules.first_contact import report_due

_WISHES = ("strengths", "wishes", "outlook")
_FOREIGN = ("foreign_agency", "foreign_title", "foreign_received_on", "foreign_file")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet together with what other forms already say of the same people."""

    assessment: Assessment
    household: Household
    client: Person
    intake: Intake | None = None
    consent: Consent | None = None
    reports: Sequence[StatutoryReport] = field(default_factory=tuple)

    @property
    def is_foreign(self) -> bool:
        """Whether another agency's own sheet stands in the place of this one (東大阪市)."""
        return self.assessment.foreign_agency is not None

    @property
    def issues(self) -> frozenset[Code]:
        """The ticks, whomever they are about."""
        return issues_of([self.assessment])


def issues_of(sheets: Iterable[Assessment]) -> frozenset[Code]:
    """Give the ticks of sheets, each once."""
    return frozenset(mark.issue for sheet in sheets for mark in sheet.marks if mark.issue)


@dataclass(frozen=True)
class Frames:
    """The 国への報告事項 of a sheet: how many are filled, and the labels of those that are not."""

    filled: int
    open: tuple[str, ...]

    @property
    def asked(self) -> int:
        """How many there are."""
        return self.filled + len(self.open)


def frames(sheet: Sheet) -> Frames:
    """Count the thick-framed boxes of a sheet, wherever they are kept; an age does for a birth."""
    records = (sheet.intake, sheet.client, sheet.household, sheet.consent, sheet.assessment)
    found = [pair for record in records if record is not None for pair in _frames_of(record)]
    found.append((get_item(IssueMark, "issue").label, bool(sheet.assessment.marks)))
    open_ = tuple(label for label, is_filled in found if not is_filled)
    return Frames(len(found) - len(open_), open_)


_ELSEWHERE: dict[type[Form], tuple[str, ...]] = {
    Intake: ("fields", "topics", "issues", "inquirer_relation")
}
"""Thick frames of the intake that this sheet does not have; its own ticks stand for some."""


def _frames_of(record: Form) -> Iterator[tuple[str, bool]]:
    for box in items(type(record)):
        if not box.reported or not is_asked(record, box):
            continue
        if box.name in _ELSEWHERE.get(type(record), ()):
            continue
        born = isinstance(record, Person) and box.name == "stated_age" and record.birth is not None
        yield box.label, born or not is_blank(getattr(record, box.name))


def may_assess(profile: Profile, sheet: Sheet) -> list[Problem]:
    """Ask: may this sheet be kept, and what does it still want?"""
    return [
        *_strangers(sheet),
        *_thick(sheet),
        *_own_view(sheet),
        *_foreign(sheet.assessment),
        *_ticks(profile, sheet),
        *_outside(sheet),
        *_count(sheet),
        *report_due(profile, Intake(issues=tuple(sorted(sheet.issues))), sheet.reports),
    ]


def _strangers(sheet: Sheet) -> Iterator[Problem]:
    """A tick for somebody of another household is one for nobody."""
    known = {person.id for person in sheet.household.members}
    rows = [("marks", "whose", row.whose) for row in sheet.assessment.marks]
    rows += [("cares", "carer", row.carer) for row in sheet.assessment.cares]
    rows += [("cares", "cared_for", row.cared_for) for row in sheet.assessment.cares]
    for table, box, person_id in rows:
        if person_id is not None and person_id not in known:
            yield Problem(
                rule="assessment.stranger",
                message="この世帯の記録にいない人に、印が付いています。",
                remedy="当てはまる人を選び直すか、先に「世帯を直す」で書き加えてください。",
                strength=Strength.FORBIDDEN,
                box=f"{table}.{_place(sheet, table, box, person_id)}.{box}",
            )


def _place(sheet: Sheet, table: str, box: str, person_id: int) -> int:
    found = [getattr(row, box) for row in getattr(sheet.assessment, table)]
    return found.index(person_id)


def _thick(sheet: Sheet) -> Iterator[Problem]:
    open_ = frames(sheet).open
    if open_:
        yield Problem(
            rule="assessment.frames_open",
            message=f"国への報告事項（太枠）が{len(open_)}つ空いています（{'、'.join(open_)}）。",
            remedy="分かりしだい書き足してください。ほかの様式にある欄は、その様式に書きます。",
        )


def _own_view(sheet: Sheet) -> Iterator[Problem]:
    """Of another agency's sheet only the thick frames are asked for."""
    if sheet.is_foreign:
        return
    empty = [get_item(Assessment, n).label for n in _WISHES if not getattr(sheet.assessment, n)]
    if empty:
        yield Problem(
            rule="assessment.no_view",
            message=f"「{'」「'.join(empty)}」が空です。",
            remedy="本人に聞いて書いてください。会議とプランの出発点になります。",
            box=next(n for n in _WISHES if not getattr(sheet.assessment, n)),
        )


def _foreign(assessment: Assessment) -> Iterator[Problem]:
    said = [bool(getattr(assessment, name)) for name in _FOREIGN]
    if all(said) or not any(said):
        return
    yield Problem(
        rule="assessment.foreign_unclear",
        message="他機関のシートで代えるのに、機関・名前・受け取った日・原本のありかがそろっていません。",
        remedy="あとから原本をたどれるように書き足してください。",
        box="foreign_agency",
    )


_LACKS = {
    "asks_since": (
        "assessment.since_unsaid",
        "「{}」がいつごろからか書かれていません。",
        "分かる範囲で「いつごろから」に書いてください（年だけでよい）。",
        "since",
    ),
    "asks_state": (
        "assessment.state_unsaid",
        "「{}」の様子が書かれていません。",
        "場所、火の気や通路、近隣への影響、何を拒むかなどを「様子」に書いてください。",
        "note",
    ),
}


def _ticks(profile: Profile, sheet: Sheet) -> Iterator[Problem]:
    known = profile.codes("issue").by_code
    for place, mark in enumerate(sheet.assessment.marks):
        option = known.get(mark.issue or "")
        if option is None:
            continue
        for flag, (rule, message, remedy, box) in _LACKS.items():
            if flag in option.flags and not getattr(mark, box):
                text = message.format(option.label)
                yield Problem(rule=rule, message=text, remedy=remedy, box=f"marks.{place}.{box}")
        yield from _care(sheet, mark, option.label, option.flags)
        if "asks_two" in option.flags and len(sheet.household.own_members) == 1:
            yield _two(option.label)


def _care(sheet: Sheet, mark: IssueMark, label: str, flags: frozenset[str]) -> Iterator[Problem]:
    """ヤングケアラー, ダブルケア: who is cared for, what, how many hours, school, own words."""
    if "asks_care" not in flags:
        return
    rows = [r for r in sheet.assessment.cares if mark.whose in (None, r.carer)]
    wanted = ["cared_for", "what", "hours", *(["schooling", "own_words"] if _school(flags) else [])]
    lacking = [get_item(CareRow, n).label for n in wanted if not any(getattr(r, n) for r in rows)]
    if lacking:
        yield Problem(
            rule="assessment.care_unsaid",
            message=f"「{label}」について、家族のケアの{'・'.join(lacking)}が書かれていません。",
            remedy="「家族のケア」に1行書いてください。本人の言葉は、聞けたときに足せます。",
            box="cares",
        )


def _school(flags: frozenset[str]) -> bool:
    return "asks_school" in flags


def _two(label: str) -> Problem:
    return Problem(
        rule="assessment.one_member",
        message=f"「{label}」の世帯に、世帯員が1人しか書かれていません。",
        remedy="「世帯を直す」で、ほかの世帯員を書いてください（氏名が分からなくてもよい）。",
        box="marks",
    )


def _outside(sheet: Sheet) -> Iterator[Problem]:
    """Whoever stands on the family map only has no ticks that count."""
    outside = {person.id for person in sheet.household.members if not person.is_member}
    for place, mark in enumerate(sheet.assessment.marks):
        if mark.whose in outside:
            yield Problem(
                rule="assessment.not_member",
                message="世帯の外の人か亡くなった人に、印が付いています。件数には数えません。",
                remedy="いまの世帯の課題なら、世帯員か世帯全体に付けてください。",
                box=f"marks.{place}.whose",
            )


def _count(sheet: Sheet) -> Iterator[Problem]:
    size, told = sheet.household.size, len(sheet.household.own_members)
    if size is not None and size < told:
        yield Problem(
            rule="assessment.size_differs",
            message=f"世帯人数が{size}人で、世帯員が{told}人書かれています。",
            remedy="世帯の外の人や亡くなった人は「世帯との関係」に記入し、人数を確かめてください。",
        )
