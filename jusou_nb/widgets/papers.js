// Progress in words and a bar, and finished papers that open in a new tab or are saved.
const SAVED = /\.(docx|xlsx|json)$/;

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

function draw(model, { bar, words, list, tabs }) {
  bar.hidden = !model.get("running");
  if (model.get("of")) {
    bar.max = model.get("of");
    bar.value = model.get("done");
  } else {
    bar.removeAttribute("value");
  }
  words.textContent = model.get("words");
  const files = model.get("files");
  list.replaceChildren(...files.map((name, place) => entry(model, name, place, tabs)));
}

function render({ model, el }) {
  el.classList.add("jusou-progress");
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", "資料の作成");
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  const list = document.createElement("ul");
  list.className = "jusou-files";
  el.append(bar, words, list);
  const parts = { bar, words, list, tabs: new Map() };
  const again = () => draw(model, parts);
  for (const name of ["done", "of", "words", "running", "files"]) model.on(`change:${name}`, again);
  model.on("msg:custom", (message, buffers) => opened(message, buffers, parts.tabs));
  again();
}

export default { render };
