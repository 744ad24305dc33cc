"""The kernel dies while somebody types: nothing that stood for a second is lost."""

import os
import signal
import time

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.walk

TYPED = "夜中に物音がして眠れないと話す"
NAME = "架空　太郎"


@pytest.fixture(scope="module")
def typing(at_the_desk, lab):
    """A worker who has typed, and the kernel that this desk started."""
    before = lab.kernels()
    with at_the_desk("draft") as walk:
        walk.open_desk()
        (kernel,) = lab.kernels() - before
        walk.turn("相談受付")
        walk.press("新しい相談を受け付ける")
        walk.box("主訴").press_sequentially(TYPED)
        walk.box("氏名").press_sequentially(NAME)
        yield walk, kernel


def test_what_was_typed_is_offered_again_after_the_kernel_died(typing):
    walk, kernel = typing
    time.sleep(1)
    os.kill(kernel, signal.SIGKILL)
    walk.sees("書きかけがあります（相談受付", timeout=30_000)
    walk.look("20-offered")
    walk.press("続きを書く")
    expect(walk.box("主訴")).to_have_value(TYPED)
    expect(walk.box("氏名")).to_have_value(NAME)
    walk.look("21-resumed")
