"""May the last 登録 be taken back? Only while nothing has followed from it (design §2.5)."""

from collections.abc import Sequence

from jusou_nb.problems import Problem, Strength

_CORRECT = "記録を開いて直すか、その記録を取り消してください。"


def may_undo(
    *, is_last: bool, is_of_forms: bool, changed: Sequence[str], papers: Sequence[str]
) -> list[Problem]:
    """Ask: does the step still stand as it was written, and has nobody acted on it?

    Args:
        is_last: The worker has registered nothing since.
        is_of_forms: It wrote records of forms alone.
        changed: Titles of records of it that were changed since.
        papers: Numbers of papers made since that show something of it.
    """
    found = []
    if not is_last:
        found.append(_no("undo.not_last", "この登録のあとに、別の登録をしています。"))
    if not is_of_forms:
        found.append(_no("undo.of_the_store", "この操作は、登録の取り消しでは戻せません。"))
    if changed:
        named = "」「".join(changed)
        found.append(_no("undo.changed_since", f"「{named}」は、登録のあとに直されています。"))
    if papers:
        named = "、".join(papers)
        found.append(_no("undo.on_paper", f"この登録の内容で資料が作られています（{named}）。"))
    return found


def _no(rule: str, message: str) -> Problem:
    return Problem(rule=rule, message=message, remedy=_CORRECT, strength=Strength.FORBIDDEN)
