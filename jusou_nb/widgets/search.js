// 探す: results while typing, asked of the server, so that a busy kernel keeps nobody waiting.
// server.js stands in front of this file. What is typed travels in the body of a POST and
// is kept nowhere.

const REST = 80;
// While a word is still being converted the list changes less often, and never to nothing.
const REST_IN_CONVERSION = 250;
const HALF_A_KANA = /[a-zａ-ｚ]$/i;

function line(hit, id) {
  const option = make("li", "jusou-found-hit");
  option.id = id;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  const first = make("span", "jusou-found-who");
  first.append(make("strong", "", hit.title));
  if (hit.status) first.append(" ", make("span", "jusou-chip jusou-chip-plain", hit.status));
  const facts = [hit.detail, hit.worker && `担当 ${hit.worker}`, hit.contact];
  first.append(" ", make("span", "jusou-found-facts", facts.filter(Boolean).join("・")));
  const second = make("span", "jusou-found-where", `${hit.label}：${hit.before}`);
  second.append(make("mark", "", hit.match), hit.after);
  option.append(first, second);
  return option;
}

function groupOf(found, at, options) {
  const group = make("ul", "jusou-found-group");
  group.setAttribute("role", "group");
  const more = found.is_more ? "件以上" : "件";
  group.setAttribute("aria-label", `${found.name} ${found.count}${more}`);
  const heading = make("li", "jusou-found-name", `${found.name}（${found.count}${more}）`);
  heading.setAttribute("role", "presentation");
  const lines = found.hits.map((hit, place) => {
    const option = line(hit, `${at}-${place}`);
    options.push({ option, hit });
    return option;
  });
  group.append(heading, ...lines);
  const rest = found.count - found.hits.length;
  if (rest > 0) {
    const said = `ほか${rest}${more}。言葉を足すと、しぼれます`;
    const last = make("li", "jusou-found-rest", said);
    last.setAttribute("role", "presentation");
    group.append(last);
  }
  return group;
}

// One question at a time: what was typed meanwhile is asked when the answer has come.
function asker(model, show, fail) {
  let busy = false;
  let waiting = null;
  let turn = 0;
  const answers = new Map();
  model.on("msg:custom", (said) => {
    answers.get(said.turn)?.(said);
    answers.delete(said.turn);
  });
  const byKernel = (words) => new Promise((done) => {
    turn += 1;
    answers.set(turn, done);
    model.send({ ask: words, turn });
  });
  const byServer = (words) =>
    askServer("search", { method: "POST", body: { words, store: model.get("store") } });
  async function ask(words) {
    if (!model.get("store")) return byKernel(words);
    try {
      return await byServer(words);
    } catch (fault) {
      if (fault.status !== 404) throw fault;
      return byKernel(words);
    }
  }
  return async function look(words) {
    waiting = words;
    if (busy) return;
    busy = true;
    while (waiting !== null) {
      const asked = waiting;
      waiting = null;
      try {
        const found = await ask(asked);
        if (waiting === null) found.message ? fail(found.message) : show(found);
      } catch (fault) {
        fail(fault.message);
      }
    }
    busy = false;
  };
}

function render({ model, el }) {
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.classList.add("jusou-finder");
  const name = `jusou-find-${Math.random().toString(36).slice(2, 8)}`;
  const label = make("label", "jusou-label", model.get("label"));
  label.htmlFor = name;
  const support = make("p", "jusou-support", model.get("support"));
  support.id = `${name}-support`;
  const input = make("input", "jusou-input");
  Object.assign(input, { id: name, type: "text", autocomplete: "off", spellcheck: false });
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", `${name}-list`);
  input.setAttribute("aria-describedby", `${name}-support`);
  const list = make("div", "jusou-found");
  list.id = `${name}-list`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "見つかったもの");
  list.hidden = true;
  const status = make("p", "jusou-found-said");
  status.setAttribute("role", "status");
  el.append(label, support, input, status, list);

  let options = [];
  let at = -1;
  let timer = 0;

  function mark(place) {
    options[at]?.option.setAttribute("aria-selected", "false");
    at = place;
    const chosen = options[at]?.option;
    chosen?.setAttribute("aria-selected", "true");
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  }

  function show({ groups, short }) {
    options = [];
    list.replaceChildren(...groups.map((g, n) => groupOf(g, `${name}-${n}`, options)));
    list.hidden = options.length === 0 || !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
    const count = groups.reduce((sum, group) => sum + group.count, 0);
    const nothing = "見つかりません。表記や言葉を変えてみてください";
    status.textContent = short ? hint() : count ? `${count}件。↓で選び、Enterで開きます` : nothing;
  }

  const hint = () => (input.value.trim() ? "2文字から探します" : "");

  function fail(message) {
    close();
    status.textContent = message;
  }

  const look = asker(model, show, fail);

  function typed(rest) {
    clearTimeout(timer);
    timer = setTimeout(() => look(input.value), rest);
  }

  function choose(place) {
    const hit = options[place]?.hit;
    if (!hit) return;
    close();
    status.textContent = `「${hit.title}」を選びました`;
    model.send({ choose: hit });
  }

  input.addEventListener("input", (event) => {
    if (!event.isComposing) typed(REST);
    else if (!HALF_A_KANA.test(input.value)) typed(REST_IN_CONVERSION);
  });
  input.addEventListener("compositionend", () => typed(REST));
  input.addEventListener("keydown", (event) => {
    // Enter and the arrows belong to the conversion as long as it lasts.
    if (event.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !list.hidden) {
      event.preventDefault();
      const next = at < 0 && step < 0 ? options.length - 1 : at + step;
      mark((next + options.length) % options.length);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(at);
    } else if (event.key === "Enter" && options.length && !list.hidden) {
      event.preventDefault();
      mark(0);
    } else if (event.key === "Escape") {
      close();
      status.textContent = "";
    }
  });
  list.addEventListener("mousedown", (event) => {
    const place = options.findIndex(({ option }) => option.contains(event.target));
    if (place < 0) return;
    event.preventDefault();
    choose(place);
  });
  model.on("change:focus_count", () => input.focus());
  model.on("change:said", () => { status.textContent = model.get("said"); });
  if (model.get("focus_count")) requestAnimationFrame(() => input.focus());
  return () => clearTimeout(timer);
}

export default { render };
