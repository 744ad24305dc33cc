"""May what was recorded be corrected as it stands? (domain rules 13, 22, 24)

A slip of the pen is put right in the record; what other things followed from is not, because
they would stand on nothing: the record is struck through and made anew.
"""

from collections.abc import Callable
from typing import Any

from jusou_nb.fields import Form, children, items
from jusou_nb.forms import Case, Consent, Ending, SupportRequest
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.support_request import RequestAnswer
from jusou_nb.problems import Problem, Strength
from jusou_nb.rules.endings import is_waiting

_SAID = frozenset({"state"})
_TAKEN_OFF = frozenset({"stated_on", "withdrawn_categories", "withdrawn_agencies"})
_ENDED = frozenset({
    "kind", "ended_on", "reason", "acceptance", "accepted_by", "accepted_on",
    "returned_because", "check_in_until", "check_in_renewed_on", "check_in_renewed_because",
    "check_in_finished_on", "check_in_finished_because", "reopened_on", "reopened_because",
})  # fmt: skip
_ANSWERED = frozenset({"answer", "answered_on", "coordinator", "deputy", "advice"})
_STANDING = frozenset({
    "status", "status_on", "status_reason", "closed_on", "closure_reason",
})  # fmt: skip


def fixed_boxes(record: Form) -> frozenset[str]:
    """Name the boxes that stay as recorded, since other things followed from them."""
    rule = _FIXED.get(type(record))
    return rule(record) if rule else frozenset()


def _of_consent(consent: Consent) -> frozenset[str]:
    ended = consent.state in (ConsentState.WITHDRAWN, ConsentState.REFUSED)
    return _SAID | _TAKEN_OFF if ended else _SAID


def _of_ending(ending: Ending) -> frozenset[str]:
    return _ENDED if is_waiting(ending) else _ENDED | {"receiving_agency", "acceptance_due"}


def _of_request(request: SupportRequest) -> frozenset[str]:
    return _ANSWERED if request.answer is RequestAnswer.ACCEPTED else frozenset()


_FIXED: dict[type[Form], Callable[[Any], frozenset[str]]] = {
    Consent: _of_consent,
    Ending: _of_ending,
    SupportRequest: _of_request,
    Case: lambda _case: _STANDING,
}


def may_correct(before: Form, after: Form) -> list[Problem]:
    """Ask: is only that changed from which nothing else followed?"""
    labels = {box.name: box.label for box in items(type(before))}
    labels |= {table.name: table.label for table in children(type(before))}
    return [
        Problem(
            rule="record.fixed",
            message=f"「{labels[name]}」は、ほかの記録のもとになっていて直せません。",
            remedy="この記録を取り消して、正しい内容でもう一度記録してください。",
            strength=Strength.FORBIDDEN,
            box=name,
        )
        for name in labels
        if name in fixed_boxes(before) and getattr(before, name) != getattr(after, name)
    ]
