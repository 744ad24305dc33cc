// Carries what stands in the boxes of a sheet to the server, past the kernel, and says how that
// went. It knows no form: its `sheets` name the models of the boxes. Stands after server.js.

const SEND_AFTER = 400; // ms from a key to the server; the promise is one second
const TRY_AGAIN = 2000;
const WAITS_LONG = 1200; // ms after which a request is said to wait
const LAST_WORDS = 60000; // bytes; more than 64 KB a leaving page may not send
const WATCHED = "change:text change:chosen change:typing";
const HERE = "書いたことはこの画面に残っています。";
const GONE = "画面の働きが止まりました。登録はできません。";
const OPEN_AGAIN = "画面を開き直し、「続きを書く」を押してください。";
const WAITS = "前の処理が終わりしだい進みます。";
const DEAD = ["dead", "terminating", "restarting", "autorestarting"];
const kept = new Map(); // by opening: what the server has; outlives a view that is turned away

// --- what stands in the boxes --------------------------------------------------------------

// Text that a control holds and has not sent to the kernel yet stands in `typing`.
function held(model, trait) {
  return trait === "text" ? (model.get("typing") ?? model.get("text")) : model.get("chosen");
}

function standing(boxes, models) {
  const found = {};
  for (const [name, [id, trait]] of Object.entries(boxes)) {
    const raw = models.get(id) && held(models.get(id), trait);
    if (raw && (trait === "text" ? raw.trim() : raw.length)) found[name] = raw;
  }
  return found;
}

function rowsOf(rows, models) {
  const found = rows.map(({ id, boxes }) => ({ id, boxes: boxes && standing(boxes, models) }));
  return found.filter(({ id, boxes }) => id !== null || boxes === null || Object.keys(boxes).length);
}

function written(sheet, models) {
  const boxes = standing(sheet.boxes, models);
  for (const [name, rows] of Object.entries(sheet.rows)) {
    const counting = rowsOf(rows, models);
    if (counting.length) boxes[name] = counting;
  }
  return { form: sheet.form, key: sheet.key, boxes, base: sheet.base };
}

function idsOf(sheets) {
  const rows = sheets.flatMap((sheet) => Object.values(sheet.rows).flat());
  const all = [...sheets, ...rows].flatMap(({ boxes }) => Object.values(boxes ?? {}));
  return all.map(([id]) => id);
}

// --- the courier -----------------------------------------------------------------------------

class Courier {
  constructor(model, say) {
    this.model = model;
    this.say = say;
    this.models = new Map();
    this.timer = 0;
    this.busy = false;
    this.fault = null;
    this.isDropped = false;
  }

  // A box that was never drawn has no model in this page yet; the next `sheets` names it again.
  async watch() {
    const manager = this.model.widget_manager;
    const missing = idsOf(this.model.get("sheets")).filter((id) => !this.models.has(id));
    const ask = async (id) => manager.get_model(id);
    const found = await Promise.all(missing.map((id) => ask(id).catch(() => null)));
    found.forEach((box, place) => {
      if (!box || this.models.has(missing[place])) return;
      this.models.set(missing[place], box);
      box.on(WATCHED, this.later, this);
      box.on("comm_live_update", () => this.say(this), this);
    });
  }

  leave() {
    clearTimeout(this.timer);
    for (const box of this.models.values()) box.off(null, null, this);
  }

  // The boxes were filled by the desk, not typed: nothing of this is a draft.
  async settle() {
    await this.watch();
    kept.set(this.opening, this.text());
    this.isDropped = false;
  }

  get opening() {
    return this.model.get("opening");
  }

  get isUnsaved() {
    return this.models.size > 0 && this.text() !== kept.get(this.opening);
  }

  text() {
    return JSON.stringify(this.model.get("sheets").map((sheet) => written(sheet, this.models)));
  }

  later() {
    if (!this.timer) this.timer = setTimeout(() => this.send(), this.fault ? TRY_AGAIN : SEND_AFTER);
  }

  // `leaving`: the page may be gone before the answer comes.
  async send(leaving = false) {
    clearTimeout(this.timer);
    this.timer = 0;
    if (!this.isUnsaved || !this.model.get("store")) return;
    if (this.busy && !leaving) return; // it looks again when the answer is there
    if (this.isDropped) this.begin();
    const [text, opening] = [this.text(), this.opening];
    const body = { store: this.model.get("store"), opening, sheets: JSON.parse(text) };
    this.busy = true;
    const slow = setTimeout(() => this.say(this, { isSlow: true }), WAITS_LONG);
    try {
      const keepalive = leaving && new Blob([text]).size < LAST_WORDS;
      const { saved_at: at } = await askServer("drafts", { method: "PUT", body, keepalive });
      kept.set(opening, text);
      this.fault = null;
      this.isDropped = at === null;
      this.say(this, { at });
    } catch (fault) {
      this.fault = fault;
      this.say(this);
    } finally {
      clearTimeout(slow);
      this.busy = false;
    }
    if (this.isUnsaved) this.later();
  }

  // Comes back when nothing is unsaved any more, or nobody looks at the sheet.
  async parting(signal) {
    while (this.isUnsaved && this.model.get("store") && !signal.aborted) {
      await this.send();
      if (this.isUnsaved) await new Promise((go) => setTimeout(go, SEND_AFTER));
    }
  }

  // This opening was thrown away elsewhere, and somebody goes on typing in it: a new one.
  begin() {
    const opening = `${Date.now().toString(16)}${Math.random().toString(16).slice(2, 8)}`;
    this.model.set("opening", opening);
    this.model.save_changes();
    this.isDropped = false;
  }

  // What the kernel can do now: "gone", "busy" or "there".
  kernel() {
    const kernel = this.model.widget_manager.kernel;
    if ([...this.models.values()].some((box) => box.comm_live === false)) return "gone";
    if (!kernel) return "there";
    if (DEAD.includes(kernel.status) || kernel.connectionStatus === "disconnected") return "gone";
    return kernel.status === "busy" ? "busy" : "there";
  }
}

// --- what the worker sees --------------------------------------------------------------------

// The bar at the bottom of JupyterLab says it too.
function tellPage(ok) {
  window.dispatchEvent(new CustomEvent("jusou:saving", { detail: { ok } }));
}

function speaker(model, el, signal) {
  const state = document.createElement("span");
  const alarm = document.createElement("p");
  state.setAttribute("role", "status");
  alarm.setAttribute("role", "alert");
  alarm.className = "jusou-courier-alarm";
  alarm.hidden = true;
  el.append(alarm, state);
  const put = (node, words) => {
    if (node.textContent !== words) node.textContent = words;
    node.hidden = !words;
  };
  let last = "";
  return (courier, { at = null, isSlow = false, waits = "" } = {}) => {
    if (at) last = `下書き保存済 ${at.slice(11, 19)}`;
    const fault = courier.fault;
    const unsaved = fault ? `下書きを保存できません。${fault.message}。${HERE}` : "";
    // A sheet that was put away has no kernel to miss; its last letters may still be on the way.
    const isGone = !signal.aborted && courier.kernel() === "gone";
    // To open it again while something is unsaved would be bad advice.
    const gone = isGone ? `${GONE}${unsaved ? "" : OPEN_AGAIN}` : "";
    put(alarm, `${unsaved}${gone}`);
    const slow = isSlow ? `下書きの保存を待っています。${HERE}` : "";
    put(state, waits || slow || (fault ? "" : last || model.get("said")));
    el.classList.toggle("jusou-courier-failing", Boolean(unsaved || gone));
    tellPage(!unsaved && !gone);
  };
}

// 登録 goes through the kernel: while that is busy or hangs the press waits, and it says so.
function answerPresses(el, courier, say, signal) {
  const kernel = courier.model.widget_manager.kernel;
  let slow = 0;
  const answered = (_, status) => {
    if (status !== "idle" || !slow) return;
    slow = clearTimeout(slow) ?? 0;
    say(courier);
  };
  const pressed = ({ target }) => {
    const bar = el.closest(".jusou-bar");
    if (!bar?.contains(target) || !target.closest("button")) return;
    courier.send();
    say(courier);
    clearTimeout(slow);
    slow = setTimeout(() => say(courier, { waits: `${WAITS}${HERE}` }), WAITS_LONG);
  };
  document.addEventListener("click", pressed, { capture: true, signal });
  kernel?.statusChanged.connect(answered);
  signal.addEventListener("abort", () => {
    clearTimeout(slow);
    kernel?.statusChanged.disconnect(answered);
  });
}

// Ctrl+Enter anywhere in a sheet is its filled button; Enter alone ends a conversion or a line.
function answerShortcut(el, signal) {
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (key !== "Enter" || event.isComposing || !(event.ctrlKey || event.metaKey)) return;
    const bar = el.closest(".jusou-bar");
    const sheet = bar?.closest(".jusou-entry");
    const go = bar?.querySelector(".jusou-button-filled");
    if (!go || target.closest(".jusou-entry") !== sheet) return;
    event.preventDefault();
    event.stopPropagation();
    // The box that is left sends what stands in it before the button is heard.
    go.focus();
    go.click();
  }, { capture: true, signal });
}

function mindLeaving(courier, signal) {
  const leave = () => courier.send(true);
  const hide = () => document.visibilityState === "hidden" && leave();
  window.addEventListener("pagehide", leave, { signal });
  document.addEventListener("visibilitychange", hide, { signal });
  window.addEventListener("online", () => courier.send(), { signal });
  document.addEventListener("focusout", () => courier.send(), { signal });
  // The desk is about to be opened afresh, which takes the sheet away.
  const part = ({ detail }) => detail.push(courier.parting(signal));
  window.addEventListener("jusou:parting", part, { signal });
  window.addEventListener("beforeunload", (event) => {
    if (!courier.isUnsaved || !courier.model.get("store")) return;
    leave();
    event.preventDefault();
  }, { signal });
}

function mindKernel(model, courier, say, signal) {
  const kernel = model.widget_manager.kernel;
  const look = () => say(courier);
  for (const heard of [kernel?.statusChanged, kernel?.connectionStatusChanged]) {
    heard?.connect(look);
    signal.addEventListener("abort", () => heard?.disconnect(look));
  }
}

// Tell the kernel that the server keeps the drafts; without one it does so itself.
async function findServer(model, courier, say) {
  if (!model.get("store")) return;
  const store = encodeURIComponent(model.get("store"));
  try {
    await askServer(`drafts?store=${store}`);
    model.set("served", true);
    model.save_changes();
  } catch (fault) {
    if (fault.status !== 404) courier.fault = fault;
    else model.set("store", "");
    say(courier);
  }
}

function render({ model, el, signal }) {
  el.classList.add("jusou-courier");
  el.lang = "ja";
  const say = speaker(model, el, signal);
  const courier = new Courier(model, say);
  const on = (name, callback) => {
    model.on(`change:${name}`, callback);
    signal.addEventListener("abort", () => model.off(`change:${name}`, callback));
  };
  on("sheets", async () => {
    await courier.watch();
    courier.later();
  });
  on("settled", () => courier.settle());
  on("said", () => say(courier));
  answerPresses(el, courier, say, signal);
  answerShortcut(el, signal);
  mindLeaving(courier, signal);
  mindKernel(model, courier, say, signal);
  signal.addEventListener("abort", () => {
    courier.send();
    courier.leave();
    tellPage(true);
  });
  const known = kept.has(courier.opening);
  (known ? courier.watch().then(() => courier.later()) : courier.settle()).then(() => say(courier));
  findServer(model, courier, say);
}

export default { render };
