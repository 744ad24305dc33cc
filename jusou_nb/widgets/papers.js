// Progress in words and a bar, and finished papers that open in a new tab or are saved.
const SAVED = /\.(docx|xlsx|json)$/;
// More files than this are put away under one line: the preview is the shorter way.
const FEW = 3;
// Screen readers hear of the progress this often, and of its end.
const PAUSE = 3000;

function entry(model, name, place, tabs) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "jusou-link";
  const saved = SAVED.test(name);
  button.textContent = saved ? `${name}（保存する）` : `${name}（新しいタブで開く）`;
  button.addEventListener("click", () => {
    // Opened with the click itself: a tab opened later would be stopped as a pop-up.
    if (!saved) tabs.set(place, window.open("about:blank"));
    model.send({ open: place });
  });
  const line = document.createElement("li");
  line.append(button);
  return line;
}

function save(name, buffers) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(buffers));
  link.download = name;
  link.click();
}

// The paper holds no script and forbids itself every request (its CSP).
function opened(message, buffers, tabs) {
  if (message.opened === undefined) return;
  if (buffers?.length && SAVED.test(message.name)) {
    save(message.name, buffers);
    return;
  }
  const paper = buffers?.length
    ? new Blob(buffers, { type: "application/pdf" })
    : new Blob([message.text], { type: "text/html;charset=utf-8" });
  const tab = tabs.get(message.opened);
  if (tab) tab.location = URL.createObjectURL(paper);
}

function announce(model, parts) {
  const since = Date.now() - parts.heard;
  if (model.get("running") && since < PAUSE) return;
  parts.heard = Date.now();
  parts.told.textContent = model.get("words");
}

function listed(model, parts) {
  const files = model.get("files");
  parts.list.replaceChildren(...files.map((name, place) => entry(model, name, place, parts.tabs)));
  const many = files.length > FEW;
  parts.all.hidden = !files.length;
  // Open while they are few; whether the many are open is the worker's choice.
  if (many !== parts.many) parts.all.open = !many;
  parts.many = many;
  parts.summary.hidden = !many;
  parts.summary.textContent = `${files.length}個のファイルを一つずつ開く`;
}

function draw(model, parts) {
  const { bar, words } = parts;
  bar.hidden = !model.get("running");
  if (model.get("of")) {
    bar.max = model.get("of");
    bar.value = model.get("done");
  } else {
    bar.removeAttribute("value");
  }
  words.textContent = model.get("words");
  bar.setAttribute("aria-valuetext", model.get("words"));
  announce(model, parts);
  listed(model, parts);
}

function build(el) {
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", "資料の作成");
  const words = make("p", "jusou-progress-words");
  words.setAttribute("aria-hidden", "true");
  const told = make("p", "jusou-unseen");
  told.setAttribute("role", "status");
  const all = make("details", "jusou-files-all");
  const summary = document.createElement("summary");
  const list = make("ul", "jusou-files");
  all.append(summary, list);
  el.append(bar, words, told, all);
  return { bar, words, told, all, summary, list, tabs: new Map(), heard: 0 };
}

function render({ model, el }) {
  el.classList.add("jusou-progress");
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  const parts = build(el);
  const again = () => draw(model, parts);
  for (const name of ["done", "of", "words", "running", "files"]) model.on(`change:${name}`, again);
  model.on("msg:custom", (message, buffers) => opened(message, buffers, parts.tabs));
  again();
}

export default { render };
