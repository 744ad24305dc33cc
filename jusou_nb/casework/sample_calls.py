"""The town's telephone: one call still to be settled, one put to its case, one closed."""

from datetime import datetime, time, timedelta
from typing import Any

from jusou_nb.casework.phone_memos import attach_memo, close_memo, take_call
from jusou_nb.casework.sample_papers import STAFF
from jusou_nb.casework.sample_place import Place
from jusou_nb.forms import Case, PhoneMemo


def take_calls(place: Place) -> None:
    """Write down the calls of the town's last day, and settle two of them."""
    store, today = place.store, place.today

    def called(hour: int, said: str, **boxes: Any) -> PhoneMemo:
        at = datetime.combine(today, time(hour, 20))
        return take_call(store, PhoneMemo(called_at=at, taken_by=STAFF[0], said=said, **boxes))

    wrong = called(9, "水道の開栓の申込み。担当課の番号を伝えた", caller="名乗らず")
    close_memo(store, wrong, "担当課を案内して終わった", on=today)
    running = [case for case in store.find(Case) if case.status and case.status.is_open]
    heard = called(10, "来週の訪問の時刻を午後に変えてほしい", caller="本人", to_do="予定を直す")
    for case in running[:1]:
        attach_memo(store, heard, case, on=today)
    waits = PhoneMemo(
        called_at=datetime.combine(today, time(11, 20)),
        taken_by=STAFF[0],
        caller="例示 民子",
        telephone="090-0000-0000",
        about="架空町二丁目の世帯",
        said="三日ほど雨戸が閉まったままで心配だという",
        to_do="折り返して、様子を聞く",
        call_back_by=today + timedelta(days=1),
    )
    take_call(store, waits)
