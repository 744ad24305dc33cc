"""One form in three ways: ipywidgets' own controls, a small model a box (ours), one model a form.

    python -m compileall -q jusou_nb && python benchmarks/bench_controls.py

The same 相談受付・申込票 is made in turn: models, kB of state, and the kernel's
milliseconds. ADR 20 draws the conclusion.
"""

import json
import time
from datetime import date
from typing import Any

import anywidget
import ipywidgets
import traitlets

from jusou_nb import open_store
from jusou_nb.fields import items
from jusou_nb.forms import Intake
from jusou_nb.widgets.controls import control_for
from jusou_nb.widgets.form import FormView
from jusou_nb.widgets.parts import STYLE, esm

TODAY = date(2026, 10, 15)
WAYS = ("core", "boxes", "form")
ONE_MODEL = """
// A model of one box inside the model of the form, so that the same drawings serve both.
function within(form, state) {
  const heard = new Map();
  return {
    get: (name) => state[name],
    set(name, value) {
      state[name] = value;
      for (const tell of heard.get(`change:${name}`) ?? []) tell();
    },
    on: (event, tell) => heard.set(event, [...(heard.get(event) ?? []), tell]),
    off: () => undefined,
    send: () => undefined,
    save_changes() {
      form.set("said", { ...form.get("said"), [state.label]: state.text || state.chosen });
      form.save_changes();
    },
    widget_manager: { get_model: () => new Promise(() => undefined) },
  };
}

function renderForm({ model, el, signal }) {
  el.classList.add("jusou-form");
  for (const state of model.get("boxes")) {
    const place = document.createElement("div");
    el.append(place);
    render({ model: within(model, state), el: place, signal });
  }
}

export default { render: renderForm };
"""


class OneModel(anywidget.AnyWidget):  # type: ignore[misc] # anywidget carries no types
    """A whole form in one model, drawn by the very drawings of the boxes."""

    _css = STYLE
    _esm = esm("dom.js", "writing.js", "controls.js").replace(
        "export default { render };", ONE_MODEL
    )
    boxes = traitlets.List().tag(sync=True)
    said = traitlets.Dict().tag(sync=True)


def form(way: str) -> Any:
    """Make the form in one of the three ways."""
    with open_store("") as store:
        lexicon = store.lexicon()
    if way == "boxes":
        return FormView(Intake, lexicon, today=TODAY)
    shared = ipywidgets.Layout()
    drawn = [control_for(box, lexicon, TODAY, layout=shared) for box in items(Intake)]
    if way == "core":
        made = ipywidgets.VBox([core(box) for box in drawn])
    else:
        made = OneModel(boxes=[state_of(box) for box in drawn])
    for part in (*drawn, shared):
        part.close()
    return made


def core(box: Any) -> Any:
    """Make ipywidgets' own control of a box."""
    words = {"description": box.label, "style": {"description_width": "initial"}}
    options = [(option["label"], option["code"]) for option in box.options]
    if box.kind == "ticks":
        return ipywidgets.SelectMultiple(options=options, **words)
    if options:
        made = ipywidgets.RadioButtons if box.kind == "radios" else ipywidgets.Dropdown
        return made(options=options, value=None, **words)
    made = ipywidgets.Textarea if box.lines > 1 else ipywidgets.Text
    return made(**words)


def state_of(box: Any) -> dict[str, Any]:
    """Give what a box is drawn from."""
    return {name: value for name, value in box.get_state().items() if not name.startswith("_")}


def count(way: str) -> dict[str, float]:
    """Count the models of a way and their state; measure the kernel's part."""
    from ipywidgets.widgets.widget import _instances  # noqa: PLC0415 - private, for this count

    before = set(_instances)
    began = time.process_time()
    form(way)
    took = time.process_time() - began
    new = [widget for key, widget in _instances.items() if key not in before]
    size = sum(len(json.dumps(each.get_state(), default=str)) for each in new)
    return {"models": len(new), "kB": size / 1000, "ms": took * 1000}


def main() -> None:
    """Count and print."""
    print(f"{'':8}{'models':>8}{'kB':>8}{'kernel ms':>11}")
    for way in WAYS:
        form(way)
        drawn = count(way)
        print(f"{way:8}{drawn['models']:8.0f}{drawn['kB']:8.0f}{drawn['ms']:11.1f}")


if __name__ == "__main__":
    main()
