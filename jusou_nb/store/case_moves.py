"""Every move of every case, from the chain of changes: what balances are counted from."""

from dataclasses import dataclass

from jusou_nb.forms.case import CaseStatus

_OPEN = ", ".join(f"'{s.value}'" for s in CaseStatus if s.is_open)
_SET = (
    "SELECT record_id AS case_id, seq, json_extract(payload, '$.status[1]') AS status,"
    " json_extract(payload, '$.status_on[1]') AS status_on"
    " FROM changes WHERE record_table = 'cases' AND payload IS NOT NULL"
    " AND (json_type(payload, '$.status') IS NOT NULL"
    " OR json_type(payload, '$.status_on') IS NOT NULL)"
)
MOVES = f"""
WITH said AS ({_SET}),
numbered AS (
  SELECT *, sum(status IS NOT NULL) OVER (PARTITION BY case_id ORDER BY seq) AS nth FROM said
),
moves AS (
  SELECT case_id, nth, max(status) AS status, max(seq) AS seq FROM numbered
  GROUP BY case_id, nth
),
dated AS (
  SELECT moves.*, (
    SELECT said.status_on FROM said WHERE said.case_id = moves.case_id
    AND said.seq <= moves.seq AND said.status_on IS NOT NULL ORDER BY said.seq DESC LIMIT 1
  ) AS moved_on FROM moves
),
valid AS (
  SELECT * FROM dated WHERE NOT EXISTS (
    SELECT 1 FROM dated AS later WHERE later.case_id = dated.case_id
    AND later.nth > dated.nth AND later.moved_on < dated.moved_on
  )
),
events AS (
  SELECT id AS case_id, 0 AS nth, '{CaseStatus.INTAKE.value}' AS status, opened_on AS moved_on
  FROM cases WHERE struck_at IS NULL
  UNION ALL
  SELECT valid.case_id, nth, valid.status, max(valid.moved_on, cases.opened_on)
  FROM valid JOIN cases ON cases.id = valid.case_id WHERE cases.struck_at IS NULL
),
steps AS (
  SELECT case_id, nth, moved_on, status, status IN ({_OPEN}) AS is_open,
  lag(status IN ({_OPEN})) OVER (PARTITION BY case_id ORDER BY moved_on, nth) AS was_open,
  row_number() OVER (PARTITION BY case_id ORDER BY moved_on DESC, nth DESC) AS back
  FROM events WHERE moved_on <= :last
)
"""
"""Every move of every case up to a day, from the chain of changes.

A case opens on its 開始日. A later entry corrects an earlier one that it predates; a
changed day alone moves the entry it belongs to. ``back`` is 1 for where a case stands.
"""


KIND = (
    "CASE WHEN was_open IS NULL THEN 'new' WHEN NOT was_open AND is_open THEN 'reopened'"
    " WHEN was_open AND NOT is_open THEN"
    " CASE WHEN status = :suspended THEN 'suspended' ELSE 'closed' END END"
)
"""What a step is in the balance; NULL where the case ran before and runs after it."""


@dataclass(frozen=True, kw_only=True)
class Balance:
    """繰越＋新規＋再開−終結−中断＝期末現在, counted in cases."""

    carried: int
    new: int
    reopened: int
    closed: int
    suspended: int
    standing: int

    @property
    def closes(self) -> bool:
        """Whether the moves of the month lead from the carried to the standing cases."""
        gone = self.closed + self.suspended
        return self.carried + self.new + self.reopened - gone == self.standing
