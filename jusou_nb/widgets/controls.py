"""Which control draws which kind of box: the one place that knows, for all forms at once.

A control is one small anywidget model; ``controls.js`` draws it and ``style.css`` clothes it.
Its state is what the worker sees (label, text, chosen codes, error); :attr:`Box.value` is
what the text means. Nothing here knows a form or a box by name.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import traitlets as t

from jusou_nb import values
from jusou_nb.dates import PartialDate, age_on, wareki
from jusou_nb.fields import Item, Kind, Stage
from jusou_nb.values import Lexicon
from jusou_nb.widgets.parts import HERE, Part, Press

__all__ = ["HERE", "UNKNOWN", "Box", "Part", "Press", "control_for", "describe"]

UNKNOWN = "未確認"
_FEW = 5
"""Up to so many options stand open as radios; more go into a list."""
_HALF = 2
"""Texts of up to so many lines stand two abreast; longer ones take the width of the sheet."""
_DATES = (Kind.DATE, Kind.PARTIAL_DATE, Kind.MOMENT)
_CHOSEN = (Kind.FLAG, Kind.CODE, Kind.CHOICE, Kind.REF)
REQUIRED = "※必須"
"""Said beside a box that 登録 needs."""
_HINTS = {
    Kind.DATE: "例 R8.4.1、2026/4/1",
    Kind.PARTIAL_DATE: "例 S55.4.1、昭和55年",
    Kind.MOMENT: "例 R8.4.1 13:30",
}


class Box(Part):
    """The control of one box of a form.

    Attributes:
        item: The box as declared.
        text: What stands in a typed control, as typed.
        chosen: The codes ticked in a chosen control, in the order of the options.
        typing: Text that the browser has not sent yet; it lives there alone (see courier.js).
        editing: Whether the worker is still in the control; errors wait until they left.
        picks: Whether a calendar helps; ``day`` is the day on which it opens (ISO).
        is_heard: Whether another box wants the reading of what is typed.
        sound: That reading, as far as it was heard while it was converted.
        sound_from: The model of the box whose reading this one holds, if there is one.
        note: What the text was understood as (和暦, age), shown beside it.
        error: What is wrong with it, shown under it.
    """

    needed = t.Unicode().tag(sync=True)
    required = t.Bool(default_value=False).tag(sync=True)
    options = t.List(t.Dict()).tag(sync=True)
    text = t.Unicode().tag(sync=True)
    typing = t.Unicode(None, allow_none=True).tag(sync=True)
    chosen = t.List(t.Unicode()).tag(sync=True)
    lines = t.Int(1).tag(sync=True)
    inputmode = t.Unicode().tag(sync=True)
    editing = t.Bool(default_value=False).tag(sync=True)
    hint = t.Unicode().tag(sync=True)
    picks = t.Bool(default_value=False).tag(sync=True)
    day = t.Unicode().tag(sync=True)
    is_heard = t.Bool(default_value=False).tag(sync=True)
    sound = t.Unicode().tag(sync=True)
    sound_from = t.Unicode().tag(sync=True)
    note = t.Unicode().tag(sync=True)
    error = t.Unicode().tag(sync=True)

    def __init__(self, item: Item, lexicon: Lexicon, today: date, **state: Any) -> None:
        """Draw ``item``; ages are told on ``today``; ``state`` overrides traits."""
        self.item, self._lexicon, self._today = item, lexicon, today
        self._loaded: Any = None
        self._loaded_raw: str | list[str] = [] if item.kind in _CHOSEN else ""
        options = _options(item, lexicon)
        super().__init__(_drawing(item, options), item.label, **_state(item), **state)
        self.options = options
        self.observe(lambda _change: self.look_again(), ["text", "chosen", "editing"])
        self.observe(lambda _change: self._write_out(), ["text", "editing"])

    @property
    def holder(self) -> str:
        """Which trait holds what stands in the control: ``chosen`` or ``text``."""
        return "chosen" if self.item.kind in _CHOSEN else "text"

    @property
    def raw(self) -> str | list[str]:
        """What stands in the control, readable or not: a text, or codes."""
        return list(self.chosen) if self.item.kind in _CHOSEN else self.text

    @raw.setter
    def raw(self, raw: str | list[str]) -> None:
        if self.item.kind in _CHOSEN:
            codes = list(raw)
            self._keep_unknown(codes)
            self.chosen = codes
        else:
            self.text = str(raw)

    @property
    def value(self) -> Any:
        """What stands in the control, as the form's class wants it.

        What was loaded and not touched is given back as it was. Reading raises ValueError,
        in Japanese, when the text cannot be a value of this box.
        """
        if self.raw == self._loaded_raw:
            return self._loaded
        if self.item.kind in _CHOSEN:
            return _from_codes(self.item, self.chosen)
        return values.read(self.item, self.text, self._lexicon).value

    @value.setter
    def value(self, value: Any) -> None:
        raw = _codes(self.item, value) if self.item.kind in _CHOSEN else self._spell(value)
        # First what it stands for: what is loaded is not taken for typing.
        self._loaded, self._loaded_raw = value, raw
        self.raw = raw
        self.look_again()

    @property
    def is_blank(self) -> bool:
        """Whether nothing is typed or chosen."""
        return not (self.chosen or self.text.strip())

    def look_again(self) -> None:
        """Bring note and error into step with the text."""
        try:
            value = self.value
            self.note, self.error = describe(self.item, value, self._today), ""
            self.day = _day_of(value) if self.picks else ""
        except ValueError as fault:
            self.note = ""
            self.error = "" if self.editing else str(fault)

    def _write_out(self) -> None:
        """Show a text as it is kept once the worker has left the box."""
        if self.item.writing and not self.editing:
            self.text = self.value or ""

    def _spell(self, value: Any) -> str:
        if self.item.many and value is not None:
            return "\n".join(value)
        return values.show(self.item, value, self._lexicon)

    def _keep_unknown(self, codes: Sequence[str]) -> None:
        """Keep codes that the list no longer has: what was recorded is not dropped."""
        known = {option["code"] for option in self.options}
        gone = [_option(code, f"（{code}）") for code in codes if code not in known]
        if gone:
            self.options = [*self.options, *gone]


def control_for(item: Item, lexicon: Lexicon, today: date, **state: Any) -> Box:
    """Make the control that fits a box; ``state`` overrides traits, such as ``readonly``."""
    return Box(item, lexicon, today, **state)


def _day_of(value: Any) -> str:
    """The day on which the calendar opens: that of the box, or none."""
    day = value.whole if isinstance(value, PartialDate) else value
    return f"{day:%Y-%m-%d}" if day else ""


# A slip of the year (R18 for R8) is seen where it is typed; a term may well lie ahead.
_AHEAD = "今日より後"


def describe(item: Item, value: Any, today: date) -> str:
    """Say beside a date how it was understood: 和暦, weekday, whether to come, age at a birth."""
    if value is None or item.kind not in _DATES:
        return ""
    if isinstance(value, PartialDate):
        return wareki(value) + (_age(value, today) if item.identifies else "")
    day = value.date() if isinstance(value, datetime) else value
    clock = f" {value:%H:%M}" if isinstance(value, datetime) else ""
    ahead = _AHEAD if day > today else ""
    return f"{wareki(day)}（{'月火水木金土日'[day.weekday()]}）{clock}{ahead}"


def _age(birth: PartialDate, today: date) -> str:
    age = age_on(birth, today)
    return "" if age is None else f"（{age}歳）"


def _drawing(item: Item, options: Sequence[dict[str, str]]) -> str:
    """Which drawing of controls.js fits a box."""
    if item.kind not in _CHOSEN:
        return "text"
    if item.many:
        return "ticks"
    answers = [option for option in options if option["code"]]
    return "radios" if len(answers) <= _FEW and item.kind is not Kind.REF else "select"


def _state(item: Item) -> dict[str, Any]:
    required = item.required_at is Stage.DRAFT
    return {
        "support": item.help,
        "needed": _needed(item),
        "required": required,
        "reported": item.reported,
        "wide": item.many or item.lines > _HALF,
        "lines": item.lines,
        "hint": _HINTS.get(item.kind, ""),
        "picks": item.kind in _DATES,
        "inputmode": "numeric" if item.kind in (*_DATES, Kind.NUMBER) else "",
    }


def _needed(item: Item) -> str:
    if item.required_at is None:
        return ""
    return REQUIRED if item.required_at is Stage.DRAFT else f"{item.required_at.label}までに"


def _option(code: str, label: str, group: str = "") -> dict[str, str]:
    return {"code": code, "label": label, "group": group}


def _options(item: Item, lexicon: Lexicon) -> list[dict[str, str]]:
    """What can be chosen; among radios 未確認 is an answer, or one could not be taken back."""
    if item.kind not in _CHOSEN:
        return []
    found = [_option(o.code, o.label, o.group) for o in lexicon.options(item)]
    if item.kind is Kind.FLAG:
        found = [_option("1", values.YES), _option("0", values.NO)]
    if _drawing(item, found) != "radios" or item.required_at is Stage.DRAFT:
        return found
    return [*found, _option("", UNKNOWN)]


def _codes(item: Item, value: Any) -> list[str]:
    """The codes that stand for a value, as the column keeps them."""
    kept = values.to_column(item, value)
    if kept is None:
        return []
    return [str(code) for code in json.loads(str(kept))] if item.many else [str(kept)]


def _from_codes(item: Item, codes: Sequence[str]) -> Any:
    if not codes:
        return None
    numeric = item.kind in (Kind.REF, Kind.FLAG)
    kept = [int(code) if numeric else code for code in codes]
    return values.from_column(item, json.dumps(kept) if item.many else kept[0])
