// The client's page but for its sheets: the head, what to do next, the household at a glance,
// every form. Drawn from one description; DOM calls only, so that no text is read as markup.

function press(model, said, look = "outlined") {
  const plain = look === "link";
  const button = make("button", {
    type: "button",
    class: plain ? "jusou-link" : `jusou-button jusou-button-${look}`,
    "aria-label": said.about ? `${said.words}（${said.about}）` : null,
  }, said.words);
  button.addEventListener("click", () => model.send({ act: said.act }));
  // The style sheet of buttons is written for those that stand in a part.
  return plain ? button : make("span", { class: "jusou-part jusou-case-press" }, button);
}

function chip(word, tone = "plain") {
  return make("span", { class: `jusou-chip jusou-chip-${tone}` }, word);
}

// --- head ---------------------------------------------------------------------------------

function strip(said) {
  const words = said.cautions.map((c) => make("li", {}, make("span", {
    class: "jusou-chip jusou-chip-caution",
  }, make("span", { "aria-hidden": "true" }, "⚠ "), c.word)));
  return make("div", { class: "jusou-case-strip" },
    make("h2", { class: "jusou-h2 jusou-case-name" }, said.name,
      make("span", { class: "jusou-case-number" }, said.number)),
    make("p", { class: "jusou-chips" }, ...said.chips.map(([word, tone]) => chip(word, tone))),
    words.length ? make("ul", { class: "jusou-case-words", "aria-label": "注意" }, ...words) : null);
}

function way(said) {
  const steps = said.way.map((step) => make("li", {
    class: `jusou-way-step jusou-way-${step.reached}`,
    "aria-current": step.reached === "current" ? "step" : null,
  }, make("span", { class: "jusou-way-label" }, step.label),
    make("span", { class: "jusou-way-word" }, step.word)));
  return make("nav", { "aria-label": "段階" }, make("ol", { class: "jusou-way" }, ...steps));
}

function facts(said) {
  const pairs = said.facts.map(([label, text]) => make("div", {},
    make("dt", {}, label), make("dd", {}, text)));
  return make("dl", { class: "jusou-case-facts" }, ...pairs);
}

function cautions(said) {
  const told = said.cautions.filter((c) => c.whose || c.said);
  if (!told.length) return null;
  const lines = told.map((c) => make("li", {}, make("b", {}, c.word),
    c.whose ? `（${c.whose}）` : "", c.said ? `：${c.said}` : ""));
  return make("section", { class: "jusou-case-cautions", "aria-label": "注意すること" },
    make("ul", {}, ...lines));
}

function head(model, el) {
  const said = model.get("said");
  if (!said.name) return el.replaceChildren();
  el.replaceChildren(...[strip(said), facts(said), way(said), cautions(said)].filter(Boolean));
}

// --- at a glance --------------------------------------------------------------------------

function nextStep(model, said) {
  const [first, ...others] = said.steps;
  const acts = first.acts.map((act, n) => press(model, act, n || said.calm ? "outlined" : "filled"));
  const late = first.late ? chip("期限超過", "late") : null;
  const box = make("section", { class: "jusou-next", "aria-label": "次の一手" },
    make("h3", { class: "jusou-h3" }, "次の一手"),
    make("p", { class: "jusou-next-words" }, late, first.words),
    make("p", { class: "jusou-next-because" }, make("b", {}, "理由　"), first.because),
    make("div", { class: "jusou-actions" }, ...acts));
  if (others.length) box.append(waiting(model, others));
  return box;
}

function waiting(model, steps) {
  const lines = steps.map((step) => make("li", {},
    make("span", {}, step.late ? chip("期限超過", "late") : null, step.words),
    make("span", { class: "jusou-next-because" }, step.because),
    make("span", { class: "jusou-case-links" },
      ...step.acts.map((act) => press(model, { ...act, about: step.words }, "link")))));
  return make("details", { class: "jusou-waiting" },
    make("summary", {}, `ほかに待っていること（${steps.length}件）`),
    make("ul", {}, ...lines));
}

function cell(model, said) {
  if (typeof said === "string") return said;
  const parts = [];
  if (said.act !== undefined) parts.push(press(model, said, "link"));
  else if (said.text) parts.push(make("span", { title: said.title || null }, said.text));
  for (const [word, tone] of said.chips || []) parts.push(" ", chip(word, tone));
  return make("span", {}, ...parts);
}

function table(model, card) {
  const row = (cells, tag) => make("tr", {}, ...cells.map((c, n) => make(
    tag === "th" || n === 0 ? "th" : "td",
    { scope: tag === "th" ? "col" : n === 0 ? "row" : null }, cell(model, c))));
  return make("div", { class: "jusou-case-scroll", tabindex: "0", role: "group", "aria-label": card.title },
    make("table", { class: "jusou-table" },
      make("thead", {}, row(card.headings, "th")),
      make("tbody", {}, ...card.rows.map((cells) => row(cells, "td")))));
}

function lines(model, card) {
  return make("ul", { class: "jusou-case-lines" }, ...card.lines.map((said) =>
    make("li", {}, ...said.map((part) => cell(model, part)).flatMap((p) => [p, " "]))));
}

// Our own drawings, read as XML: a script in them would not be one of ours, and none runs.
function drawing(svg) {
  const read = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  read.querySelectorAll("script, foreignObject").forEach((part) => part.remove());
  return document.importNode(read, true);
}

function figure(card, [title, svg]) {
  const dialog = make("dialog", { class: "jusou-case-large", "aria-label": title });
  const close = make("button", { type: "button", class: "jusou-button jusou-button-outlined" }, "閉じる");
  close.addEventListener("click", () => dialog.close());
  const told = make("details", {}, make("summary", {}, "図の文字での説明"),
    make("ul", {}, ...card.told.map((line) => make("li", {}, line))));
  dialog.append(make("div", { class: "jusou-part" }, close), make("h3", { class: "jusou-h3" }, title),
    drawing(svg), told);
  const open = make("button", { type: "button", class: "jusou-case-small", "aria-label": `${title}を大きく見る` });
  open.append(drawing(svg));
  open.addEventListener("click", () => dialog.showModal());
  return make("figure", {}, open, make("figcaption", {}, `${title}（押すと大きくなります）`), dialog);
}

function drawings(card) {
  const shown = card.drawings.map((one) => figure(card, one));
  return make("div", { class: "jusou-case-figures" }, ...shown,
    ...card.notes.map((note) => make("p", { class: "jusou-support" }, note)));
}

function card(model, said) {
  const body = said.drawings ? drawings(said)
    : said.rows && said.rows.length ? table(model, said)
    : said.lines && said.lines.length ? lines(model, said)
    : make("p", { class: "jusou-case-none" }, said.empty);
  const more = (said.acts || []).map((act) => press(model, act, "link"));
  return make("section", { class: `jusou-card${said.wide ? " jusou-card-wide" : ""}`, "aria-label": said.title },
    make("div", { class: "jusou-card-head" }, make("h3", { class: "jusou-h3" }, said.title), ...more),
    body);
}

function menu(model, said) {
  const groups = said.menu.map((group) => make("div", { class: "jusou-menu-group", role: "group", "aria-label": group.title },
    make("h4", {}, group.title),
    make("ul", {}, ...group.acts.map((act) => make("li", {}, press(model, act, "link"))))));
  return make("section", { class: "jusou-card jusou-card-wide", "aria-label": "書く・開く" },
    make("h3", { class: "jusou-h3" }, "書く・開く"),
    make("div", { class: "jusou-actions" }, ...said.first.map((act) => press(model, act))),
    make("div", { class: "jusou-menu" }, ...groups));
}

function glance(model, el) {
  const said = model.get("said");
  if (!said.steps) return el.replaceChildren();
  el.replaceChildren(nextStep(model, said),
    make("div", { class: "jusou-cards" }, ...said.cards.map((one) => card(model, one))),
    menu(model, said));
}

const DRAWN = { head, glance };

function render({ model, el, signal }) {
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.classList.add("jusou-case", `jusou-case-${model.get("kind")}`);
  const again = () => DRAWN[model.get("kind")](model, el);
  model.on("change:said", again);
  signal?.addEventListener("abort", () => model.off("change:said", again));
  again();
}

export default { render };
