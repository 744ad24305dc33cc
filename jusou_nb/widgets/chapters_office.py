"""The chapters of the office: who works as what, and what agencies are called."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jusou_nb import casework
from jusou_nb.casework.office import former_names
from jusou_nb.choices import NOT_PERSONAL
from jusou_nb.fields import Form, Stage, item
from jusou_nb.forms import Agency, WorkerRole
from jusou_nb.store import roles
from jusou_nb.widgets.chapter import WORKERS, Act, Allowed, Chapter
from jusou_nb.widgets.session import Session


@dataclass(frozen=True, kw_only=True)
class Renaming(Form, table="renamings", title="名前が変わった"):
    """What is asked when an agency is renamed."""

    name: str | None = item("新しい名前", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    since: date | None = item(
        "新しい名前になる日",
        scope=NOT_PERSONAL,
        required_at=Stage.DRAFT,
        help="前の日までの会議の資料は、前の名前のままです",
    )


@dataclass(frozen=True, kw_only=True)
class RoleEnd(Form, table="role_ends", title="役割の終わり"):
    """What is asked when a role ends."""

    until: date | None = item(
        "役割の最後の日", scope=NOT_PERSONAL, required_at=Stage.DRAFT, help="この日まで"
    )


def _rename(session: Session, agency: Agency, said: Mapping[str, Any], _allowed: Allowed) -> Any:
    asked = said["record"]
    return casework.rename_agency(session.store, agency, asked.name, on=asked.since)


def _end(session: Session, role: WorkerRole, said: Mapping[str, Any], allowed: Allowed) -> Any:
    until = said["record"].until
    return casework.end_role(session.store, role, until=until, overrides=allowed)


def _tell_roles(session: Session) -> list[str]:
    left = roles.without_role(session.store, session.today)
    if not roles.roles(session.store):
        return ["役割が一つも登録されていないあいだは、だれでもケースを開けます。"]
    return [f"今日の役割がない人: {'、'.join(left)}"] if left else []


def _tell_names(session: Session) -> list[str]:
    found = [
        f"{agency.name}（前の名前 {'、'.join(past)}）"
        for agency in session.store.find(Agency)
        if (past := former_names(session.store, agency))
    ]
    return [f"名前が変わった機関: {'、'.join(found)}"] if found else []


_RENAMED = Act(
    code="renamed",
    words="名前が変わった",
    sheets=lambda session, _agency: {"record": Renaming(since=session.today)},
    do=_rename,
)
_ENDED = Act(
    code="roleend",
    words="役割を終える",
    sheets=lambda session, _role: {"record": RoleEnd(until=session.today)},
    do=_end,
    fits=lambda role: role.until is None,
)

OFFICE = (
    Chapter(
        form=WorkerRole,
        group=WORKERS,
        columns=("worker", "role", "programme", "agency", "since", "until"),
        words="役割を登録する",
        new=lambda session, _about: WorkerRole(since=session.today),
        register=lambda session, record, allowed, _about: casework.assign_role(
            session.store, record, overrides=allowed
        ),
        acts=(_ENDED,),
        tells=_tell_roles,
    ),
    Chapter(
        form=Agency,
        group=WORKERS,
        columns=("name", "kind", "sector", "municipality", "telephone"),
        words="機関を登録する",
        new=lambda _session, _about: Agency(),
        register=lambda session, record, allowed, _about: casework.keep_agency(
            session.store, record, overrides=allowed
        ),
        acts=(_RENAMED,),
        tells=_tell_names,
    ),
)
