// What each row becomes, a page at a time; cells that are wrong are mended in their place.
function mender(model, row, cell) {
  const input = make("input", "jusou-import-cell");
  input.value = cell.text;
  input.defaultValue = cell.text;
  input.dataset.key = `${row.line} ${cell.index}`;
  const send = () => {
    if (input.value === cell.text) return;
    model.send({ line: row.line, index: cell.index, text: input.value });
  };
  input.addEventListener("change", send);
  input.addEventListener("keydown", (event) => {
    // Enter that ends a conversion is no answer.
    if (event.key === "Enter" && !event.isComposing) send();
  });
  return make("label", "jusou-import-mend", make("span", "", cell.heading), input);
}

function lines(texts, className) {
  return texts.map((text) => make("p", className, text));
}

function bodyRow(model, row) {
  const head = make("th", "jusou-one-line", `${row.line}行目`);
  head.scope = "row";
  const chip = make("span", `jusou-chip jusou-chip-${row.tone}`, row.fate);
  const told = make("td", "");
  told.append(...lines(row.reasons, "jusou-import-reason"), ...lines(row.to_confirm, ""));
  if (row.to_confirm.length) {
    told.lastChild.before(make("span", "jusou-chip jusou-chip-confirm", "要確認"));
  }
  told.append(...row.cells.map((cell) => mender(model, row, cell)));
  const cells = [row.number, row.name].map((text) => make("td", "", text));
  return make("tr", "", head, ...cells, make("td", "", chip), told);
}

function table(model) {
  const made = make("table", "jusou-table");
  made.createCaption().textContent = "1行ずつの結果";
  const head = make("tr");
  const headings = ["行", "受付番号", "氏名", "どうなるか", "理由・要確認・直すところ"];
  head.append(...headings.map((words) => {
    const cell = make("th", "", words);
    cell.scope = "col";
    return cell;
  }));
  made.createTHead().append(head);
  made.createTBody().append(...model.get("state").rows.map((row) => bodyRow(model, row)));
  return made;
}

function filters(model) {
  const { kinds, kind } = model.get("state");
  const made = make("fieldset", "jusou-import-kinds", make("legend", "", "見る行"));
  for (const { code, words } of kinds) {
    const box = make("input", "");
    box.type = "radio";
    box.name = "jusou-import-kind";
    box.checked = code === kind;
    box.dataset.key = `kind ${code}`;
    box.addEventListener("change", () => model.send({ kind: code, page: 0 }));
    made.append(make("label", "", box, words));
  }
  return made;
}

function pager(model) {
  const { page, pages, kind } = model.get("state");
  const bar = make("nav", "jusou-import-pages");
  bar.setAttribute("aria-label", "行の頁");
  const turn = (words, to) => {
    const button = make("button", "jusou-link", words);
    button.type = "button";
    button.disabled = to < 0 || to >= pages;
    button.dataset.key = words;
    button.addEventListener("click", () => model.send({ kind, page: to }));
    return button;
  };
  bar.append(turn("前の50行", page - 1), `${page + 1} / ${pages} 頁`, turn("次の50行", page + 1));
  return bar;
}

// What is being typed and was not sent yet is carried over into the new table.
function carried(el) {
  const held = el.contains(document.activeElement) ? document.activeElement : null;
  const typed = [...el.querySelectorAll(".jusou-import-cell")]
    .filter((input) => input.value !== input.defaultValue)
    .map((input) => [input.dataset.key, input.value]);
  return { key: held?.dataset.key, from: held?.selectionStart, typed };
}

function restore(el, { key, from, typed }) {
  const at = (name) => el.querySelector(`[data-key="${CSS.escape(name)}"]`);
  for (const [name, text] of typed) {
    const input = at(name);
    if (input) input.value = text;
  }
  if (!key) return;
  const again = at(key);
  again?.focus({ preventScroll: true });
  if (again?.type === "text" && typeof from === "number") again.setSelectionRange(from, from);
}

function draw(model, el, told) {
  const before = carried(el);
  const { rows, said } = model.get("state");
  const nothing = rows.length ? [] : [make("p", "jusou-empty", "この種類の行はありません。")];
  el.replaceChildren(filters(model), told, ...(rows.length ? [table(model)] : nothing), pager(model));
  if (told.textContent !== said) told.textContent = said;
  restore(el, before);
}

function render({ model, el }) {
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.classList.add("jusou-import-rows");
  const told = make("p", "jusou-lead");
  told.setAttribute("role", "status");
  let converting = false;
  const again = () => { if (!converting) draw(model, el, told); };
  el.addEventListener("compositionstart", () => { converting = true; });
  el.addEventListener("compositionend", () => { converting = false; });
  model.on("change:state", again);
  again();
}

export default { render };
