// Draws every control of every form: markup of the デジタル庁デザインシステム's kind, made from
// the state of one model. Knows nothing of any form; built with DOM calls only, so that no
// text is ever read as markup. No import, no request.

const SYNC_AFTER = 300; // ms after the last key; longer would make the draft late
let serial = 0;

// Each view listens until it is taken away; a model may be shown in several views.
function follow(model, signal, names, callback) {
  for (const name of names) {
    model.on(`change:${name}`, callback);
    signal.addEventListener("abort", () => model.off(`change:${name}`, callback));
  }
  callback();
}

function save(model, changes) {
  for (const [name, value] of Object.entries(changes)) model.set(name, value);
  model.save_changes();
}

// --- the frame of a box: label, support text, control, note, error -----------------------

function labelParts(model) {
  const needed = model.get("needed");
  const strict = model.get("required");
  return [
    make("span", { class: "jusou-label-text" }, model.get("label")),
    needed ? make("span", { class: strict ? "jusou-required" : "jusou-later" }, needed) : null,
    model.get("reported") ? make("span", { class: "jusou-reported" }, "国報告") : null,
    model.get("readonly") ? make("span", { class: "jusou-readonly" }, "編集不可") : null,
  ];
}

function describe(model, signal, ids, controls) {
  const help = model.get("support");
  const support = help ? make("p", { class: "jusou-support", id: ids.support }, help) : "";
  const note = make("p", { class: "jusou-note", id: ids.note, "aria-live": "polite" });
  const error = make("p", { class: "jusou-error", id: ids.error });
  follow(model, signal, ["note", "hint", "error"], () => {
    const said = model.get("error");
    const aside = model.get("note") || model.get("hint");
    note.textContent = aside;
    note.classList.toggle("jusou-hint", !model.get("note"));
    error.textContent = said ? `＊${said}` : "";
    note.hidden = !aside;
    error.hidden = !said;
    const told = [];
    if (help) told.push(ids.support);
    if (aside) told.push(ids.note);
    if (said) told.push(ids.error);
    for (const control of controls) {
      if (told.length) control.setAttribute("aria-describedby", told.join(" "));
      else control.removeAttribute("aria-describedby");
      if (said) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
  });
  return { support, note, error };
}

function names() {
  serial += 1;
  const stem = `jusou-${serial}-${Math.random().toString(36).slice(2, 8)}`;
  return { control: stem, support: `${stem}-s`, note: `${stem}-n`, error: `${stem}-e` };
}

// --- typed boxes ---------------------------------------------------------------------------

function typed(model, el, signal) {
  const ids = names();
  const many = model.get("lines") > 1;
  const control = make(many ? "textarea" : "input", {
    id: ids.control,
    class: "jusou-input",
    type: many ? null : "text",
    rows: many ? model.get("lines") : null,
    style: many ? `min-height: calc(${model.get("lines")} * 1.7em + 22px)` : null,
    inputmode: model.get("inputmode") || null,
    autocomplete: "off",
    spellcheck: "false",
    readonly: model.get("readonly"),
    "aria-required": model.get("required") ? "true" : null,
  });
  keepInStep(model, control, signal);
  const told = describe(model, signal, ids, [control]);
  const line = make("div", { class: "jusou-line" }, control, told.note);
  const label = make("label", { class: "jusou-label", for: ids.control }, ...labelParts(model));
  el.append(label, told.support, line, told.error);
  aids(model, control, line, signal);
}

// Text goes to the kernel a moment after typing and on leaving; never while an input method
// still holds it, or half-converted kana would be kept as the answer.
function keepInStep(model, control, signal) {
  let composing = false;
  let timer = 0;
  const send = (editing) => {
    clearTimeout(timer);
    save(model, { text: control.value, editing, typing: null });
  };
  const later = () => {
    clearTimeout(timer);
    model.set("typing", control.value); // kept by the draft at once, converted or not
    grow(control);
    if (!composing) timer = setTimeout(() => send(true), SYNC_AFTER);
  };
  control.addEventListener("compositionstart", () => {
    composing = true;
    clearTimeout(timer);
  });
  control.addEventListener("compositionend", () => {
    composing = false;
    later();
  });
  control.addEventListener("input", later);
  control.addEventListener("blur", () => send(false));
  signal.addEventListener("abort", () => clearTimeout(timer));
  follow(model, signal, ["text"], () => {
    if (composing || control.value === model.get("text")) return;
    control.value = model.get("text");
    model.set("typing", null);
    grow(control);
  });
}

function grow(control) {
  if (control.tagName !== "TEXTAREA" || CSS.supports("field-sizing", "content")) return;
  control.style.height = "auto";
  control.style.height = `${control.scrollHeight + 2}px`;
}

// --- chosen boxes --------------------------------------------------------------------------

function selected(model, el, signal) {
  const ids = names();
  const control = make("select", {
    id: ids.control,
    class: "jusou-input jusou-select",
    disabled: model.get("readonly"),
    "aria-required": model.get("required") ? "true" : null,
  });
  const fill = () => {
    const groups = grouped(model.get("options")).map(([name, options]) => {
      const lines = options.map((o) => make("option", { value: o.code }, o.label));
      return name ? [make("optgroup", { label: name }, ...lines)] : lines;
    });
    control.replaceChildren(make("option", { value: "" }, "選んでください"), ...groups.flat());
    control.value = model.get("chosen")[0] ?? "";
  };
  control.addEventListener("change", () => {
    save(model, { chosen: control.value ? [control.value] : [] });
  });
  follow(model, signal, ["options", "chosen"], fill);
  const told = describe(model, signal, ids, [control]);
  const label = make("label", { class: "jusou-label", for: ids.control }, ...labelParts(model));
  const line = make("div", { class: "jusou-line" }, control, told.note);
  el.append(label, told.support, line, told.error);
}

function grouped(options) {
  const groups = new Map();
  for (const option of options) {
    if (!groups.has(option.group)) groups.set(option.group, []);
    groups.get(option.group).push(option);
  }
  return [...groups];
}

function ticked(model, el, signal) {
  const ids = names();
  const many = model.get("kind") === "ticks";
  const area = make("div", { class: many ? "jusou-ticks" : "jusou-radios" });
  const field = make("fieldset", { class: "jusou-fieldset", disabled: model.get("readonly") });
  const legend = make("legend", { class: "jusou-label" }, ...labelParts(model));
  const told = describe(model, signal, ids, [field]);
  const choose = () => {
    const marks = [...area.querySelectorAll("input:checked")].map((mark) => mark.value);
    save(model, { chosen: marks.filter((code) => code !== "") });
  };
  follow(model, signal, ["options"], () => {
    area.replaceChildren(...marks(model, ids, many));
    area.classList.toggle("jusou-grouped", area.querySelector(".jusou-group") !== null);
    mark(area, model.get("chosen"), many);
  });
  follow(model, signal, ["chosen"], () => mark(area, model.get("chosen"), many));
  area.addEventListener("change", choose);
  const line = make("div", { class: "jusou-line" }, area, told.note);
  field.append(legend, told.support, line, told.error);
  el.append(field);
}

function marks(model, ids, many) {
  const draw = (option) => oneMark(option, ids, many);
  const groups = grouped(model.get("options"));
  if (groups.length < 2) return model.get("options").map(draw);
  return groups.map(([name, options], place) => {
    const id = `${ids.control}-g${place}`;
    const title = make("p", { class: "jusou-group-title", id }, name);
    const attributes = { class: "jusou-group", role: "group", "aria-labelledby": id };
    return make("div", attributes, title, ...options.map(draw));
  });
}

function oneMark(option, ids, many) {
  const type = many ? "checkbox" : "radio";
  const name = many ? null : ids.control;
  const input = make("input", { type, name, value: option.code });
  return make("label", { class: "jusou-mark" }, input, make("span", {}, option.label));
}

function mark(area, chosen, many) {
  for (const input of area.querySelectorAll("input")) {
    const none = !many && chosen.length === 0 && input.value === "";
    input.checked = none || chosen.includes(input.value);
  }
}

// --- what stands between the boxes -----------------------------------------------------------

function heading(model, el) {
  el.append(make("h3", { class: "jusou-heading" }, model.get("label")));
}

function pressed(model, el, signal) {
  const button = make("button", { type: "button" });
  button.addEventListener("click", () => model.send({ event: "press" }));
  follow(model, signal, ["label", "look", "readonly", "about"], () => {
    button.textContent = model.get("label");
    button.className = `jusou-button jusou-button-${model.get("look")}`;
    button.disabled = model.get("readonly");
    if (model.get("about")) button.setAttribute("aria-label", model.get("about"));
    else button.removeAttribute("aria-label");
  });
  el.append(button);
}

function rowHead(model, el, signal) {
  const title = make("h4", { class: "jusou-row-title" });
  const told = make("span", { class: "jusou-row-told", role: "status" });
  const button = (event) => {
    const made = make("button", { type: "button", class: "jusou-button jusou-button-text" });
    made.addEventListener("click", () => model.send({ event }));
    return made;
  };
  const open = button("unfold");
  const take = button("press");
  follow(model, signal, ["label", "gone", "closed", "support"], () => {
    const [label, gone] = [model.get("label"), model.get("gone")];
    title.textContent = label;
    told.textContent = gone ? `「${model.get("support")}」を削除しました` : model.get("support");
    open.hidden = gone || !model.get("closed");
    open.textContent = "開いて直す";
    take.textContent = gone ? "元に戻す" : "この行を削除";
    for (const made of [open, take]) made.setAttribute("aria-label", `${label}：${made.textContent}`);
  });
  el.append(title, told, open, take);
}

function summary(model, el, signal) {
  const title = make("h2", { class: "jusou-title" });
  const legend = make("p", { class: "jusou-legend" });
  const banner = make("div", { class: "jusou-banner jusou-banner-error", role: "alert", tabindex: "-1" });
  follow(model, signal, ["label", "support"], () => {
    title.textContent = model.get("label");
    legend.textContent = model.get("support");
    title.hidden = !model.get("label");
    legend.hidden = !model.get("support");
  });
  follow(model, signal, ["problems"], () => {
    const problems = model.get("problems");
    banner.hidden = problems.length === 0;
    const lines = problems.map((problem) => make("li", {}, problemLine(problem, el)));
    const head = make("p", { class: "jusou-banner-title" }, `${problems.length}件、確かめてください`);
    banner.replaceChildren(head, make("ul", {}, ...lines));
  });
  el.append(title, legend, banner);
}

function problemLine(problem, el) {
  if (!problem.anchor) return problem.text;
  const link = make("a", { href: `#${problem.anchor}` }, problem.text);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const form = el.closest(".jusou-form") ?? document;
    focusIn(form.querySelector(`[data-anchor="${problem.anchor}"]`));
  });
  return link;
}

function focusIn(place) {
  const control =
    place?.querySelector(".jusou-banner:not([hidden]), input:checked") ??
    place?.querySelector("input, textarea, select, button");
  control?.focus({ preventScroll: true });
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  place?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}

// --- one model, one view ---------------------------------------------------------------------

const DRAW = {
  text: typed,
  select: selected,
  radios: ticked,
  ticks: ticked,
  heading,
  press: pressed,
  row: rowHead,
  summary,
};

// JupyterLab's shortcuts (d d deletes the cell) would fire on ticks, lists and buttons. It looks
// for the mark on the focused element itself; one listener a page serves all that is ours.
function guardKeys(page) {
  if (page.dataset.jusouKeys) return;
  page.dataset.jusouKeys = "guarded";
  page.addEventListener("focusin", ({ target }) => {
    if (target.closest('[class*="jusou-"]')) {
      target.setAttribute("data-lm-suppress-shortcuts", "true");
    }
  });
}

guardKeys(document.documentElement);

const BOXES = new Set(["text", "select", "radios", "ticks"]);

function render({ model, el, signal }) {
  const kind = model.get("kind");
  el.classList.add("jusou-part", `jusou-part-${kind}`);
  el.classList.toggle("jusou-box", BOXES.has(kind));
  el.dataset.anchor = model.get("anchor");
  el.lang = "ja";
  DRAW[kind](model, el, signal);
  follow(model, signal, ["hidden", "wide", "reported"], () => {
    el.hidden = model.get("hidden");
    el.classList.toggle("jusou-wide", model.get("wide"));
    el.classList.toggle("jusou-thick", model.get("reported"));
  });
  follow(model, signal, ["focus_count"], () => {
    if (model.get("focus_count")) requestAnimationFrame(() => focusIn(el));
  });
}

export default { render };
