"""地域づくり: places, activities and support of the community, counted apart from single cases."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.casework import community
from jusou_nb.errors import Invalid
from jusou_nb.forms import (
    AgendaItem,
    CaseNote,
    CommunitySupport,
    Conference,
    Gathering,
    Household,
    Person,
    Place,
    Turnout,
)
from jusou_nb.forms.community import GatheringKind
from jusou_nb.store import community as counts
from jusou_nb.store import sittings
from jusou_nb.store.yearly import CATALOGUE, by_part

DAY = date(2026, 10, 15)
YEAR = (date(2026, 4, 1), date(2027, 3, 31))


def rules_of(told):
    return [problem.rule for problem in told.remarks]


def agency(store, name):
    return store.lexicon().spellings["agencies"][name]


@pytest.fixture
def hold(store):
    """Hold an activity, changed as asked."""

    def one(**boxes):
        held = replace(Gathering(name="例示サロン", held_on=date(2026, 9, 3)), **boxes)
        return community.hold_gathering(store, held, today=DAY)

    return one


def bands(**counted):
    return tuple(Turnout(band=band, count=count) for band, count in counted.items())


def test_a_place_counts_while_it_is_open(store):
    for name, opened, closed in (
        ("架空の家", None, None),
        ("例示ひろば", date(2026, 9, 1), None),
        ("前のサロン", None, date(2026, 3, 31)),
        ("来年の家", date(2027, 4, 1), None),
    ):
        community.keep_place(store, Place(name=name, opened_on=opened, closed_on=closed))
    assert counts.places(store, *YEAR) == 2
    assert counts.places(store, date(2026, 4, 1), date(2026, 8, 31)) == 1


def test_a_place_that_closed_before_it_opened_is_pointed_out(store):
    told = community.keep_place(
        store, Place(name="架空の家", opened_on=DAY, closed_on=date(2026, 1, 1))
    )
    assert rules_of(told) == ["place.days"]


def test_participants_are_counted_by_age_band_and_helpers_apart(store, hold):
    hold(turnouts=bands(under_20=5, over_70=12), helpers=3, kind=GatheringKind.EXCHANGE)
    hold(held_on=DAY, turnouts=bands(over_70=8), helpers=2)
    hold(held_on=date(2026, 3, 1), turnouts=bands(over_70=99))
    assert by_part(store, CATALOGUE["turnouts"], *YEAR) == {"under_20": 5, "over_70": 20}
    assert (counts.participants(store, *YEAR), counts.helpers(store, *YEAR)) == (25, 5)
    assert counts.gatherings_by_kind(store, *YEAR)["exchange"] == 1


def test_an_agency_that_took_part_twice_is_one_agency(store, hold):
    one, other = agency(store, "社会福祉協議会"), agency(store, "地域包括支援センター")
    hold(agencies=(one, other))
    hold(held_on=DAY, agencies=(one,))
    assert counts.agencies(store, *YEAR) == 2


def test_what_cannot_be_in_the_record_of_an_activity_is_pointed_out(store, hold):
    closed = store.save(Place(name="前のサロン", closed_on=date(2026, 3, 31)))
    assert rules_of(hold(place=closed.id)) == ["gathering.place_closed"]
    twice = (Turnout(band="40s", count=1), Turnout(band="40s", count=2))
    assert rules_of(hold(turnouts=twice)) == ["gathering.band_twice"]
    told = hold(held_on=date(2026, 12, 1), turnouts=bands(over_70=3))
    assert rules_of(told) == ["gathering.early"]


def test_an_activity_without_a_day_is_not_kept(store, hold):
    with pytest.raises(Invalid):
        hold(held_on=None)
    assert store.find(Gathering) == []


def test_individual_and_community_support_are_counted_apart(desk):
    when = datetime(2026, 10, 5, 10)
    casework.write_note(desk.store, desk.case, CaseNote(happened_at=when, content="訪問した"))
    support = CommunitySupport(supported_on=DAY, kind="run", agency=1)
    assert rules_of(community.support_community(desk.store, support)) == []
    assert by_part(desk.store, CATALOGUE["community_supports"], *YEAR) == {"run": 1}
    assert counts.community_supports(desk.store, *YEAR) == 1
    assert counts.individual_supports(desk.store, *YEAR) == 1


def test_community_support_of_nobody_is_pointed_out(store):
    told = community.support_community(store, CommunitySupport(supported_on=DAY, kind="talk"))
    assert rules_of(told) == ["community_support.nobody"]


def test_a_consultation_that_came_from_an_activity_names_it(store, hold):
    held = hold().record
    sheet = community.intake_of_gathering(store, held, on=DAY)
    casework.receive_intake(
        store, household=Household(members=(Person(name="架空 次郎"),)), intake=sheet
    )
    assert counts.intakes_from_gatherings(store, *YEAR) == 1


def test_who_was_noticed_at_an_activity_is_a_lead_without_typing_where(store, hold):
    lead = community.lead_of_gathering(hold().record)
    kept = casework.notice_lead(store, replace(lead, seen="冬なのに薄着だった"))
    assert kept.source == "地域の活動「例示サロン」"
    assert kept.noticed_on == date(2026, 9, 3)


def test_a_platform_talks_of_topics_and_of_no_single_case(store):
    sitting = casework.convene(store, Conference(body="platform", held_on=DAY))
    casework.put_topic_on_agenda(store, sitting, AgendaItem(topic="空き家を居場所に"))
    (topic,) = sittings.topics_of(store, sitting.id)
    assert (topic.topic, topic.basis) == ("空き家を居場所に", "topic")
