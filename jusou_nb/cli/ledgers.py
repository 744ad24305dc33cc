"""import, export."""

import argparse

from jusou_nb.casework.ledger import export_ledger, import_ledger
from jusou_nb.cli.common import day, existing
from jusou_nb.cli.readers import may_open
from jusou_nb.cli.screen import Screen
from jusou_nb.errors import NotFound, PaperError
from jusou_nb.forms import by_table
from jusou_nb.store import batches, open_store


def import_(options: argparse.Namespace, screen: Screen) -> None:
    """Take a ledger in; refused rows make the command fail though the good ones are in."""
    if not options.file.is_file():
        raise NotFound(f"台帳「{options.file.name}」が見つかりません。場所を確かめてください")
    with open_store(existing(options.store)) as store:
        taken = import_ledger(
            store,
            options.file,
            form=options.form,
            dry_run=options.dry_run,
            today=day(options),
        )
    for line in taken.lines():
        screen.say(line)
    if taken.refused:
        if options.dry_run:
            raise PaperError(
                f"{taken.read}行のうち{len(taken.refused)}行は取り込めません。何も取り込んでいません"
            )
        where = f"「{taken.rejected.name}」を直して" if taken.rejected else "上の行を直して"
        raise PaperError(
            f"{taken.read}行のうち{len(taken.refused)}行は取り込めません。{where}、取り込んでください"
        )


def export(options: argparse.Namespace, screen: Screen) -> None:
    """Write the ledger back."""
    named = by_table(options.form) if options.form else None
    may_open(options, *([named] if named else ()))
    # Not read-only: that a ledger left the office is kept in the chain of readings.
    with open_store(existing(options.store)) as store:
        export_ledger(store, options.file, form=options.form)
    screen.say(f"台帳「{options.file}」を書き出しました")


def imports(options: argparse.Namespace, screen: Screen) -> None:
    """List the imports, or take back a whole one that nobody has touched since."""
    with open_store(existing(options.store)) as store:
        if options.withdraw is not None:
            batches.withdraw(store, options.withdraw)
            screen.say(f"取込み {options.withdraw} をまとめて取り消しました")
            return
        found = batches.every(store)
    for batch in found:
        state = "取消済" if batch.withdrawn_at else f"{batch.good}行"
        screen.say(
            f"{batch.id:>4}  {batch.taken_at[:16]}  {batch.worker}  {batch.file_name}  {state}"
        )
    if not found:
        screen.say("取込みはまだありません")
