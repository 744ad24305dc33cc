"""From a sitting's page: a Word file is made and saved, edited, and handed back as 確定版."""

from datetime import date

import pytest
from docx import Document

from jusou_nb import casework, open_store
from jusou_nb.forms import Conference

pytestmark = pytest.mark.walk

TODAY = date(2026, 10, 15)


@pytest.fixture(scope="module")
def walk(at_the_desk):
    with at_the_desk("word") as walker:
        with open_store(walker.folder / "office.db") as store:
            casework.convene(store, Conference(body="monthly", held_on=TODAY))
        walker.open_desk()
        walker.turn("会議")
        walker.page.locator(".jusou-listing tbody button").first.click()
        yield walker


def test_a_word_file_is_made_saved_edited_and_handed_back(walk, tmp_path):
    walk.press("会議開催伺い")
    link = walk.page.get_by_role("button", name="会議開催伺い_1.docx（保存する）")
    link.wait_for(timeout=90_000)
    with walk.page.expect_download() as waited:
        link.click()
    edited = tmp_path / waited.value.suggested_filename
    waited.value.save_as(edited)
    document = Document(edited)
    document.add_paragraph("決裁済")
    document.save(edited)

    walk.look("word-made")
    walk.press("これまでに作った資料・再印刷")
    walk.page.locator(".jusou-listing tbody button").first.click()
    walk.page.locator("input[type=file]").set_input_files(edited)
    walk.sees("「会議開催伺い_1.docx」を確定版にしました", timeout=60_000)
    walk.look("word-final")
    walk.press("会議へ戻る")
    walk.sees("確定版あり（1）")
    walk.look("word-settled")
