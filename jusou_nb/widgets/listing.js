// A table whose headings sort it and whose first column chooses a row.
function text(cell) {
  // <del> is read out as deleted, where a line alone would only be seen.
  const span = document.createElement(cell.struck ? "del" : "span");
  span.textContent = cell.text;
  if (cell.title) span.title = cell.title;
  if (cell.chip) span.className = `jusou-chip jusou-chip-${cell.chip}`;
  return span;
}

function chooser(model, cell, place) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "jusou-link";
  button.append(text(cell));
  button.addEventListener("click", () => model.send({ choose: place }));
  return button;
}

function ticker(model, cell, place) {
  const label = document.createElement("label");
  label.className = "jusou-row-tick";
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = cell.chip === "ticked";
  box.dataset.place = place;
  box.addEventListener("change", () => model.send({ choose: place }));
  label.append(box, cell.text);
  return label;
}

function first(model, cell, place) {
  if (!model.get("can_choose")) return text(cell);
  return cell.chip.endsWith("ticked") ? ticker(model, cell, place) : chooser(model, cell, place);
}

// A name or number stays on one line; a sentence that chooses its row gives way.
const ONE_LINE = 20;
// About eight lines of a column: what is longer is read where the row opens.
const LONG = 240;

function manner(model, cell, column) {
  // Only a day has both a hint and an order of its own.
  const day = cell.title && cell.sort;
  if (day || (column === 0 && cell.text.length <= ONE_LINE)) return ["jusou-one-line"];
  return model.get("can_choose") && cell.text.length > LONG ? ["jusou-long"] : [];
}

function bodyRow(model, cells, place) {
  const row = document.createElement("tr");
  cells.forEach((cell, column) => {
    const box = document.createElement(column === 0 ? "th" : "td");
    if (column === 0) box.scope = "row";
    box.classList.add(...manner(model, cell, column));
    box.append(column === 0 ? first(model, cell, place) : text(cell));
    row.append(box);
  });
  return row;
}

function sorted(model, order) {
  const rows = model.get("rows").map((cells, place) => ({ cells, place }));
  if (order.column === null) return rows;
  const key = (row) => row.cells[order.column].sort || row.cells[order.column].text;
  const way = order.down ? -1 : 1;
  return rows.sort((a, b) => way * key(a).localeCompare(key(b), "ja", { numeric: true }));
}

function heading(model, order, label, column, again) {
  const box = document.createElement("th");
  box.scope = "col";
  const current = order.column === column;
  box.setAttribute("aria-sort", current ? (order.down ? "descending" : "ascending") : "none");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "jusou-sort";
  button.textContent = label + (current ? (order.down ? " ▼" : " ▲") : "");
  button.addEventListener("click", () => {
    order.down = current ? !order.down : false;
    order.column = column;
    again();
  });
  box.append(button);
  return box;
}

function draw(model, el, order) {
  const again = () => draw(model, el, order);
  // A tick redraws the table; the keyboard stays on the tick.
  const held = el.querySelector("input:focus")?.dataset.place;
  const table = document.createElement("table");
  table.className = "jusou-table";
  const caption = table.createCaption();
  caption.textContent = model.get("caption");
  const head = document.createElement("tr");
  head.append(...model.get("headings").map((h, i) => heading(model, order, h, i, again)));
  table.createTHead().append(head);
  const rows = sorted(model, order).map(({ cells, place }) => bodyRow(model, cells, place));
  table.createTBody().append(...rows);
  const nothing = document.createElement("p");
  nothing.className = "jusou-empty";
  nothing.textContent = rows.length ? "" : model.get("empty");
  el.replaceChildren(table, ...(rows.length ? [] : [nothing]));
  if (held !== undefined) el.querySelector(`input[data-place="${held}"]`)?.focus();
}

function render({ model, el }) {
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.classList.add("jusou-listing");
  const order = { column: null, down: false };
  const again = () => draw(model, el, order);
  for (const name of ["rows", "headings", "caption", "empty"]) model.on(`change:${name}`, again);
  again();
}

export default { render };
