"""import, export."""

import argparse

from jusou_nb.casework.ledger import export_ledger, import_ledger
from jusou_nb.cli.common import day, existing
from jusou_nb.cli.screen import Screen
from jusou_nb.errors import NotFound, PaperError
from jusou_nb.store import open_store


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
        where = f"「{taken.rejected.name}」を直して" if taken.rejected else "上の行を直して"
        raise PaperError(
            f"{taken.read}行のうち{len(taken.refused)}行は取り込めません。{where}、取り込んでください"
        )


def export(options: argparse.Namespace, screen: Screen) -> None:
    """Write the ledger back."""
    with open_store(existing(options.store), readonly=True) as store:
        export_ledger(store, options.file, form=options.form)
    screen.say(f"台帳「{options.file}」を書き出しました")
