// The tour: a box that is no dialog to be locked in, and a frame around the place it speaks of.
const HERE = "data-jusou-tour";
const EVERY = 250; // ms

function find(words) {
  const desk = document.querySelector(".jusou-desk");
  const named = (node) => (node.textContent ?? "").trim() === words;
  const parts = desk?.querySelectorAll("button, [role=tab], caption, h2, h3") ?? [];
  return [...parts].find((node) => named(node) && node.getClientRects().length);
}

function unmark() {
  for (const node of document.querySelectorAll(`[${HERE}]`)) node.removeAttribute(HERE);
}

// The page that was turned to arrives later, and may be drawn anew: look again and again.
function point(step, state) {
  clearInterval(state.looking);
  unmark();
  if (!step.target) return;
  let shown = false;
  const look = () => {
    const found = find(step.target);
    if (!found || found.hasAttribute(HERE)) return;
    unmark();
    found.setAttribute(HERE, "");
    if (!shown) found.scrollIntoView({ block: "center" });
    shown = true;
  };
  look();
  state.looking = setInterval(look, EVERY);
}

function go(model, place) {
  model.set("place", place);
  model.save_changes();
}

function press(words, className, act) {
  const button = make("button", className, words);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}

function content(model, step, place, count) {
  const title = make("h2", "jusou-tour-title", step.title);
  title.id = "jusou-tour-title";
  title.tabIndex = -1;
  const last = place + 1 === count;
  const buttons = make("div", "jusou-tour-buttons");
  if (place) buttons.append(press("戻る", "jusou-tour-plain", () => go(model, place - 1)));
  const words = last ? "終わる" : "次へ";
  buttons.append(press(words, "jusou-tour-next", () => go(model, last ? -1 : place + 1)));
  if (!last) buttons.append(press("閉じる", "jusou-tour-plain", () => go(model, -1)));
  const count_ = make("p", "jusou-tour-count", `${place + 1} / ${count}`);
  return [title, make("p", "jusou-tour-text", step.text), count_, buttons];
}

function draw(model, state) {
  clearInterval(state.looking);
  unmark();
  const steps = model.get("steps");
  const place = model.get("place");
  const step = steps[place];
  if (!step) {
    if (state.box.isConnected) {
      state.box.remove();
      if (state.from?.isConnected) state.from.focus();
    }
    return;
  }
  if (!state.box.isConnected) {
    state.from = document.activeElement;
    document.body.append(state.box);
  }
  state.box.replaceChildren(...content(model, step, place, steps.length));
  point(step, state);
  state.box.querySelector("h2").focus({ preventScroll: true });
}

function keyed(model, event) {
  const place = model.get("place");
  const last = model.get("steps").length - 1;
  const to = {
    Escape: -1,
    ArrowRight: Math.min(place + 1, last),
    ArrowLeft: Math.max(place - 1, 0),
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  if (to !== place) go(model, to);
}

function render({ model, el }) {
  el.style.display = "none";
  const box = make("section", "jusou-tour");
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-labelledby", "jusou-tour-title");
  box.setAttribute("data-lm-suppress-shortcuts", "true");
  const state = { box, looking: 0, from: null };
  box.addEventListener("keydown", (event) => keyed(model, event));
  const again = () => draw(model, state);
  model.on("change:place", again);
  again();
  return () => {
    model.off("change:place", again);
    clearInterval(state.looking);
    unmark();
    box.remove();
  };
}

export default { render };
