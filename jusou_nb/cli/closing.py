"""close: 月次締め."""

import argparse

from jusou_nb.casework import close_month, closing_problems
from jusou_nb.cli.common import day, existing
from jusou_nb.cli.screen import Screen
from jusou_nb.dates import month_name
from jusou_nb.errors import PaperError
from jusou_nb.problems import Override, Strength
from jusou_nb.store import open_store


def close(options: argparse.Namespace, screen: Screen) -> None:
    """Close a month, and say what was put right of the months before."""
    today = day(options)
    with open_store(existing(options.store)) as store:
        try:
            asked = closing_problems(store, options.month, today=today)
        except ValueError as fault:
            raise PaperError(str(fault)) from None
        waiting = [p.rule for p in asked if p.strength is Strength.CHIEF]
        made = close_month(
            store,
            options.month,
            today=today,
            remarks=options.remarks,
            overrides=tuple(_allowed(options, rule) for rule in waiting),
        )
    screen.say(f"{month_name(options.month)}を締めました")
    for row in made.closing.corrections:
        about = f"{month_name(row.month or '')} {row.label}"
        screen.say(f"訂正 {about} {row.before} → {row.after}（{row.cause}）")
    for problem in made.remarks:
        screen.say(str(problem))


def _allowed(options: argparse.Namespace, rule: str) -> Override:
    reason, name = options.allowed_because or "", options.allowed_by or ""
    return Override(rule=rule, reason=reason, allowed_by=name)
