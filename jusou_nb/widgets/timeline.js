// 時間の流れ: all lines are here; kind, person, words and days sift them without the kernel.

const ERAS = { R: 2018, 令和: 2018, H: 1988, 平成: 1988, S: 1925, 昭和: 1925, T: 1911, 大正: 1911, M: 1867, 明治: 1867 };
const PATTERN = /^(令和|平成|昭和|大正|明治|[RHSTM])?(元|\d{1,4})(?:年|[.\/-])?(\d{1,2})?(?:月|[.\/-])?(\d{1,2})?日?$/;

// Width, case and the two kana are one to whoever searches.
function folded(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[ァ-ヶ]/g,
    (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60)).replace(/\s+/g, "");
}

// R8.4.1, 令和8年4月, 2026/4/1, 2026: as ISO, as far as it was written; null where it is none.
export function read(text) {
  const plain = text.normalize("NFKC").toUpperCase().replace(/\s+/g, "");
  if (!plain) return "";
  const found = PATTERN.exec(plain);
  if (!found) return null;
  const [, era, said, month, day] = found;
  const number = said === "元" ? 1 : Number(said);
  const year = era ? ERAS[era] + number : number;
  if (year < 1868 || Number(month || 1) > 12 || Number(day || 1) > 31) return null;
  return [String(year), month, day].filter(Boolean).map((part) => part.padStart(2, "0")).join("-");
}

function within(day, from, to) {
  if (!from && !to) return true;
  if (!day) return false;
  // A day known to the year only is within if any of its days may be.
  return (!from || day.padEnd(10, "~") >= from) && (!to || day <= `${to}~`);
}

function options(names) {
  return [make("option", { value: "" }, "全員"), ...names.map((name) => make("option", { value: name }, name))];
}

function field(label, control, ...more) {
  return make("div", { class: "jusou-sift-box" }, make("label", { for: control.id }, label), control, ...more);
}

let serial = 0;

function controls(id) {
  const text = (name, attributes) => make("input", { id: `${id}-${name}`, class: "jusou-input", autocomplete: "off", ...attributes });
  const error = make("p", { id: `${id}-error`, class: "jusou-error", hidden: true }, "＊日付は R8.4.1 や 2026/4/1 のように入れてください");
  return {
    kinds: make("fieldset", { class: "jusou-sift-kinds" }),
    whose: make("select", { id: `${id}-whose`, class: "jusou-select" }),
    words: text("words", { type: "search", placeholder: "" }),
    from: text("from", { type: "text", "aria-describedby": `${id}-error` }),
    to: text("to", { type: "text", "aria-describedby": `${id}-error` }),
    error,
    count: make("p", { class: "jusou-sift-count", role: "status" }),
    list: make("ol", { class: "jusou-flow", "aria-label": "時間の流れ" }),
    older: make("button", { type: "button", class: "jusou-button jusou-button-outlined" }),
    clear: make("button", { type: "button", class: "jusou-link" }, "絞り込みをやめる"),
  };
}

function line(model, said, place) {
  const open = make("button", { type: "button", class: "jusou-link jusou-flow-when" }, said.when);
  open.append(make("span", { class: "jusou-flow-hidden" }, `　${said.kind}を開く`));
  open.addEventListener("click", () => model.send({ open: place }));
  const kind = make("span", { class: "jusou-chip jusou-chip-plain" }, said.kind);
  const body = said.struck === undefined
    ? make("p", { class: "jusou-flow-words" }, said.words)
    : make("p", { class: "jusou-flow-words" }, make("del", {}, said.words), `（取消：${said.struck}）`);
  const whose = said.whose ? make("span", { class: "jusou-flow-whose" }, said.whose) : null;
  return make("li", { class: "jusou-flow-line" }, make("div", { class: "jusou-flow-day" }, open),
    make("div", { class: "jusou-flow-said" }, kind, whose, body));
}

function draw(model, parts, state) {
  const lines = model.get("lines");
  state.items = lines.map((said, place) => ({
    said, node: line(model, said, place), text: folded(`${said.when} ${said.kind} ${said.whose} ${said.words} ${said.struck || ""}`),
  }));
  parts.list.replaceChildren(...state.items.map((item) => item.node));
  parts.older.hidden = !model.get("older");
  parts.older.textContent = `古い ${model.get("older")}件も出す`;
  sift(model, parts, state);
}

function kinds(model, parts, state) {
  const boxes = model.get("kinds").map((kind) => {
    const tick = make("input", { type: "checkbox", value: kind });
    tick.checked = state.kinds.has(kind);
    tick.addEventListener("change", () => {
      state.kinds[tick.checked ? "add" : "delete"](kind);
      sift(model, parts, state);
    });
    return make("label", { class: "jusou-sift-kind" }, tick, kind);
  });
  parts.kinds.replaceChildren(make("legend", {}, "種類（選ばなければすべて）"), ...boxes);
}

function people(model, parts) {
  const before = parts.whose.value;
  parts.whose.replaceChildren(...options(model.get("people")));
  parts.whose.value = model.get("people").includes(before) ? before : "";
}

function dated(parts) {
  const days = [parts.from, parts.to].map((box) => {
    const day = read(box.value);
    box.setAttribute("aria-invalid", String(day === null));
    return day;
  });
  parts.error.hidden = !days.includes(null);
  return days.map((day) => day || "");
}

function sift(model, parts, state) {
  const [from, to] = dated(parts);
  const words = parts.words.value.split(/[\s　]+/).map(folded).filter(Boolean);
  const whose = parts.whose.value;
  let shown = 0;
  for (const { said, node, text } of state.items) {
    const fits = (!state.kinds.size || state.kinds.has(said.kind)) && (!whose || said.whose === whose)
      && words.every((word) => text.includes(word)) && within(said.day, from, to);
    node.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  const all = state.items.length;
  const rest = model.get("older") ? `（ほかに古い ${model.get("older")}件があります）` : "";
  const asked = state.kinds.size || whose || words.length || from || to;
  parts.count.textContent = asked ? `${all}件のうち ${shown}件${rest}` : `${all}件${rest}`;
  parts.clear.hidden = !asked;
}

function render({ model, el, signal }) {
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.classList.add("jusou-timeline");
  const id = `jusou-flow-${++serial}`;
  const parts = controls(id);
  const state = { kinds: new Set(), items: [] };
  const again = () => sift(model, parts, state);
  for (const box of [parts.words, parts.from, parts.to]) {
    // A conversion that is not settled yet is no word to look for.
    box.addEventListener("input", (event) => { if (!event.isComposing) again(); });
    box.addEventListener("compositionend", again);
  }
  parts.whose.addEventListener("change", again);
  parts.older.addEventListener("click", () => model.send({ older: true }));
  parts.clear.addEventListener("click", () => {
    state.kinds.clear();
    for (const box of [parts.words, parts.from, parts.to, parts.whose]) box.value = "";
    kinds(model, parts, state);
    again();
    parts.words.focus();
  });
  const sieve = make("div", { class: "jusou-sift", role: "search", "aria-label": "時間の流れを絞り込む" },
    make("div", { class: "jusou-sift-row" }, field("言葉", parts.words), field("だれの", parts.whose),
      field("いつから", parts.from), field("いつまで", parts.to)), parts.error, parts.kinds);
  el.replaceChildren(make("section", { class: "jusou-card jusou-card-wide", "aria-label": "時間の流れ" },
    make("h3", { class: "jusou-h3" }, "時間の流れ"), sieve,
    make("div", { class: "jusou-sift-told" }, parts.count, parts.clear),
    parts.list, make("div", { class: "jusou-part" }, parts.older)));
  const drawn = { lines: () => draw(model, parts, state), older: () => draw(model, parts, state),
    kinds: () => kinds(model, parts, state), people: () => people(model, parts) };
  for (const [name, handler] of Object.entries(drawn)) {
    model.on(`change:${name}`, handler);
    signal?.addEventListener("abort", () => model.off(`change:${name}`, handler));
  }
  kinds(model, parts, state);
  people(model, parts);
  draw(model, parts, state);
}

export default { render };
