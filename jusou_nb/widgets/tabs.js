// Tabs as the ARIA practices describe them: one stop for the Tab key, arrows move.
function draw(model, bar) {
  const chosen = model.get("chosen");
  bar.setAttribute("aria-label", model.get("label"));
  bar.replaceChildren(...model.get("names").map((name, place) => {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.className = "jusou-tab";
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-selected", String(place === chosen));
    tab.tabIndex = place === chosen ? 0 : -1;
    tab.textContent = name;
    tab.addEventListener("click", () => choose(model, bar, place));
    return tab;
  }));
}

function choose(model, bar, place) {
  if (place === model.get("chosen")) return rise(model, bar);
  model.set("chosen", place);
  model.save_changes();
}

function move(model, bar, event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const count = model.get("names").length;
  choose(model, bar, (model.get("chosen") + step + count) % count);
  bar.querySelector("[aria-selected=true]").focus();
}

// The page below has changed; its parts arrive with the next frames.
function rise(model, el) {
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const desk = el.closest(".jusou-desk");
    const room = desk?.querySelector(".jusou-room");
    room?.setAttribute("role", "tabpanel");
    room?.setAttribute("aria-label", model.get("names")[model.get("chosen")]);
    desk?.scrollIntoView({ block: "start" });
  }));
}

function render({ model, el }) {
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  const bar = document.createElement("div");
  bar.className = "jusou-tabs";
  bar.setAttribute("role", "tablist");
  bar.addEventListener("keydown", (event) => move(model, bar, event));
  el.append(bar);
  const again = () => draw(model, bar);
  for (const name of ["names", "chosen", "label"]) model.on(`change:${name}`, again);
  model.on("change:rises", () => rise(model, el));
  model.on("change:told", () => window.dispatchEvent(new CustomEvent("jusou:news")));
  again();
  // A desk that takes the place of a longer page begins at its top.
  rise(model, el);
  // What lists the store beside the desk looks again: a store may have just been chosen.
  window.dispatchEvent(new CustomEvent("jusou:news"));
}

export default { render };
