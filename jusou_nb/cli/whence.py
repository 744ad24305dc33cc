"""``doctor FILE``: what a paper is that somebody hands over. ``copies``: who holds which papers."""

import argparse
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from jusou_nb import settings
from jusou_nb.cli.common import existing
from jusou_nb.cli.screen import Screen
from jusou_nb.dates import wareki
from jusou_nb.documents import handed, whence
from jusou_nb.errors import NotFound, PaperError
from jusou_nb.forms import by_table
from jusou_nb.store import Store, open_store, papers_out, queries
from jusou_nb.store.papers_out import PaperOut


def files_of(named: Path | None, files: Sequence[Path], screen: Screen) -> None:
    """Say of each file what it is; refuse where one is no paper as it was made here.

    Raises:
        NotFound: No store is named.
        PaperError: A file is none of this store's papers, or not as it was made.
    """
    strange = 0
    with open_store(existing(named or usual_store()), readonly=True) as store:
        for file in files:
            answer = whence.whence(store, handed.read(file))
            for line in answer.lines:
                screen.say(line)
            strange += not answer.is_ours
    if strange:
        raise PaperError(
            f"{len(files)}件のうち{strange}件は、作ったままの資料ではありません。上の行を見てください"
        )


def usual_store() -> Path:
    """Give the store that ``JUSOU_STORE`` names.

    Raises:
        NotFound: It names none.
    """
    name = settings.STORE.get()
    if not name:
        raise NotFound(
            "どの業務ファイルで調べるかが分かりません。"
            "jusou-nb doctor 業務.db 資料.html とするか、JUSOU_STORE を設定してください"
        )
    return Path(name)


def copies(options: argparse.Namespace, screen: Screen) -> None:
    """List who holds which papers.

    Raises:
        NotFound: There is no such sitting, or the number was never given.
    """
    with open_store(existing(options.store), readonly=True) as store:
        found = _asked(store, options)
        bases = {basis.code: basis.label for basis in store.profile.bases}
    if not found:
        screen.say("作った資料はまだありません")
        return
    screen.say("文書番号\t渡す先\t法的根拠\tはじめに作った日\t最後に作った日\t回数\tどこにあるか")
    for paper in found:
        screen.say(_line(paper, bases.get(paper.basis, "")))


def _asked(store: Store, options: argparse.Namespace) -> list[PaperOut]:
    if options.number:
        found = papers_out.of_number(store, options.number)
        if not found:
            raise NotFound(
                f"文書番号「{options.number}」の資料は、この業務ファイルで作られていません。"
                "資料の左下の番号を確かめてください"
            )
        return found
    if options.form:
        return _of_record(store, options.form, options.record)
    if options.conference:
        return papers_out.of_sitting(store, queries.conference(store, options.conference).id or 0)
    return papers_out.every(store)


def _of_record(store: Store, name: str, record_id: int | None) -> list[PaperOut]:
    form = by_table(name)
    if form is None or record_id is None:
        raise NotFound("--form に様式の名前、--record に記録の番号を、両方指定してください")
    return papers_out.of_record(store, form.table, store.load(form, record_id).id or 0)


def _line(paper: PaperOut, basis: str) -> str:
    first, last = (
        wareki(datetime.fromisoformat(at).date()) for at in (paper.made_first, paper.made_last)
    )
    cells = (paper.number, paper.label, basis or "－", first, last, f"{paper.times}回")
    return "\t".join((*cells, papers_out.whereabouts(paper)))
