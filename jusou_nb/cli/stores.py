"""init, upgrade, verify, backup, restore."""

import argparse
from datetime import datetime
from pathlib import Path

from jusou_nb import profile
from jusou_nb.cli.common import existing
from jusou_nb.cli.screen import Screen
from jusou_nb.errors import StoreError
from jusou_nb.profile_growth import growth
from jusou_nb.store import Store, open_store, search_index
from jusou_nb.store.backup import Progress, pack
from jusou_nb.store.backup import backup as copied
from jusou_nb.store.beginning import begin
from jusou_nb.store.restore import restore as put_back


def init(options: argparse.Namespace, screen: Screen) -> None:
    """Make a new store; an existing file stays as it is."""
    made = begin(options.store, options.profile)
    screen.say(f"業務ファイル「{options.store}」を作りました（{made.municipality}）")


def upgrade(options: argparse.Namespace, screen: Screen) -> None:
    """Bring a store up to this program; say what its profile lacks, and add it when asked."""
    with open_store(existing(options.store)) as store:
        copy = store.copy_made
        if copy is None:
            screen.say(f"「{options.store.name}」の形は今の版です")
        else:
            screen.say(f"「{options.store.name}」を更新しました。前のものは「{copy}」にあります")
        if search_index.repair(store):
            screen.say("検索の索引を作り直しました")
        if options.profile:
            store.use_profile(profile.load(options.profile))
            screen.say(
                f"設定を「{store.profile.name}」（{store.profile.fiscal_year}年度）にしました"
            )
        _grow(store, screen, add=options.add_lists)


def _grow(store: Store, screen: Screen, *, add: bool) -> None:
    found = growth(store.profile)
    if not found.added:
        return
    if add:
        store.use_profile(found.profile, register=False)
    done = "から設定に足しました" if add else "にあって、設定にないもの"
    screen.say(f"手本「{found.model}」{done}（{len(found.added)}件）")
    for line in found.added:
        screen.say(f"  {line}")
    if not add:
        screen.say("足すには jusou-nb upgrade … --add-lists（町で直したところは変わりません）")


def verify(options: argparse.Namespace, screen: Screen) -> None:
    """Check both chains and the file."""
    with open_store(existing(options.store), readonly=True) as store:
        faults = store.verify()
    if faults:
        more = f"（ほか {len(faults) - 1} 件）" if len(faults) > 1 else ""
        raise StoreError(f"「{options.store.name}」: {faults[0]}{more}。管理者に伝えてください")
    screen.say(f"「{options.store.name}」に異状はありません（変更と閲覧の記録、ファイル）")


def backup(options: argparse.Namespace, screen: Screen) -> None:
    """Copy the store while others work; a copy whose chains are broken is told and kept."""
    made = copied(
        existing(options.store),
        options.target,
        at=datetime.now().astimezone(),
        overwrite=options.overwrite,
        keep=options.keep,
        progress=_progress(screen),
    )
    screen.say(f"写し「{made.path}」を作り、開いて確かめました（{made.rows:,}行）")
    if options.target.is_dir() and (forms := _forms(options.store, made.path)):
        screen.say(f"Word の様式の写し「{forms}」を作りました")
    for path in made.removed:
        screen.say(f"古い写し「{path.name}」を消しました")
    if made.faults:
        raise StoreError(
            f"写しは作りましたが、元の記録に異状があります（{made.faults[0]}）。"
            "古い写しを消さず、管理者に伝えてください"
        )


def _forms(store: Path, copied_to: Path) -> Path | None:
    # The Word library takes a moment to load; only this asks where the town's files lie.
    from jusou_nb.documents.word import folder_of  # noqa: PLC0415

    return pack(folder_of(store), copied_to)


def restore(options: argparse.Namespace, screen: Screen) -> None:
    """Put a copy back; what stands there goes only with the word, and is kept beside."""
    done = put_back(
        options.file, options.store, overwrite=options.overwrite, progress=_progress(screen)
    )
    if done.kept:
        screen.say(f"前の業務ファイルは「{done.kept}」に残しました")
    screen.say(f"「{options.store}」に戻し、開いて確かめました（{done.rows:,}行）")


def _progress(screen: Screen) -> Progress:
    return lambda done, of: screen.note(f"写しています {done * 100 // max(of, 1)}%")
