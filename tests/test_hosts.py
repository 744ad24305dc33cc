"""受入先: found, made ready, cared for; nobody who takes people in is left alone."""

from datetime import date

import pytest

from jusou_nb import casework
from jusou_nb.errors import Invalid, NotAllowed
from jusou_nb.forms import Host, HostContact, Matching, ParticipationMenu
from jusou_nb.forms.participation import HostState, MatchStage
from jusou_nb.problems import Override
from jusou_nb.store import matching as counts
from jusou_nb.store.due import due_items

DAY = date(2026, 10, 5)
MONTH = (date(2026, 10, 1), date(2026, 10, 31))


def rules_of(problems):
    return {problem.rule for problem in problems}


def host(store, name="架空農園", today=DAY, **boxes):
    return casework.keep_host(store, Host(name=name, **boxes), today=today).host


def waits(store, today):
    return [d.due_on for d in due_items(store, today) if d.kind == "quiet_hosts"]


def somebody_at(store, there, stage=MatchStage.JOINED):
    menu = store.save(ParticipationMenu(drawn_on=DAY))
    return store.save(Matching(menu_id=menu.id, host=there.id, stage=stage))


def test_a_host_is_being_found_until_it_says_yes(store):
    found = host(store)

    assert (found.state, found.found_on, found.ready_on) == (HostState.APPROACHED, DAY, None)


def test_a_host_has_a_name(store):
    with pytest.raises(Invalid, match="受入先の名前"):
        casework.keep_host(store, Host(), today=DAY)


def test_a_contact_of_finding_makes_the_host_ready_and_sets_its_day(store):
    said = HostContact(contacted_on=date(2026, 10, 9), content="月曜なら2人")
    kept = casework.contact_host(store, host(store), said, becomes=HostState.READY)

    assert (kept.host.state, kept.host.ready_on) == (HostState.READY, date(2026, 10, 9))
    assert (kept.contact.purpose, kept.contact.worker) == ("develop", "tantou")
    assert kept.contact.next_due == date(2027, 1, 7)


def test_a_host_that_is_ready_is_asked_what_it_has_not_told(store):
    kept = casework.keep_host(store, Host(name="例示商店", state=HostState.READY), today=DAY)

    assert rules_of(kept.remarks) == {"host.not_told"}
    assert "できること」「受け入れられる人数」「曜日" in kept.remarks[0].message


def test_a_host_that_has_told_all_is_asked_nothing(store):
    told = {"activities": ("farming",), "capacity": 2, "days": ("mon",), "conditions": "なし"}
    kept = casework.keep_host(store, Host(name="例示商店", state="ready", **told), today=DAY)

    assert kept.remarks == ()


def test_with_a_host_that_is_ready_a_contact_says_what_it_is_for(store):
    with pytest.raises(Invalid, match="目的"):
        casework.contact_host(store, host(store, state="ready"), HostContact(contacted_on=DAY))


@pytest.mark.parametrize("state", [HostState.PAUSED, HostState.ENDED])
def test_a_host_does_not_pause_over_the_heads_of_those_who_are_there(store, state):
    there = host(store, state=HostState.READY)
    somebody_at(store, there)
    said = HostContact(contacted_on=DAY, purpose="arrange")

    with pytest.raises(NotAllowed, match="1人います"):
        casework.contact_host(store, there, said, becomes=state)
    let = Override(rule="host.people_there", reason="本人は次の場へ", allowed_by="課長")
    kept = casework.contact_host(store, there, said, becomes=state, overrides=(let,))
    assert kept.host.state is state


def test_a_host_that_ended_can_begin_again(store):
    over = host(store, state=HostState.ENDED)
    again = casework.keep_host(store, over, today=DAY).host
    contact = HostContact(contacted_on=date(2026, 11, 1), purpose="develop")
    kept = casework.contact_host(store, again, contact, becomes=HostState.READY)

    assert over.ended_on == DAY
    assert (kept.host.ended_on, kept.host.ready_on) == (None, date(2026, 11, 1))


def test_a_host_that_nobody_calls_is_told_of_after_the_days_of_the_profile(store):
    there = host(store, state=HostState.READY)
    later = date(2027, 3, 1)
    assert waits(store, later) == [date(2027, 1, 3)]
    said = HostContact(contacted_on=date(2026, 12, 1), purpose="thanks", next_due=later)
    casework.contact_host(store, there, said)

    assert waits(store, later) == [later]


def test_a_host_that_ended_is_called_no_more(store):
    said = HostContact(contacted_on=DAY, purpose="thanks")
    kept = casework.contact_host(store, host(store), said, becomes=HostState.ENDED)

    assert kept.contact.next_due is None
    assert waits(store, date(2030, 1, 1)) == []


def test_hosts_are_counted_as_by_hand(store):
    host(store, "見本商店", state=HostState.READY)
    host(store, "例示寺", today=date(2026, 9, 1), state=HostState.READY)
    host(store, "架空工房", today=date(2026, 11, 1), state=HostState.READY)
    host(store, "仮名食堂")
    over = host(store, "模擬会", today=date(2026, 8, 1), state=HostState.READY)
    said = HostContact(contacted_on=date(2026, 9, 30), purpose="thanks")
    casework.contact_host(store, over, said, becomes=HostState.ENDED)

    assert counts.hosts_ready(store, *MONTH) == 2
    assert counts.hosts_found(store, *MONTH) == 1
