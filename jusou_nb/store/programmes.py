"""Which programmes and places a household uses now: アウトリーチ, 参加支援, 事業 of its plans."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jusou_nb.forms.outreach import RelationStage
from jusou_nb.forms.participation import MatchStage
from jusou_nb.forms.plan import PlanState
from jusou_nb.forms.referral import ReferralAnswer
from jusou_nb.store.household_scope import within

if TYPE_CHECKING:
    from jusou_nb.store.core import Store
    from jusou_nb.values import Lexicon

OUTREACH, PARTICIPATION = "アウトリーチ", "参加支援"
PROGRAMME, REFERRED = "プランの事業", "つながった先"

_OUTREACHES = "SELECT stage FROM outreaches WHERE struck_at IS NULL AND ended_on IS NULL"
_MATCHINGS = (
    "SELECT host, stage FROM matchings WHERE struck_at IS NULL"
    f" AND coalesce(stage, '') <> '{MatchStage.STOPPED.value}'"
)
_PROGRAMMES = (
    "SELECT DISTINCT r.programme FROM role_assignments AS r JOIN plans AS p ON p.id = r.plan_id"
    " WHERE r.struck_at IS NULL AND p.struck_at IS NULL AND r.programme IS NOT NULL"
    f" AND p.state = '{PlanState.AGREED.value}' ORDER BY 1"
)
_REFERRED = (
    "SELECT DISTINCT destination FROM referrals WHERE struck_at IS NULL AND destination IS NOT NULL"
    f" AND answer = '{ReferralAnswer.SETTLED.value}' ORDER BY 1"
)


def programmes(store: "Store", household_id: int, words: "Lexicon") -> list[tuple[str, str]]:
    """List what a household uses now: which kind, and what in words."""
    return list(_used(store, household_id, words))


def _used(store: "Store", household_id: int, words: "Lexicon") -> Iterator[tuple[str, str]]:
    def read(sql: str) -> list[tuple[str | None, ...]]:
        return store.db.execute(within(sql), {"home": household_id}).fetchall()

    names = words.profile.codes("programme").by_code
    for (code,) in read(_PROGRAMMES):
        known = names.get(code or "")
        yield PROGRAMME, known.label if known else str(code)
    for (stage,) in read(_OUTREACHES):
        yield OUTREACH, RelationStage.of(stage).label if stage else "始めたところ"
    for host, stage in read(_MATCHINGS):
        where = words.refs["hosts"].get(int(host or 0), "受入先を探している")
        yield PARTICIPATION, f"{where}（{MatchStage.of(stage).label if stage else '打診前'}）"
    for (agency,) in read(_REFERRED):
        yield REFERRED, words.refs["agencies"].get(int(agency or 0), "")
