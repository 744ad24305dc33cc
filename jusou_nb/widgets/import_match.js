// Which heading is which box, and what a text in a coded box stands for; both can be changed.
function option(value, words, chosen) {
  const made = make("option", "", words);
  made.value = value;
  made.selected = value === chosen;
  return made;
}

function table(caption, headings, rows) {
  const made = make("table", "jusou-table");
  made.createCaption().textContent = caption;
  const head = make("tr");
  head.append(...headings.map((words) => {
    const cell = make("th", "", words);
    cell.scope = "col";
    return cell;
  }));
  made.createTHead().append(head);
  made.createTBody().append(...rows);
  return made;
}

function line(first, ...cells) {
  const head = make("th", "", first);
  head.scope = "row";
  return make("tr", "", head, ...cells.map((cell) => make("td", "", cell)));
}

function chooser(label, key, change) {
  const select = make("select", "jusou-import-select");
  select.setAttribute("aria-label", label);
  select.dataset.key = key;
  select.addEventListener("change", () => change(select.value));
  return select;
}

function columnLine(model, column) {
  const select = chooser(`「${column.heading}」を入れる欄`, `column ${column.index}`, (code) => {
    model.send({ column: column.index, code });
  });
  select.append(option("", "どの欄でもない（「取込時の他の欄」に残す）", column.code));
  let group = null;
  for (const place of model.get("places")) {
    if (group?.label !== place.group) {
      group = make("optgroup", "");
      group.label = place.group;
      select.append(group);
    }
    group.append(option(place.code, place.label, column.code));
  }
  return line(column.heading, select, column.rule, column.example);
}

// Says "as it is written" in a select; no label of a list begins with a blank.
const AS_WRITTEN = " ";

function valueLine(model, value) {
  const key = `value ${value.code} ${value.text}`;
  const select = chooser(`${value.label}の「${value.text}」の読み方`, key, (label) => {
    const chosen = label === AS_WRITTEN ? null : label;
    model.send({ value: value.code, text: value.text, label: chosen });
  });
  const now = value.chosen ?? AS_WRITTEN;
  const plain = value.as_written || "選んでください";
  select.append(option(AS_WRITTEN, plain, now), option("", "空にする", now));
  select.append(...value.options.map((label) => option(label, label, now)));
  return line(`${value.label}「${value.text}」`, `${value.count}行`, select);
}

function folded(words, open, ...parts) {
  const made = make("details", "jusou-import-fold", make("summary", "", words), ...parts);
  made.open = open;
  return made;
}

function columnsPart(model) {
  const columns = model.get("columns");
  const strange = columns.filter((column) => !column.code);
  const rows = columns.map((column) => columnLine(model, column));
  const heads = ["ファイルの見出し", "入れる欄", "合わせ方", "はじめの値"];
  const words = `見出しの対応（${columns.length - strange.length}列が欄に合い、${strange.length}列は合いません）`;
  return [words, strange.length > 0, table("見出しの対応", heads, rows)];
}

function valuesParts(model) {
  const values = model.get("values");
  const strange = values.filter((value) => !value.read);
  const heads = ["欄と書かれた値", "行数", "読み方"];
  const of = (some, caption) => table(caption, heads, some.map((value) => valueLine(model, value)));
  const known = values.filter((value) => value.read);
  return [
    [`読めない値（${strange.length}種類）を選ぶ`, true, strange, () => of(strange, "読めない値")],
    [`読めた値（${known.length}種類）を確かめる`, false, known, () => of(known, "読めた値")],
  ];
}

function draw(model, el) {
  const held = el.contains(document.activeElement) ? document.activeElement.dataset.key : "";
  // What somebody opened or shut stays so while they choose.
  const before = new Map([...el.querySelectorAll("details")].map((d) => [d.dataset.key, d.open]));
  const [words, open, columns] = columnsPart(model);
  const parts = [];
  if (model.get("columns").length) parts.push(folded(words, open, columns));
  for (const [said, isOpen, some, make_] of valuesParts(model)) {
    parts.push(some.length ? folded(said, isOpen, make_()) : make("span", ""));
  }
  parts.forEach((part, place) => {
    part.dataset.key = String(place);
    if (before.has(String(place)) && before.get(String(place)) !== undefined) {
      part.open = before.get(String(place));
    }
  });
  el.replaceChildren(...parts);
  if (held) el.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus();
}

function render({ model, el }) {
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.classList.add("jusou-import-match");
  const again = () => draw(model, el);
  model.on("change:state", again);
  again();
}

export default { render };
