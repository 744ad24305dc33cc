"""What a rule or a check answers: what is missing, and what to do about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from jusou_nb.choices import Choice
from jusou_nb.errors import NotAllowed


class Strength(Choice):
    """How hard a rule stands."""

    FORBIDDEN = "forbidden", "不可"
    CHIEF = "chief", "課長可"
    NOTICE = "notice", "注意"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One reason why something may not be done, or should be looked at.

    Attributes:
        rule: Which rule speaks, a stable code such as ``consent.none``.
        message: What is wrong, one Japanese sentence.
        remedy: What to do, one Japanese sentence.
        strength: Whether it forbids, waits for the chief, or only notes.
        box: The name of the box concerned, where one is.
    """

    rule: str
    message: str
    remedy: str
    strength: Strength = Strength.NOTICE
    box: str = ""

    def __str__(self) -> str:
        """Write as one line."""
        return f"【{self.strength.label}】{self.message}{self.remedy}"


@dataclass(frozen=True, kw_only=True)
class Override:
    """The chief lets a rule pass: which one, why, and who said so."""

    rule: str
    reason: str
    allowed_by: str


def settle(problems: Iterable[Problem], overrides: Sequence[Override] = ()) -> list[Problem]:
    """Let pass what may pass; give back what remains to be shown.

    Raises:
        NotAllowed: A rule forbids, or one that the chief may allow has no override with a
            reason and a name.
    """
    problems = list(problems)
    allowed = {o.rule for o in overrides if o.reason.strip() and o.allowed_by.strip()}
    blocking = [p for p in problems if _blocks(p, allowed)]
    if blocking:
        raise NotAllowed(blocking)
    return [replace(p, strength=Strength.NOTICE) for p in problems if p.rule not in allowed]


def _blocks(problem: Problem, allowed: set[str]) -> bool:
    if problem.strength is Strength.FORBIDDEN:
        return True
    return problem.strength is Strength.CHIEF and problem.rule not in allowed
