// Who is called to which item, and how far each 事前シート is: one table, a tick a cell.
function heading(column) {
  const box = make("th", "", make("span", "jusou-grid-number", column.number), make("span", "", column.title));
  box.scope = "col";
  box.append(make("span", "jusou-chip jusou-chip-plain", column.basis));
  return box;
}

function cell(model, agency, column, state, at) {
  const room = make("div", "jusou-grid-cell");
  const box = make("td", "", room);
  if (state.barred) {
    room.append(make("span", "jusou-chip jusou-chip-plain", state.barred));
    return box;
  }
  const tick = document.createElement("input");
  tick.type = "checkbox";
  tick.checked = state.called;
  tick.disabled = model.get("readonly");
  tick.setAttribute("aria-label", `${agency}を${column.number}に呼ぶ`);
  tick.addEventListener("change", () => model.send({ tick: at, called: tick.checked }));
  room.append(make("label", "jusou-grid-tick", tick, "呼ぶ"));
  if (state.note) room.append(make("span", "jusou-grid-note", state.note));
  if (state.sheet) room.append(make("span", `jusou-chip jusou-chip-${state.tone}`, state.sheet));
  return box;
}

function draw(model, el) {
  const columns = model.get("columns");
  const held = el.querySelector("input:focus")?.getAttribute("aria-label");
  const table = make("table", "jusou-table jusou-grid");
  table.createCaption().textContent = model.get("caption");
  const head = make("tr", "");
  const corner = make("th", "", "機関");
  corner.scope = "col";
  head.append(corner, ...columns.map(heading));
  table.createTHead().append(head);
  const rows = model.get("rows").map((row, down) => {
    const name = make("th", "", row.name);
    name.scope = "row";
    const cells = row.cells.map((state, across) => cell(model, row.name, columns[across], state, [down, across]));
    return make("tr", "", name, ...cells);
  });
  table.createTBody().append(...rows);
  const around = make("div", "jusou-grid-around", table);
  around.tabIndex = 0;
  around.setAttribute("role", "region");
  around.setAttribute("aria-label", model.get("caption"));
  el.replaceChildren(around);
  if (held) [...el.querySelectorAll("input")].find((tick) => tick.getAttribute("aria-label") === held)?.focus();
}

function render({ model, el }) {
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.classList.add("jusou-listing");
  const again = () => draw(model, el);
  for (const name of ["rows", "columns", "caption", "readonly"]) model.on(`change:${name}`, again);
  again();
}

export default { render };
