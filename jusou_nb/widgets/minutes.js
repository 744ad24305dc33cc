// The steps of a sitting while it is held; Alt with PageDown or PageUp goes on or back.
function step(model, entry, place) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "jusou-step";
  const chosen = place === model.get("chosen");
  if (chosen) button.setAttribute("aria-current", "step");
  const label = document.createElement("span");
  label.textContent = entry.label;
  const state = document.createElement("span");
  state.className = `jusou-chip jusou-chip-${entry.tone}`;
  state.textContent = entry.state;
  button.append(label, ...(entry.state ? [state] : []));
  button.addEventListener("click", () => model.send({ go: place }));
  const line = document.createElement("li");
  line.append(button);
  return line;
}

function draw(model, list) {
  list.setAttribute("aria-label", model.get("label"));
  const held = list.contains(document.activeElement);
  list.replaceChildren(...model.get("steps").map((entry, place) => step(model, entry, place)));
  if (held) list.querySelector("[aria-current]")?.focus();
}

// A button that is redrawn under the keyboard leaves it nowhere: the steps that are shown answer.
function isMeant(el, target) {
  const isNowhere = target === document.body && el.checkVisibility();
  return isNowhere || el.closest(".jusou-minutes")?.contains(target);
}

function onKey(model, el, state, event) {
  const way = { PageDown: 1, PageUp: -1 }[event.key];
  if (!way || !event.altKey || event.isComposing || !isMeant(el, event.target)) return;
  event.preventDefault();
  event.stopPropagation();
  const place = state.at + way;
  if (place < 0 || place >= model.get("steps").length) return;
  state.at = place;
  // What stands in the box is sent off before the page turns; the keyboard stays among the steps.
  el.querySelectorAll(".jusou-step")[place].focus();
  model.send({ go: place });
}

function render({ model, el }) {
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  const list = document.createElement("ol");
  list.className = "jusou-steps";
  const nav = document.createElement("nav");
  nav.setAttribute("aria-label", model.get("label"));
  nav.append(list);
  el.append(nav);
  const again = () => draw(model, list);
  // Where the keys have led to, which the page may not have reached yet.
  const state = { at: model.get("chosen") };
  const key = (event) => onKey(model, el, state, event);
  model.on("change:chosen", () => {
    state.at = model.get("chosen");
  });
  document.addEventListener("keydown", key, true);
  for (const name of ["steps", "chosen", "label"]) model.on(`change:${name}`, again);
  again();
  return () => document.removeEventListener("keydown", key, true);
}

export default { render };
