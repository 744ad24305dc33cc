"""What a paper is that somebody hands over: made when, by whom, for whom, from which change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from jusou_nb.choices import Choice
from jusou_nb.dates import wareki
from jusou_nb.documents.catalogue import PAPERS
from jusou_nb.documents.handed import Handed
from jusou_nb.forms import form_of
from jusou_nb.store import Store, final_versions, history, traces
from jusou_nb.store.final_versions import FinalState, FinalVersion
from jusou_nb.store.traces import PAPER, REPRINT, Trace


class Verdict(Choice):
    """How a file stands to the papers that were made here."""

    SAME = "same", "作ったものと同じです"
    FINAL = "final", "確定版として付けたファイルです"
    PAST = "past", "確定版として付けたことのあるファイルですが、今の確定版ではありません"
    REPRINTED = "reprinted", "当時のまま再印刷した控えです（配付しないもの）"
    DIFFERS = "differs", "番号は記録にありますが、作ったものと違うところがあります"
    COPIED = "copied", "番号が書き写された別の文書です"
    ELSEWHERE = "elsewhere", "この業務ファイルで作った資料ではありません"
    UNRECORDED = "unrecorded", "控え・記録なしの紙面です。だれがいつ作ったかは記録にありません"
    UNKNOWN = "unknown", "文書番号がありません。この業務ファイルの資料か分かりません"


_TO_DO = {
    Verdict.PAST: "差し替えか取り消しがありました。今の確定版を使ってください",
    Verdict.DIFFERS: "書き足しや差し替えがないか、原本（再印刷）と見比べてください",
    Verdict.COPIED: "資料そのものではありません。もとの資料と見比べてください",
    Verdict.ELSEWHERE: "ほかの業務ファイルの資料か、番号の写し間違いです。渡した人に聞いてください",
    Verdict.UNRECORDED: "試しに作った紙面です。業務には、番号のある資料を使ってください",
    Verdict.UNKNOWN: "渡した人に、どこで受け取ったかを確かめてください",
}
_GOOD = frozenset({Verdict.SAME, Verdict.FINAL, Verdict.REPRINTED})


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is known of a file, as lines of text; ``is_ours`` when it is as it was made."""

    verdict: Verdict
    lines: tuple[str, ...]

    @property
    def is_ours(self) -> bool:
        """Whether it is a paper of this store, unchanged."""
        return self.verdict in _GOOD


def whence(store: Store, handed: Handed) -> Answer:
    """Say of a file what the log knows of it."""
    exact = traces.of_content(store, handed.content)
    known = {number: traces.of_number(store, number) for number in _numbers(handed, exact)}
    finals = final_versions.find_by_hash(store, handed.content)
    verdict = _verdict(handed, exact, known, finals)
    head = f"{handed.name}: {verdict.label}"
    told = [line for number, rows in known.items() for line in _about(store, number, rows)]
    to_do = [f"→ {_TO_DO[verdict]}"] if verdict in _TO_DO else []
    return Answer(verdict=verdict, lines=(head, *told, *to_do))


def _numbers(handed: Handed, exact: Sequence[Trace]) -> list[str]:
    own = [handed.own] if handed.own else list(handed.numbers)
    return list(dict.fromkeys(number for row in exact for number in row.numbers)) or own


def _verdict(
    handed: Handed,
    exact: Sequence[Trace],
    known: Mapping[str, list[Trace]],
    finals: Sequence[FinalVersion],
) -> Verdict:
    if finals:
        current = any(one.state is FinalState.CURRENT for one in finals)
        return Verdict.FINAL if current else Verdict.PAST
    if exact:
        again = all(row.action == REPRINT for row in exact)
        return Verdict.REPRINTED if again else Verdict.SAME
    return _verdict_by_number(handed, known)


def _verdict_by_number(handed: Handed, known: Mapping[str, list[Trace]]) -> Verdict:
    if handed.is_unrecorded:
        return Verdict.UNRECORDED
    if not known:
        return Verdict.UNKNOWN
    if not any(known.values()):
        return Verdict.ELSEWHERE
    return Verdict.DIFFERS if handed.own else Verdict.COPIED


def _about(store: Store, number: str, rows: Sequence[Trace]) -> Iterator[str]:
    """Tell of one number: what it is, made when and by whom, from which change."""
    if not rows:
        yield f"文書番号 {number}　この業務ファイルの記録にありません"
        return
    made = [row for row in rows if row.action == PAPER] or list(rows)
    yield f"文書番号 {number}　{_subject(made[0])}"
    # A paper of the catalogue says by its name whom it is for.
    whom = "資料" if made[0].label in PAPERS else "渡す先"
    yield f"　{whom} {made[0].label}　法的根拠 {made[0].basis or 'なし'}"
    times = f"　ほかに{len(made) - 1}回、最後は{_when(made[-1].at)}" if made[1:] else ""
    yield f"　作成 {_when(made[0].at)} {made[0].worker}{times}"
    change = history.change(store, _place_in(number))
    if change is not None:
        said = f"{_when(datetime.fromisoformat(change.at))} {change.worker}"
        yield f"　もとの変更 {change.seq}番（{said}）までを載せたもの"
    for final in final_versions.of_number(store, number):
        yield f"　{final.state.label} {wareki(final.settled_on)} {final.file}（{final.worker}）"
    for row in rows:
        if row.action == REPRINT:
            yield f"　再印刷 {_when(row.at)} {row.worker}（理由 {' '.join(row.reason.split())}）"


def _subject(row: Trace) -> str:
    table, record_id = row.subject
    if table == "months":
        return f"{record_id // 100}年{record_id % 100}月の報告"
    form = form_of(table)
    return f"{form.title} {record_id}番" if form else row.file


def _when(at: datetime) -> str:
    return f"{wareki(at.date())} {at:%H:%M}"


def _place_in(number: str) -> int:
    place = number.rsplit("-", 2)[-2] if number.count("-") > 1 else ""
    return int(place) if place.isdecimal() else 0
