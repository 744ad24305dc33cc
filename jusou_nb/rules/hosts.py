"""Who fits where and why, and what a host is to be asked before its state changes (issue C 3)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jusou_nb.checks import is_blank
from jusou_nb.fields import Code, get_item
from jusou_nb.forms.participation import Host, HostState, ParticipationMenu
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile

_ACTIVITY, _LIMIT, _DAY = 4, 2, 1
_NEEDED = ("activities", "capacity", "days", "conditions")


@dataclass(frozen=True, kw_only=True)
class Fit:
    """How far a host answers a menu: points, why, the places free, and what is lacking."""

    score: int
    reasons: tuple[str, ...]
    free_places: int | None
    missing: tuple[str, ...]


def fit(
    profile: Profile,
    menu: ParticipationMenu,
    host: Host,
    taken: Mapping[str, int],
    stopped: Sequence[str] = (),
) -> Fit | None:
    """Say how far a host fits, with each reason; None where it has nothing that is wished.

    Points: an activity wished for 4, a consideration that it can give 2, a common day 1;
    the distance is not known and not used. ``taken`` are the places in use by weekday (and
    ``""``: at all), ``stopped`` why earlier matchings there were stopped.
    """
    shared = set(menu.activities or ()) & set(host.activities or ())
    if menu.activities and not shared:
        return None
    days, met = shared_days(menu, host), set(menu.limits or ()) & set(host.accepts or ())
    free = free_places(host, taken, days)
    score = _ACTIVITY * len(shared) + _LIMIT * len(met) + _DAY * len(days)
    reasons = (
        *_named(profile, "participation_activity", shared, "希望する活動"),
        *_named(profile, "weekday", days, "曜日が合う"),
        *_named(profile, "participation_limit", met, "配慮できる"),
        *_offering(host, free),
    )
    no_day = ("合う曜日がない",) if menu.days and host.days and not days else ()
    unmet = _named(profile, "participation_limit", set(menu.limits or ()) - met, "配慮を相談")
    missing = (*unmet, *no_day, *_lacking(host, free, stopped))
    return Fit(score=score, reasons=reasons, free_places=free, missing=missing)


def _offering(host: Host, free: int | None) -> Iterator[str]:
    if free:
        yield f"空き{free}人"
    if host.own_needs:
        yield f"受入先の望み：{host.own_needs}"


def _lacking(host: Host, free: int | None, stopped: Sequence[str]) -> Iterator[str]:
    yield from _not_free(free)
    yield from (f"前回は中止（{reason}）" for reason in stopped)
    if host.conditions:
        yield f"条件：{host.conditions}"


def _not_free(free: int | None) -> tuple[str, ...]:
    if free is None:
        return ("受け入れられる人数が未確認",)
    return () if free else ("空きがない",)


def _named(profile: Profile, codes: str, found: Collection[str], head: str) -> tuple[str, ...]:
    """Name codes in the order of the profile's list."""
    labels = [o.label for o in profile.codes(codes).options if o.code in found]
    return (f"{head}：{'、'.join(labels)}",) if labels else ()


def shared_days(menu: ParticipationMenu, host: Host) -> tuple[Code, ...]:
    """Give the weekdays on which both can, in the person's order."""
    return tuple(day for day in menu.days or () if day in (host.days or ()))


def free_places(host: Host, taken: Mapping[str, int], days: Sequence[str]) -> int | None:
    """Count the places free on the best of some days, or at all; None: not known."""
    if host.capacity is None:
        return None
    used = min((taken.get(day, 0) for day in days), default=taken.get("", 0))
    return max(host.capacity - used, 0)


def may_become(host: Host, state: HostState, there: int) -> list[Problem]:
    """Ask: may a host come to this state? ``there`` is how many take part in something there."""
    if state is HostState.READY:
        return _unknown(host)
    if state is HostState.APPROACHED or not there:
        return []
    return [
        Problem(
            rule="host.people_there",
            message=f"この受入先には、体験・参加している人が{there}人います。",
            remedy="一人ひとりの次の場を本人と決めるか、課長の判断を残してください。",
            strength=Strength.CHIEF,
            box="state",
        )
    ]


def _unknown(host: Host) -> list[Problem]:
    """Ask what a host that is ready has not told yet."""
    blank = [name for name in _NEEDED if is_blank(getattr(host, name))]
    if not blank:
        return []
    labels = "」「".join(get_item(Host, name).label for name in blank)
    return [
        Problem(
            rule="host.not_told",
            message=f"受入先の「{labels}」が空です。",
            remedy="受入先に聞いて記入してください。空のものは、候補の順位に使えません。",
            box=blank[0],
        )
    ]
