"""init, upgrade, verify."""

import argparse

from jusou_nb import profile
from jusou_nb.cli.common import existing
from jusou_nb.cli.screen import Screen
from jusou_nb.errors import StoreError
from jusou_nb.store import open_store


def init(options: argparse.Namespace, screen: Screen) -> None:
    """Make a new store; an existing file stays as it is."""
    if options.store.exists():
        raise StoreError(f"「{options.store.name}」は既にあります。別の名前を指定してください")
    try:
        with open_store(options.store, profile=options.profile) as store:
            name = store.profile.municipality
    except BaseException:
        # What was not finished is no store; nobody has written into it yet.
        options.store.unlink(missing_ok=True)
        raise
    screen.say(f"業務ファイル「{options.store}」を作りました（{name}）")


def upgrade(options: argparse.Namespace, screen: Screen) -> None:
    """Bring a store up to this program."""
    with open_store(existing(options.store)) as store:
        copy = store.copy_made
        if options.profile:
            store.use_profile(profile.load(options.profile))
            screen.say(
                f"設定を「{store.profile.name}」（{store.profile.fiscal_year}年度）にしました"
            )
    if copy is None:
        screen.say(f"「{options.store.name}」は今の版です。何もしていません")
    else:
        screen.say(f"「{options.store.name}」を更新しました。前のものは「{copy}」にあります")


def verify(options: argparse.Namespace, screen: Screen) -> None:
    """Check both chains and the file."""
    with open_store(existing(options.store), readonly=True) as store:
        faults = store.verify()
    if faults:
        more = f"（ほか {len(faults) - 1} 件）" if len(faults) > 1 else ""
        raise StoreError(f"「{options.store.name}」: {faults[0]}{more}。管理者に伝えてください")
    screen.say(f"「{options.store.name}」に異状はありません（変更と閲覧の記録、ファイル）")
