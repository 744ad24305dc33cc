"""A profile that is changed changes what papers print, and so their numbers."""

from dataclasses import replace

import pytest

from jusou_nb import profile
from jusou_nb.documents.packet import packet
from jusou_nb.documents.sheet import sheet

MADE_ON = "令和8年10月12日"


def changed(standing, old, new):
    """The same profile with a line of its text written otherwise."""
    assert old in standing.text
    return profile.parse(standing.text.replace(old, new))


@pytest.fixture
def renamed(desk):
    """The profile of the town after a reform: the office has another name."""
    standing = desk.store.profile
    return changed(standing, f'"{standing.office}"', '"架空地域共生課"')


def cover(desk):
    made = packet(
        desk.store, desk.sitting.id, recipient="chair", basis="confidential", made_on=MADE_ON
    )
    return made.cover().html, made.identity.number


def test_a_paper_that_prints_the_profile_anew_has_another_number(desk, put, renamed):
    put("confidential")
    before, number = cover(desk)
    desk.store.use_profile(renamed)
    after, anew = cover(desk)

    assert "架空地域共生課" in after and "架空地域共生課" not in before
    assert anew != number and cover(desk)[1] == anew


def test_a_sheet_has_another_number_too(desk, renamed):
    def made():
        return sheet(desk.store, "intakes", desk.intake.id, made_on=MADE_ON)

    before = made().identity.number
    desk.store.use_profile(renamed)

    assert made().identity.number != before


def test_a_code_that_is_called_otherwise_is_printed_so_under_another_number(desk, put):
    put("confidential")
    before, number = cover(desk)
    label = desk.store.profile.basis("confidential").label
    desk.store.use_profile(changed(desk.store.profile, f'label = "{label}"', 'label = "秘密会議"'))

    assert "秘密会議" in cover(desk)[0] and "秘密会議" not in before
    assert cover(desk)[1] != number


def test_a_profile_cannot_be_rewritten_unseen(desk, renamed):
    desk.store.use_profile(renamed)
    assert desk.store.verify() == []

    desk.store.db.execute("UPDATE profiles SET text = replace(text, '架空', '本物')")

    assert any("profiles" in fault for fault in desk.store.verify())


def test_what_an_office_decided_by_its_old_profile_keeps_its_place_in_the_record(desk, renamed):
    before = desk.store.db.execute("SELECT max(seq) FROM changes").fetchone()[0]
    desk.store.use_profile(replace(renamed, agencies=()))
    after = list(desk.store.db.query("SELECT * FROM changes WHERE seq > ?", [before]))

    assert [(row["record_table"], row["account"]) for row in after] == [("profiles", "tantou")]
