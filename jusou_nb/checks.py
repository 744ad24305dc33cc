"""Is a form filled far enough for what is to be done with it?"""

from collections.abc import Iterator

from jusou_nb.errors import Invalid
from jusou_nb.fields import Form, Item, Stage, children, items
from jusou_nb.problems import Problem, Strength

_ORDER = tuple(Stage)


def is_asked(record: Form, box: Item) -> bool:
    """Whether a box is asked for at all, given what stands in the box it depends on."""
    if box.shown_if is None:
        return True
    name, values = box.shown_if
    return getattr(record, name) in values


def check(record: Form, stage: Stage = Stage.DRAFT) -> list[Problem]:
    """Name the boxes still missing for a stage, rows included; an empty list is yes."""
    return [*_missing(record, stage), *_missing_in_rows(record, stage)]


def require(record: Form, stage: Stage = Stage.DRAFT) -> None:
    """Stop when boxes are missing (Invalid, with a problem a box)."""
    if problems := check(record, stage):
        raise Invalid(problems)


def thick_frames(record: Form) -> tuple[int, int]:
    """Count the 国への報告事項 that are filled, and all that are asked for."""
    asked = [box for box in items(type(record)) if box.reported and is_asked(record, box)]
    return sum(not is_blank(getattr(record, box.name)) for box in asked), len(asked)


def is_blank(value: object) -> bool:
    """Whether a box is empty; False and 0 are answers."""
    return value is None or value in ("", ())


def empty(box: str, label: str) -> Problem:
    """Say that a box is empty which this step needs."""
    return Problem(
        rule="check.missing",
        message=f"「{label}」が空です。",
        remedy="記入してください。",
        strength=Strength.FORBIDDEN,
        box=box,
    )


def _missing(record: Form, stage: Stage) -> Iterator[Problem]:
    for box in items(type(record)):
        wanted = box.required_at is not None and _ORDER.index(box.required_at) <= _ORDER.index(
            stage
        )
        if wanted and is_asked(record, box) and is_blank(getattr(record, box.name)):
            yield empty(box.name, box.label)


def _missing_in_rows(record: Form, stage: Stage) -> Iterator[Problem]:
    for table in children(type(record)):
        for number, row in enumerate(getattr(record, table.name), start=1):
            for problem in check(row, stage):
                yield Problem(
                    rule=problem.rule,
                    message=f"{table.label}の{number}行目、{problem.message}",
                    remedy=problem.remedy,
                    strength=problem.strength,
                    box=f"{table.name}.{number - 1}.{problem.box}",
                )
