"""The five-minute tour: steps that point at real places of the desk."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import anywidget
import traitlets

from jusou_nb import remembered
from jusou_nb.widgets.parts import HERE, esm

CLOSED = -1


@dataclass(frozen=True)
class Step:
    """One step: its heading, what it says, the page it is on, and the words it points at."""

    title: str
    text: str
    page: str = ""
    target: str = ""


STEPS: tuple[Step, ...] = (
    Step(
        "机の使い方（5分）",
        "上のタブが仕事の場所です。ホームでは、人を探し、今日することと自分のケースを見ます。"
        "案内は「次へ」か矢印キーで進み、いつでも「閉じる」かEscキーでやめられます。",
        "ホーム",
        "ホーム",
    ),
    Step(
        "相談を受け付ける",
        "電話や窓口の相談は、ここから。埋まらない欄は空のままで登録できます。"
        "書いたことは1秒ほどで下書きに残り、パソコンが止まっても続きから書けます。",
        "相談受付",
        "新しい相談を受け付ける",
    ),
    Step(
        "用紙の書き方",
        "「※必須」だけが登録に要る欄、太枠は国への報告事項です。日付は「R8.10.1」とも書けます。"
        "用紙の上の「？この用紙について」に、いつ使い、登録すると何が起きるかがあります。",
        "相談受付",
        "受け付けた相談",
    ),
    Step(
        "会議を開く",
        "今月の会議と案件、事前シート、当日の記録はここです。同意のないケースは支援会議（法106条の6）に、"
        "同意のあるケースは重層的支援会議に載せます。",
        "会議",
        "会議",
    ),
    Step(
        "資料を渡す",
        "会議を開くと「資料を作成」があります。配付先ごとに、見てよいことだけの写しができ、"
        "番号と回収の確認票が付きます。",
        "会議",
        "会議",
    ),
    Step(
        "プランをつくる",
        "本人と一緒に決めた目標と、だれが何をいつまでにするか。署名、支援決定、見直しもここです。",
        "プラン",
        "プラン",
    ),
    Step(
        "期限を見る",
        "返事待ち、モニタリング、同意の期限など、今日までにすることが並びます。朝はここから始められます。",
        "期限",
        "期限",
    ),
    Step(
        "困ったとき",
        "この案内は、画面の上の「使い方の案内」からいつでも開けます。名前や役割は「名前と役割」で直せます。"
        "間違えた記録は消さずに「取消」にします。理由が残るので安心です。",
        target="使い方の案内",
    ),
)


class Tour(anywidget.AnyWidget):  # type: ignore[misc] # anywidget carries no types
    """A box beside the page that points; the keyboard walks it, and it stands in nobody's way."""

    _esm = esm("dom.js", "start_tour.js")
    _css = HERE / "start_tour.css"
    steps = traitlets.List().tag(sync=True)
    place = traitlets.Int(CLOSED).tag(sync=True)

    def __init__(self, turn: Callable[[str], None], steps: Sequence[Step] = STEPS) -> None:
        """Stand closed; ``turn`` goes to the page of a step."""
        super().__init__(steps=[asdict(step) for step in steps])
        self._turn = turn
        self.observe(self._moved, names="place")

    def begin(self) -> None:
        """Show the first step; it is not offered by itself again."""
        self.place = CLOSED
        self.place = 0
        remembered.tour()

    def _moved(self, change: dict[str, Any]) -> None:
        place = change["new"]
        page = self.steps[place]["page"] if 0 <= place < len(self.steps) else ""
        if page:
            self._turn(page)
