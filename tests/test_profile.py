from dataclasses import replace

import pytest

from jusou_nb import profile
from jusou_nb.errors import NotFound
from jusou_nb.forms import Agency

STANDARD = profile.load("standard")


def test_the_two_conferences_differ_by_attributes_and_not_by_name():
    confidential, multilayered = (STANDARD.basis(c) for c in ("confidential", "multilayered"))

    assert (confidential.requires_consent, confidential.decides_plan) == (False, False)
    assert (multilayered.requires_consent, multilayered.decides_plan) == (True, True)
    assert confidential.confidentiality == "社会福祉法第106条の6第5項"


def test_notice_texts_ship_empty():
    assert {b.notice for b in STANDARD.bases} == {""}


def test_every_list_says_whether_a_source_was_read_for_it():
    shipped = [entry for name, entry in STANDARD.lists.items() if name not in ("basis", "body")]

    assert all(entry.status in ("VERIFIED", "INFERRED") and entry.source for entry in shipped)
    assert all(entry.since == STANDARD.fiscal_year for entry in shipped)


def test_codes_are_english_and_met_once():
    for entry in STANDARD.lists.values():
        codes = [option.code for option in entry.options]

        assert all(code.isascii() and code == code.lower() for code in codes)
        assert len(codes) == len(set(codes))


def test_no_two_options_of_a_list_are_spelt_alike():
    for entry in STANDARD.lists.values():
        spellings = [s for option in entry.options for s in option.spellings]

        assert len(spellings) == len(set(spellings)), entry.name


def test_every_seat_and_basis_of_a_body_is_known():
    names = {agency.name for agency in STANDARD.agencies}
    for body in STANDARD.bodies:
        assert {m.agency for m in body.members} <= names
        assert all(STANDARD.basis(code) for code in body.bases)


def test_a_town_brings_its_own_profile_from_a_file(tmp_path):
    text = STANDARD.text.replace("見本市", "例示町")
    (tmp_path / "reiji.toml").write_text(text, encoding="utf-8")

    assert profile.load(str(tmp_path / "reiji.toml")).municipality == "例示町"


@pytest.mark.parametrize("name", ["nowhere", "nowhere.toml"])
def test_a_profile_that_is_not_there_is_named(name):
    with pytest.raises(NotFound, match="nowhere"):
        profile.load(name)


@pytest.mark.parametrize("text", ["", "profile = 1", "[profile]\nname = 'x'", "[["])
def test_a_file_that_is_no_profile_says_so_in_one_line(text):
    with pytest.raises(NotFound, match="standard を手本に"):
        profile.parse(text)


def test_a_profile_put_in_force_later_adds_only_the_agencies_that_are_new(store):
    before = len(store.find(Agency))
    extra = profile.Agency(name="例示町こども課", kind="municipal_desk", sector="own")

    store.use_profile(replace(STANDARD, agencies=(*STANDARD.agencies, extra)))

    assert len(store.find(Agency)) == before + 1
