"""May this reader see this box of this person on this basis that day?"""

from dataclasses import replace
from datetime import date

import pytest

from jusou_nb.choices import Category
from jusou_nb.fields import get_item
from jusou_nb.forms import CaseNote, Consent, Household, Intake, Person
from jusou_nb.forms.conference import Identification
from jusou_nb.forms.consent import ConsentState
from jusou_nb.profile import load
from jusou_nb.rules.sharing import (
    CHAIR,
    AgeDetail,
    Matter,
    Reader,
    ReaderKind,
    age_detail,
    box_withheld,
    item_withheld,
    note_withheld,
    told,
)

DAY = date(2026, 10, 15)
PROFILE = load("standard")
MOTHER, SON = Person(id=1, name="見本 花子"), Person(id=2, name="見本 太郎")
CARE = Reader(ReaderKind.AGENCY, 10)
YES = Consent(
    id=1,
    state=ConsentState.GIVEN,
    stated_on=DAY,
    categories=(Category.IDENTITY, Category.ISSUES),
    agencies=(10, 11),
)


def matter(basis, **changes):
    plain = Matter(
        profile=PROFILE,
        basis=PROFILE.basis(basis),
        day=DAY,
        client_id=1,
        called=frozenset({10, 11, 12}),
        shared=frozenset({Category.IDENTITY, Category.ISSUES}),
        identification=Identification.REAL,
        consents={1: (YES,)},
    )
    return replace(plain, **changes)


def rule(reader, about, form, box, person=None):
    problem = box_withheld(reader, about, get_item(form, box), person)
    return problem and problem.rule


CONFIDENTIAL, MULTILAYERED = matter("confidential"), matter("multilayered")


def test_an_agency_that_is_not_called_gets_nothing_of_the_item():
    stranger = Reader(ReaderKind.AGENCY, 99)

    assert item_withheld(stranger, CONFIDENTIAL).rule == "sharing.not_called"
    assert rule(stranger, CONFIDENTIAL, Household, "size") == "sharing.not_called"


def test_an_excluded_party_gets_nothing_even_if_called():
    about = replace(CONFIDENTIAL, excluded=frozenset({10}))

    assert item_withheld(CARE, about).rule == "sharing.excluded"
    assert item_withheld(CHAIR, about) is None


def test_what_is_shared_without_consent_is_what_the_item_ticks():
    assert rule(CARE, CONFIDENTIAL, Intake, "issues") is None
    assert rule(CARE, CONFIDENTIAL, Person, "condition", SON) == "sharing.category"


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((), "consent.none"),
        ((replace(YES, categories=None),), "consent.scope_unknown"),
        ((replace(YES, agencies=None),), "consent.scope_unknown"),
        ((replace(YES, agencies=(11,)),), "consent.agency"),
        ((replace(YES, excluded_agencies=(10,)),), "consent.agency_excluded"),
    ],
)
def test_a_consent_reaches_an_agency_or_it_does_not(entries, expected):
    about = matter("multilayered", consents={1: entries})

    assert item_withheld(CARE, about).rule == expected
    assert item_withheld(CHAIR, about) is None


def test_consent_reaches_only_the_categories_it_names():
    assert rule(CARE, MULTILAYERED, Person, "sex", MOTHER) is None
    assert rule(CARE, MULTILAYERED, Person, "condition", MOTHER) == "consent.category"


def test_another_member_without_consent_is_relation_and_living_together_only():
    seen = [b for b in ("relation", "lives_together", "sex", "name")
            if rule(CARE, MULTILAYERED, Person, b, SON) is None]  # fmt: skip

    assert seen == ["relation", "lives_together"]
    assert rule(CARE, MULTILAYERED, Person, "sex", SON) == "consent.other_member"


def test_another_member_is_shown_as_far_as_the_own_consent_goes():
    about = matter("multilayered", consents={1: (YES,), 2: (replace(YES, id=2),)})

    assert rule(CARE, about, Person, "sex", SON) is None
    assert rule(CARE, about, Person, "condition", SON) == "consent.category"


@pytest.mark.parametrize("box", ["address", "telephone", "school", "workplace", "contact_note"])
@pytest.mark.parametrize("reader", [CARE, CHAIR], ids=["agency", "chair"])
def test_a_masked_persons_whereabouts_are_on_no_copy(reader, box):
    hidden = replace(MOTHER, is_masked=True)

    assert rule(reader, CONFIDENTIAL, Person, box, hidden) == "sharing.masked"


def test_the_chairs_copy_shows_the_whereabouts_when_the_masking_names_the_chief():
    hidden = replace(MOTHER, is_masked=True, unmasked_for=("chief",))

    assert rule(CHAIR, CONFIDENTIAL, Person, "address", hidden) is None
    assert rule(CARE, CONFIDENTIAL, Person, "address", hidden) == "sharing.masked"


@pytest.mark.parametrize("box", ["inquirer_name", "inquirer_relation", "information_source"])
@pytest.mark.parametrize("about", [CONFIDENTIAL, MULTILAYERED], ids=["106-6", "multilayered"])
def test_whoever_told_us_is_on_the_chairs_copy_only(box, about):
    assert rule(CARE, about, Intake, box) == "sharing.informant"
    assert rule(CHAIR, about, Intake, box) is None


def test_the_desks_own_remarks_stay_with_the_desk():
    assert rule(CARE, CONFIDENTIAL, Intake, "remarks") == "sharing.office"


def test_names_and_addresses_are_left_off_where_people_are_lettered():
    about = replace(CONFIDENTIAL, identification=Identification.LETTERED)

    assert rule(CARE, about, Person, "name", MOTHER) == "sharing.lettered"
    assert rule(CARE, about, Person, "sex", MOTHER) is None
    assert rule(CHAIR, about, Person, "name", MOTHER) is None


def test_sentences_nobody_looked_through_are_on_no_paper_that_needs_consent():
    reviewed = replace(MULTILAYERED, is_text_reviewed=True)

    assert rule(CARE, MULTILAYERED, Intake, "presenting_problem") == "sharing.text_not_reviewed"
    assert rule(CARE, reviewed, Intake, "presenting_problem") is None
    assert rule(CARE, CONFIDENTIAL, Intake, "presenting_problem") is None


def test_consent_is_looked_up_on_the_day_of_the_sitting():
    early = replace(MULTILAYERED, day=date(2026, 10, 14))

    assert item_withheld(CARE, early).rule == "consent.none"


HEARD = CaseNote(category=Category.ISSUES, learnt_on_basis="confidential", content="会議での発言")


def test_a_note_learnt_at_a_confidential_conference_stays_with_its_basis():
    reviewed = replace(MULTILAYERED, is_text_reviewed=True)

    assert note_withheld(CARE, CONFIDENTIAL, HEARD) is None
    for reader in (CARE, CHAIR):
        assert note_withheld(reader, reviewed, HEARD).rule == "sharing.learnt_elsewhere"


def test_a_note_without_its_category_is_on_the_chairs_copy_only():
    bare = CaseNote(content="電話あり")

    assert note_withheld(CARE, CONFIDENTIAL, bare).rule == "sharing.no_category"
    assert note_withheld(CHAIR, CONFIDENTIAL, bare) is None


def test_a_note_is_shared_as_far_as_consent_and_review_go():
    told = CaseNote(category=Category.ISSUES, content="家庭訪問で聞いた")
    health = CaseNote(category=Category.HEALTH, content="通院の様子")
    reviewed = replace(MULTILAYERED, is_text_reviewed=True)

    assert note_withheld(CARE, reviewed, told) is None
    assert note_withheld(CARE, reviewed, health).rule == "consent.category"
    assert note_withheld(CARE, MULTILAYERED, told).rule == "sharing.text_not_reviewed"
    assert note_withheld(CARE, CONFIDENTIAL, health).rule == "sharing.category"


def test_ages_of_others_are_told_by_the_decade_only():
    box = get_item(Person, "stated_age")

    assert age_detail(CARE, MULTILAYERED, box, MOTHER) is AgeDetail.YEARS
    assert age_detail(CARE, MULTILAYERED, box, SON) is AgeDetail.BAND
    assert age_detail(CARE, replace(CONFIDENTIAL, shared=frozenset()), box, SON) is AgeDetail.NONE


def test_another_members_consent_that_does_not_name_the_agency_shows_it_nothing():
    elsewhere = replace(YES, id=2, agencies=(11,))
    about = matter("multilayered", consents={1: (YES,), 2: (elsewhere,)})

    assert rule(CARE, about, Person, "sex", SON) == "consent.other_member"
    assert rule(Reader(ReaderKind.AGENCY, 11), about, Person, "sex", SON) is None


def test_what_was_withdrawn_from_an_agency_is_told_to_it_without_saying_so():
    gone = Consent(id=2, state=ConsentState.WITHDRAWN, stated_on=DAY, withdrawn_agencies=(10,))
    withheld = item_withheld(CARE, matter("multilayered", consents={1: (YES, gone)}))

    assert withheld.rule == "consent.agency_withdrawn"
    assert "撤回" not in told(withheld)
