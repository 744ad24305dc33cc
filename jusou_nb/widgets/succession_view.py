"""引継ぎ on the desk: what a worker has, what would go over, what went over and its way back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jusou_nb import casework
from jusou_nb.choices import OFFICE
from jusou_nb.errors import Invalid, JusouError
from jusou_nb.fields import Form, Stage, item
from jusou_nb.forms import Succession
from jusou_nb.problems import Override
from jusou_nb.store.workload import first_list
from jusou_nb.widgets import steering_rows as rows
from jusou_nb.widgets.entry import Entry, Sheet
from jusou_nb.widgets.form import FormView
from jusou_nb.widgets.listing import Listing
from jusou_nb.widgets.messages import Banner, button, problem_lines
from jusou_nb.widgets.session import NEW, Page, Session, heading, paragraph, row

_WRITTEN = frozenset({"cases", "works"})


class WorkerView(Page):
    """The cases of a worker, the sheet of a 引継ぎ, and what it would move."""

    def __init__(
        self,
        session: Session,
        worker: str,
        done: Callable[[casework.Succeeded], None],
        open_case: Callable[[int], None],
    ) -> None:
        """Show a worker."""
        super().__init__(session)
        self.banner, self._done = Banner(), done
        self.listing = Listing("担当しているケース", rows.FIRST, open_case)
        found = first_list(session.store, worker, session.today)
        self.listing.fill([(f.case.case_id, rows.first_cells(session, f)) for f in found])
        self.preview = Listing("引継ぎで変わるもの", rows.WORKS, empty="変わるものはありません。")
        self.said = paragraph("")
        blank = Succession(leaving=worker, handed_on=session.today, reason="人事異動")
        sheet = Sheet(form=Succession, key=NEW, record=blank, without=_WRITTEN)
        self.entry = Entry(session, {"succession": sheet}, self._register, words="まとめて引き継ぐ")
        self.turn(
            heading(worker or "担当なし"),
            self.banner,
            self.listing,
            heading("引継ぎ", 3),
            self.entry,
            row(button("引継ぎで変わるものを見る", self.look)),
            self.said,
            self.preview,
        )

    def look(self) -> None:
        """Show what would go over, with what stands in the sheet now."""
        written: Any = self.entry.forms["succession"].as_it_stands()
        seen = casework.preview_succession(self.session.store, written)
        self.preview.fill([(n, rows.work_cells(w)) for n, w in enumerate(seen.works)])
        words = f"ケース{seen.cases}件、待っていること{len(seen.waiting)}件が移ります。"
        self.said.value = paragraph(words + "".join(problem_lines(seen.problems))).value

    def _register(self, records: Mapping[str, Any], allowed: tuple[Override, ...]) -> None:
        made = casework.hand_over_work(self.session.store, records["succession"], overrides=allowed)
        self.entry.throw_away()
        self._done(made)


@dataclass(frozen=True, kw_only=True)
class TakeBack(Form):
    """Why a 引継ぎ is taken back."""

    reason: str | None = item("取消の理由", scope=OFFICE, required_at=Stage.DRAFT)


class SuccessionRecord(Page):
    """A 引継ぎ that was made: what went over, and taking it back."""

    def __init__(self, session: Session, record_id: int, done: Callable[[str], None]) -> None:
        """Show one."""
        super().__init__(session)
        self.succession = session.store.load(Succession, record_id)
        self.banner, self._done = Banner(), done
        made = self.succession
        works = Listing("引き継いだもの", rows.WORKS)
        works.fill([(w.id or 0, rows.work_cells(w)) for w in made.works])
        self.note = FormView(
            TakeBack, session.store.lexicon(), today=session.today, title="引継ぎを取り消す"
        )
        self.turn(
            heading(f"引継ぎ　{made.leaving}から{made.taking}へ"),
            self.banner,
            works,
            self.note,
            row(button("この引継ぎを取り消す", self.take_back)),
        )

    def take_back(self) -> None:
        """取消: put everything back, as long as nobody changed it since."""
        try:
            said: Any = self.note.record()
            count = casework.take_back_succession(
                self.session.store, self.succession, reason=said.reason or ""
            )
        except Invalid as fault:
            self.note.show_problems(fault.problems)
            return
        except JusouError as fault:
            self.banner.fail(fault)
            return
        self._done(f"引継ぎを取り消し、{count}件を元の担当に戻しました。")
