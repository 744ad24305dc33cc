// Who may be known already, told while a household is typed. Follows the models of the boxes in
// this page and asks the server, so a busy kernel does not matter. Stands after server.js.

const ASK_AFTER = 300; // ms after the last key
const WATCHED = "change:text change:typing";
const COMPARED = ["name", "kana", "birth", "address", "telephone"];

class Watcher {
  constructor(model, el, show) {
    Object.assign(this, { model, el, show, models: new Map(), timer: 0, asked: "" });
    this.isComposing = false;
  }

  async watch() {
    const manager = this.model.widget_manager;
    for (const id of this.model.get("people").flatMap((row) => Object.values(row))) {
      if (this.models.has(id)) continue;
      const box = await manager.get_model(id).catch(() => null);
      if (!box || this.models.has(id)) continue;
      this.models.set(id, box);
      box.on(WATCHED, this.later, this);
    }
    this.later();
  }

  leave() {
    clearTimeout(this.timer);
    for (const box of this.models.values()) box.off(null, null, this);
  }

  later() {
    clearTimeout(this.timer);
    if (!this.isComposing) this.timer = setTimeout(() => this.ask(), ASK_AFTER);
  }

  written() {
    return this.model.get("people").map((row) => {
      const said = {};
      for (const name of COMPARED) {
        const box = this.models.get(row[name]);
        said[name] = box ? (box.get("typing") ?? box.get("text")) : "";
      }
      return said;
    });
  }

  async ask() {
    const { model } = this;
    const body = { store: model.get("store"), people: this.written(), apart: model.get("apart") };
    const asked = JSON.stringify(body);
    if (!body.store || asked === this.asked || model.get("chosen")) return;
    this.asked = asked;
    try {
      const { found, more } = await askServer("alike", { method: "POST", body });
      if (asked !== this.asked) return; // somebody typed on meanwhile
      this.show(found, more);
      if (!model.get("served")) {
        model.set("served", true);
        model.save_changes();
      }
    } catch (fault) {
      this.asked = "";
      if (fault.status === 404) model.set("store", ""); // no server of ours: the kernel looks
    }
  }
}

function node(tag, className, text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function press(words, about, act) {
  const button = node("button", "jusou-button jusou-button-outlined", words);
  button.type = "button";
  button.setAttribute("aria-label", `${about}: ${words}`);
  button.addEventListener("click", act);
  const part = node("span", "jusou-part"); // the style sheet of buttons is written for parts
  part.append(button);
  return part;
}

function entry(model, hint, drop) {
  const line = node("li", "jusou-alike-one");
  const head = node("p", "jusou-alike-head");
  const tone = hint.strong ? "strong" : "plain";
  head.append(
    node("b", "", hint.name || "氏名不明"),
    node("span", `jusou-chip jusou-chip-${tone}`, hint.strength),
  );
  const last = hint.last ? `　最後の相談 ${hint.last}` : "";
  const facts = node("p", "jusou-alike-why", `${hint.why}　受付番号 ${hint.numbers}${last}`);
  const ways = node("div", "jusou-actions");
  const about = hint.name || "氏名不明";
  ways.append(
    press("同じ人です", about, () => model.send({ same: hint.person })),
    press("別の人です", about, () => {
      drop(hint.person);
      model.send({ apart: hint.person });
    }),
  );
  line.append(head, facts, ways);
  return line;
}

// What stays in sight must not hide the box in which somebody types.
function uncover(box) {
  const typed = document.activeElement;
  if (box.hidden || !typed?.closest(".jusou-entry") || box.contains(typed)) return;
  const [covers, covered] = [box.getBoundingClientRect(), typed.getBoundingClientRect()];
  if (covered.bottom > covers.top && covered.top < covers.bottom) {
    typed.scrollIntoView({ block: "center" });
  }
}

function draw(model, box, found, more, drop) {
  const hidden = !found.length || model.get("chosen");
  box.hidden = hidden;
  if (hidden) {
    box.replaceChildren();
    return;
  }
  const words = `前に受けた人かもしれません（${found.length + more}人）`;
  const list = node("ul", "jusou-alike-list");
  list.append(...found.map((hint) => entry(model, hint, drop)));
  const rest = more ? [node("p", "jusou-support", `ほか${more}人。住所や電話も書くと絞れます。`)] : [];
  box.replaceChildren(node("p", "jusou-alike-title", words), list, ...rest);
  requestAnimationFrame(() => uncover(box));
}

function render({ model, el, signal }) {
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.lang = "ja";
  const box = node("section", "jusou-alike");
  box.setAttribute("role", "status");
  box.setAttribute("aria-label", "前に受けた人かもしれない人");
  el.append(box);
  let [found, more] = [model.get("found"), model.get("more")];
  const again = () => draw(model, box, found, more, drop);
  const drop = (person) => {
    found = found.filter((hint) => hint.person !== person);
    again();
  };
  const watcher = new Watcher(model, el, (now, rest) => {
    [found, more] = [now, rest];
    again();
  });
  const on = (names, callback) => {
    model.on(names, callback);
    signal.addEventListener("abort", () => model.off(names, callback));
  };
  on("change:people", () => watcher.watch());
  on("change:apart", () => watcher.later());
  on("change:chosen", () => {
    watcher.asked = "";
    watcher.later();
    again();
  });
  on("change:found change:more", () => {
    if (model.get("served")) return;
    [found, more] = [model.get("found"), model.get("more")];
    again();
  });
  // Half-converted kana are nobody's name: nothing is asked while an input method holds text.
  document.addEventListener("compositionstart", () => {
    watcher.isComposing = true;
    clearTimeout(watcher.timer);
  }, { signal });
  document.addEventListener("compositionend", () => {
    watcher.isComposing = false;
    watcher.later();
  }, { signal });
  document.addEventListener("focusin", () => requestAnimationFrame(() => uncover(box)), { signal });
  signal.addEventListener("abort", () => watcher.leave());
  watcher.watch();
  again();
}

export default { render };
