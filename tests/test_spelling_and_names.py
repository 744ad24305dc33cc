import pytest

from jusou_nb.names import fold, kana_key, katakana, phone
from jusou_nb.spelling import read_many, squeeze

KNOWN = {
    squeeze(text): text
    for text in ("病気や健康、障害のこと", "ひきこもり・不登校", "不登校", "介護のこと", "その他")
}


@pytest.mark.parametrize("between", ["、", "・", "／", "\n", "\r\n", "、 "])
def test_values_that_hold_separators_are_told_apart_from_the_separators(between):
    cell = between.join(["病気や健康、障害のこと", "ひきこもり・不登校", "介護のこと"])

    assert read_many(cell, KNOWN) == ("病気や健康、障害のこと", "ひきこもり・不登校", "介護のこと")


def test_a_remainder_that_is_no_value_is_named():
    with pytest.raises(ValueError, match="「借金」は選択肢にありません"):
        read_many("介護のこと、借金", KNOWN)


def test_a_cell_that_can_be_read_in_two_ways_is_refused():
    both = {squeeze(t): t for t in ("食・住", "食", "住")}

    with pytest.raises(ValueError, match="二通り"):
        read_many("食・住", both)


def test_a_value_said_twice_counts_once():
    assert read_many("不登校、不登校", KNOWN) == ("不登校",)


def test_spellings_of_one_name_fold_to_one():
    assert fold("髙見本　太郎") == fold("高見本 太郎")
    assert fold("ｶﾒｲ ﾕｲ") == fold("かめい ゆい")
    assert fold("模擬﨑") == fold("模擬崎")


def test_half_width_and_mixed_readings_become_katakana():
    assert katakana("ｶズｺ") == "カズコ"
    assert katakana("れいなべ せつこ") == "レイナベ\u3000セツコ"
    assert katakana("ﾐﾎﾝ ｼゲﾙ") == "ミホン\u3000シゲル"


def test_readings_sort_as_in_a_dictionary():
    names = ["カトウ", "がっこう", "アベ", "あべ", "かとう"]

    assert sorted(names, key=kana_key) == ["アベ", "あべ", "がっこう", "カトウ", "かとう"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("（０９０）００００－6964", "090-0000-6964"),
        ("090-0000-2087", "090-0000-2087"),
        ("09000008204", "090-0000-8204"),
        ("0300008204", "0300008204"),
    ],
)
def test_telephone_numbers_become_half_width_and_are_not_cut_by_guess(typed, kept):
    assert phone(typed) == kept
