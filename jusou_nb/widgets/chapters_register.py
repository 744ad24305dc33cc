"""The chapter of 窓口・制度: what can be used, confirmed from time to time."""

from jusou_nb.casework import schemes_register as verbs
from jusou_nb.forms import Scheme
from jusou_nb.widgets.chapter import SCHEMES, Act, Chapter

_CONFIRM = Act(
    code="confirmed",
    words="内容を確かめた（今日）",
    do=lambda session, scheme, _said, _allowed: verbs.confirm_scheme(
        session.store, scheme, on=session.today
    ),
    fits=lambda scheme: scheme.ended_on is None,
)
_END = Act(
    code="ended",
    words="今日で終わりにする",
    do=lambda session, scheme, _said, _allowed: verbs.end_scheme(
        session.store, scheme, on=session.today
    ),
    fits=lambda scheme: scheme.ended_on is None,
)

REGISTER = (
    Chapter(
        form=Scheme,
        group=SCHEMES,
        columns=("name", "agency", "fields", "telephone", "confirmed_on", "ended_on"),
        words="窓口・制度を登録する",
        new=lambda session, _about: Scheme(confirmed_on=session.today),
        register=lambda session, record, _allowed, _about: verbs.register_scheme(
            session.store, record, today=session.today
        ),
        acts=(_CONFIRM, _END),
    ),
)
