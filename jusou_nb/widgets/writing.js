// Helps to write in a typed box: the reading of a name is heard while it is converted, a day is
// picked from a calendar. Stands before controls.js, which calls `aids`.

const KANA = /^[\p{Script=Hiragana}\p{Script=Katakana}ー]+/u;

// What an input method shows before it converts is the reading of what it then writes.
function hearReading(model, control) {
  const heard = [];
  let kana = "";
  const tell = () => {
    if (!control.value) heard.length = 0;
    model.set("sound", readingOf(control.value, heard));
  };
  control.addEventListener("compositionstart", () => (kana = ""));
  control.addEventListener("compositionupdate", ({ data }) => {
    // A half-typed consonant stands behind the kana: みほn.
    const found = (data ?? "").normalize("NFKC").match(/^(.*?)[a-z]*$/su)[1];
    if (found && found.match(KANA)?.[0] === found) kana = found;
  });
  control.addEventListener("compositionend", ({ data }) => {
    if (data && kana) heard.unshift({ written: data, kana });
    tell();
  });
  control.addEventListener("input", (event) => event.isComposing || tell());
}

// The reading of the whole name in katakana, or nothing where a part of it was never heard.
function readingOf(text, heard) {
  let sound = "";
  for (let rest = text; rest; ) {
    const known = heard.find(({ written }) => rest.startsWith(written));
    const plain = rest.match(/^[\s\p{Script=Hiragana}\p{Script=Katakana}ー]/u);
    if (!known && !plain) return "";
    sound += known ? known.kana : plain[0];
    rest = rest.slice(known ? known.written.length : 1);
  }
  return sound.replace(/[ぁ-ゖ]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0x60));
}

// Fills an empty box with the reading that was heard; what somebody typed is left alone.
async function offerReading(model, control, line, signal) {
  const source = await model.widget_manager.get_model(model.get("sound_from"));
  const told = make("p", { class: "jusou-note", role: "status" });
  line.append(told);
  let offered = "";
  const fill = () => {
    const sound = source.get("sound");
    if (!sound || (control.value !== "" && control.value !== offered)) return;
    offered = control.value = sound;
    told.textContent = "変換する前の読みを入れました。確かめてください";
    control.dispatchEvent(new Event("input"));
  };
  control.addEventListener("input", (event) => event.isTrusted && (told.textContent = ""));
  source.on("change:sound", fill);
  signal.addEventListener("abort", () => source.off("change:sound", fill));
}

// A calendar beside what is typed, never instead of it; Alt+↓ opens it as in a list.
function calendar(model, control) {
  const day = make("input", { type: "date", class: "jusou-day", tabindex: "-1", "aria-hidden": "true" });
  const label = `${model.get("label")}をカレンダーで選ぶ`;
  const button = make("button", { type: "button", class: "jusou-pick", tabindex: "-1", "aria-label": label, title: label });
  const open = () => {
    day.value = model.get("day");
    day.showPicker();
  };
  button.addEventListener("click", open);
  control.setAttribute("aria-keyshortcuts", "Alt+ArrowDown");
  control.addEventListener("keydown", (event) => {
    if (!event.altKey || event.key !== "ArrowDown") return;
    event.preventDefault();
    open();
  });
  day.addEventListener("change", () => {
    if (!day.value) return;
    const clock = control.value.match(/\s+\d{1,2}:\d{2}\s*$/)?.[0] ?? "";
    control.value = day.value.replaceAll("-", "/") + clock;
    control.dispatchEvent(new Event("input"));
    control.focus();
  });
  const place = make("span", { class: "jusou-calendar" }, day, button);
  control.after(place);
}

function aids(model, control, line, signal) {
  if (model.get("readonly")) return;
  if (model.get("is_heard")) hearReading(model, control);
  if (model.get("sound_from")) offerReading(model, control, line, signal);
  if (model.get("picks")) calendar(model, control);
}
