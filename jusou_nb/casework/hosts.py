"""受入先: found, made ready, cared for; nobody who takes people in is left alone."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from jusou_nb.checks import require
from jusou_nb.fields import Code
from jusou_nb.forms import Host, HostContact, Matching
from jusou_nb.forms.participation import HostState
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import hosts as rules
from jusou_nb.store import Store, matching


@dataclass(frozen=True, kw_only=True)
class HostKept:
    """A host after a step, the contact where there was one, and what is to be looked at."""

    host: Host
    contact: HostContact | None = None
    remarks: tuple[Problem, ...] = ()


def keep_host(
    store: Store, host: Host, *, today: date, overrides: tuple[Override, ...] = ()
) -> HostKept:
    """Register a host, or change what is known of it; a new one is 開拓中 unless it says else.

    The days of its 状況 are set with it: found, ready, ended.

    Raises:
        Invalid: Its name is missing.
        NotAllowed: It pauses or ends while people take part there, and the chief has not
            allowed it.
    """
    filled = _dated(replace(host, state=host.state or HostState.APPROACHED), today)
    require(filled)
    with store.transaction():
        there = len(matching.people_at(store, host.id)) if host.id else 0
        problems = rules.may_become(filled, filled.state or HostState.APPROACHED, there)
        remarks = settle(problems, overrides)
        saved = store.save(filled)
        store.log_overrides(saved, problems, overrides)
    return HostKept(host=saved, remarks=tuple(remarks))


def _dated(host: Host, day: date) -> Host:
    said: dict[str, Any] = {"found_on": host.found_on or day}
    if host.state is HostState.READY:
        said |= {"ready_on": host.ready_on or day, "ended_on": None}
    elif host.state is HostState.ENDED:
        said |= {"ended_on": host.ended_on or day}
    return replace(host, **said)


def contact_host(
    store: Store,
    host: Host,
    contact: HostContact,
    *,
    becomes: HostState | None = None,
    about: Matching | None = None,
    overrides: tuple[Override, ...] = (),
) -> HostKept:
    """Keep a contact with a host: 開拓, arranging, its care; it is next called in some days.

    Without a purpose it is 開拓 while the host is being found. ``becomes`` is what the host
    comes to be by it, ``about`` the matching that it was about.

    Raises:
        Invalid: The day or the purpose is missing.
        NotAllowed: As in :func:`keep_host`.
    """
    filled = _filled(store, host, contact, ends=(becomes or host.state) is HostState.ENDED)
    filled = replace(filled, matching_id=about.id if about else contact.matching_id)
    require(filled)
    with store.transaction():
        kept = HostKept(host=host, contact=store.save(filled))
        if becomes is None:
            return kept
        moved = replace(store.load(Host, host.id or 0), state=becomes)
        day = filled.contacted_on or date.max
        changed = keep_host(store, moved, today=day, overrides=overrides)
        return replace(changed, contact=kept.contact)


def _filled(store: Store, host: Host, contact: HostContact, *, ends: bool) -> HostContact:
    day = contact.contacted_on
    quiet = timedelta(days=store.profile.thresholds["host_quiet_days"])
    return replace(
        contact,
        host_id=host.id,
        purpose=contact.purpose or developing(store, host),
        worker=contact.worker or store.worker_name(),
        next_due=contact.next_due or (day + quiet if day and not ends else None),
    )


def developing(store: Store, host: Host) -> Code | None:
    """Give the purpose of a contact with a host that is being found; of others none."""
    if host.state is not HostState.APPROACHED:
        return None
    codes = sorted(store.profile.flagged("host_contact", "develops"))
    return Code(codes[0]) if codes else None
