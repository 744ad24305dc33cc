"""What was heard on a basis without consent: what of it may go to one with (domain rule 2)."""

from collections.abc import Iterable, Sequence

from jusou_nb.forms.case_note import CaseNote
from jusou_nb.forms.provenance import Provenance, Release
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile


def is_released(fact: Provenance) -> bool:
    """Whether a fact may stand on a paper of a basis that needs consent.

    Its sort decides first: views, the informant and other members' facts never do.
    """
    if fact.release is None or not fact.release.may_be_printed:
        return False
    return fact.sort is not None and fact.sort.may_be_released


def is_told_again(fact: Provenance) -> bool:
    """Whether a box was told again by the client, and so may stand on papers as a box."""
    return is_released(fact) and fact.release is Release.HEARD_AGAIN and fact.box is not None


def released_note(note: CaseNote, facts: Iterable[Provenance]) -> bool:
    """Whether a note was released word for word; of a shortened fact only the fact is."""
    return any(
        is_released(fact) and fact.fact == note.content
        for fact in facts
        if fact.case_note_id is not None and fact.case_note_id == note.id
    )


def stays_with_its_basis(profile: Profile, basis_code: str | None) -> bool:
    """Whether what is heard on a basis stays there: one that needs no consent."""
    return bool(basis_code) and not profile.basis(basis_code or "").requires_consent


def may_answer(fact: Provenance, release: Release, reason: str) -> list[Problem]:
    """Ask: may the agency's answer to a fact be this?"""
    if not release.may_be_printed:
        return []
    problems = [] if _may_go(fact) else [_never(fact)]
    if release is Release.RELEASE and not reason.strip():
        problems.append(
            Problem(
                rule="provenance.no_reason",
                message="「出す」とした理由がありません。",
                remedy="どの機関の誰が、なぜよいとしたかを1行で書いてください。",
                strength=Strength.CHIEF,
                box="reason",
            )
        )
    if fact.category is None:
        problems.append(
            Problem(
                rule="provenance.no_category",
                message="区分の書かれていない事実は、出すとしても機関の資料に載りません。",
                remedy="「区分」を選んでください。",
                box="category",
            )
        )
    return problems


def _may_go(fact: Provenance) -> bool:
    return fact.sort is not None and fact.sort.may_be_released


def _never(fact: Provenance) -> Problem:
    """Who heard it at a 支援会議 is bound by 社会福祉法106条の6第5項."""
    sort = fact.sort.label if fact.sort else "種類の分からないこと"
    return Problem(
        rule="provenance.never_released",
        message=f"「{sort}」は、同意で開く会議の資料に出せません。",
        remedy="「伏せる」にし、要ることは本人から聞き直して経過に書いてください"
        "（ほかの世帯員のことは、その人の同意をもらってください）。",
        strength=Strength.FORBIDDEN,
        box="release",
    )


def unanswered(facts: Sequence[Provenance], *, is_listed: bool) -> list[Problem]:
    """Ask before a case goes on a basis that needs consent: is the 移行 list done?

    ``is_listed`` says whether all that was heard is on the list already.
    """
    open_ = [fact for fact in facts if fact.release in (None, Release.OPEN)]
    problems = []
    if not is_listed:
        problems.append(
            Problem(
                rule="provenance.not_listed",
                message="同意のいらない会議で聞いたことが、移行の一覧にまだありません。",
                remedy="移行の一覧を作り、情報を持つ機関に扱いを聞いてください。"
                "それまで資料には載りません。",
            )
        )
    if open_:
        problems.append(
            Problem(
                rule="provenance.open",
                message=f"移行の一覧に、未回答が{len(open_)}件あります。",
                remedy="情報を持つ機関に扱いを聞いてください。回答まで資料には載りません。",
            )
        )
    return problems
