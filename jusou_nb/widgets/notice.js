// A message: its word, its title, and a line for each point. Text only, never markup.
function draw(model, box) {
  const kind = model.get("kind");
  const urgent = kind === "error" || kind === "warning";
  box.className = `jusou-notice jusou-notice-${kind}`;
  box.setAttribute("role", urgent ? "alert" : "status");
  const head = document.createElement("p");
  head.className = "jusou-notice-title";
  const word = document.createElement("span");
  word.className = "jusou-notice-word";
  word.textContent = model.get("word");
  head.append(word, model.get("title"));
  const list = document.createElement("ul");
  for (const line of model.get("lines")) {
    const entry = document.createElement("li");
    entry.textContent = line;
    list.append(entry);
  }
  box.replaceChildren(head, ...(list.children.length ? [list] : []));
}

function takeFocus(box) {
  // The banner may become visible only with the next frame.
  requestAnimationFrame(() => requestAnimationFrame(() => {
    box.focus({ preventScroll: true });
    box.scrollIntoView({ block: "center" });
  }));
}

function render({ model, el }) {
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  const box = document.createElement("div");
  box.tabIndex = -1;
  el.append(box);
  const again = () => draw(model, box);
  for (const name of ["kind", "word", "title", "lines"]) model.on(`change:${name}`, again);
  model.on("change:calls", () => takeFocus(box));
  again();
  if (model.get("calls")) takeFocus(box);
}

export default { render };
