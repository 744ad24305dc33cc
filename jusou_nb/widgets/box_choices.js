// Two sides of a record and a choice on each line: a table whose last column holds radios.
function radio(model, row, [code, words], group) {
  const input = make("input");
  input.type = "radio";
  input.name = group;
  input.value = code;
  input.checked = row.chosen === code;
  input.dataset.key = row.key;
  input.addEventListener("change", () => model.send({ key: row.key, code }));
  return make("label", "jusou-choice", input, words);
}

function choice(model, row, stem, place) {
  if (!row.options.length) return make("span", "jusou-support", "自動で決まります");
  const field = make("fieldset", "jusou-choices");
  const legend = make("legend", "", `${row.label}をどちらにしますか`);
  const group = `${stem}-${place}`;
  field.append(legend, ...row.options.map((option) => radio(model, row, option, group)));
  return field;
}

function said(text) {
  return make("td", "jusou-side", text || "（空）");
}

function line(model, row, stem, place) {
  const head = make("th", "", row.label);
  head.scope = "row";
  const last = make("td", "", choice(model, row, stem, place));
  return make("tr", "", head, said(row.kept), said(row.gone), last);
}

function draw(model, el, stem) {
  // A choice redraws the table; the keyboard stays on it.
  const held = el.querySelector("input:focus");
  const place = held && { key: held.dataset.key, code: held.value };
  const table = make("table", "jusou-table jusou-two-sides");
  table.createCaption().textContent = model.get("caption");
  const head = make("tr", "", ...model.get("headings").map((words) => {
    const cell = make("th", "", words);
    cell.scope = "col";
    return cell;
  }));
  table.createTHead().append(head);
  table.createTBody().append(...model.get("rows").map((row, n) => line(model, row, stem, n)));
  el.replaceChildren(table);
  if (!place) return;
  const inputs = [...el.querySelectorAll("input")];
  inputs.find((i) => i.dataset.key === place.key && i.value === place.code)?.focus();
}

function render({ model, el, signal }) {
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.lang = "ja";
  el.classList.add("jusou-listing");
  // Two such tables stand on a page, and radios of one name are one group.
  const stem = `jusou-choices-${Math.random().toString(36).slice(2, 10)}`;
  const again = () => draw(model, el, stem);
  for (const name of ["rows", "caption", "headings"]) model.on(`change:${name}`, again);
  signal.addEventListener("abort", () => model.off(null, again));
  again();
}

export default { render };
