"""word, templates, attach."""

import argparse
from pathlib import Path

from jusou_nb.casework.final_versions import attach_final
from jusou_nb.cli.common import day, existing
from jusou_nb.cli.papers import reporter
from jusou_nb.cli.readers import may_open
from jusou_nb.cli.screen import Screen
from jusou_nb.dates import wareki
from jusou_nb.documents import word as documents
from jusou_nb.documents.word_catalogue import WORD_PAPERS
from jusou_nb.errors import PaperError
from jusou_nb.runner import export, words
from jusou_nb.store import final_versions, open_store


def word(options: argparse.Namespace, screen: Screen) -> None:
    """Make a record's Word papers."""
    paper = words.paper_named(options.name)
    if not paper.of_office:
        may_open(options)
    words.words(
        existing(options.store),
        paper.name,
        options.record_id,
        options.out,
        day(options),
        recipient=options.recipient,
        basis=options.basis,
        template=options.template,
        progress=reporter(screen),
    )


def templates(options: argparse.Namespace, screen: Screen) -> None:
    """Lay out our own templates to be changed; a file that is there stays as it is."""
    folder: Path = options.folder
    with export.in_words(folder.name or str(folder)):
        folder.mkdir(parents=True, exist_ok=True)
    left = 0
    for paper in WORD_PAPERS.values():
        target = folder / f"{paper.name}.docx"
        if target.exists():
            left += 1
            continue
        with export.prepared(documents.shipped(paper), target) as part:
            export.move(part, target)
        screen.say(f"様式 {target}")
    if left:
        screen.say(f"{left}個は前からあるので、そのままにしました")
    screen.say(
        "直した様式は、業務ファイルの隣の templates フォルダー（か JUSOU_TEMPLATES）に置きます"
    )


def attach(options: argparse.Namespace, screen: Screen) -> None:
    """Note which file settles a paper, or take that back."""
    store = existing(options.store)
    with open_store(store) as opened:
        if options.withdraw is not None:
            taken = final_versions.withdraw(opened, options.number, _reason(options.withdraw))
            screen.say(f"「{taken.file}」を {taken.number} の確定版から外しました")
            return
        attached = attach_final(opened, options.number, options.file, today=day(options))
    version = attached.version
    screen.say(f"「{version.file}」を {version.number} の確定版にしました"
               f"（{wareki(version.settled_on)}、{version.size}バイト）")  # fmt: skip
    screen.say(f"SHA-256 {version.content}")
    if attached.before is not None and attached.before.content != version.content:
        screen.say(f"前の確定版「{attached.before.file}」は差し替えになりました")


def _reason(text: str) -> str:
    if not text.strip():
        raise PaperError("取り消す理由を書いてください（--withdraw 理由）")
    return " ".join(text.split())
