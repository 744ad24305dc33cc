// A finished paper shown on the desk. Its text comes when it is asked for and is kept nowhere.
function press(words, does, look = "outlined") {
  const button = make("button", { type: "button" }, words);
  button.className = `jusou-button jusou-button-${look}`;
  button.addEventListener("click", does);
  return button;
}

function chooser(words, change) {
  const select = make("select", { class: "jusou-input" });
  select.addEventListener("change", change);
  return { select, label: make("label", { class: "jusou-chooser" }, words, select) };
}

function options(select, entries) {
  select.replaceChildren(...entries.map(([value, text]) => make("option", { value }, text)));
}

function groups(papers) {
  return [...new Set(papers.map((paper) => paper.group))];
}

class Shown {
  constructor(model, el) {
    Object.assign(this, { model, el, place: -1, text: "", tab: null });
    this.basis = chooser("会議の種類", () => this.turn(this.within()[0]?.[0] ?? -1));
    this.recipient = chooser("渡す先", () => this.turn(Number(this.recipient.select.value)));
    this.look = press("この画面で見る", () => this.open(), "filled");
    this.tabbed = press("新しいタブで開く", () => this.openTab());
    this.said = make("p", { role: "status", class: "jusou-preview-said" });
    this.sheet = make("div", { class: "jusou-preview-sheet" });
    const choice = make("div", { class: "jusou-preview-choice" }, this.basis.label, this.recipient.label, this.look, this.tabbed);
    this.note = make("p", { class: "jusou-preview-note" });
    el.append(this.note, choice, this.said, this.sheet);
  }

  within() {
    const group = this.basis.select.value;
    const entries = this.model.get("papers").map((paper, place) => [place, paper]);
    return entries.filter(([, paper]) => paper.group === group).map(([place, paper]) => [place, paper.label]);
  }

  draw() {
    const papers = this.model.get("papers");
    this.el.hidden = !papers.length;
    this.note.textContent = this.model.get("note");
    this.note.hidden = !this.model.get("note");
    // To look is the next step only when the papers were made just now.
    const look = this.model.get("note") ? "outlined" : "filled";
    this.look.className = `jusou-button jusou-button-${look}`;
    this.close();
    options(this.basis.select, groups(papers).map((group) => [group, group]));
    this.basis.label.hidden = groups(papers).length < 2;
    this.turn(papers.length ? 0 : -1);
  }

  // Another paper is chosen: what is open follows, what is closed stays closed.
  turn(place) {
    this.place = place;
    options(this.recipient.select, this.within());
    this.recipient.select.value = String(place);
    if (this.frame) this.open();
  }

  ask(tab) {
    this.tab = tab;
    this.said.textContent = "資料を読み込んでいます。";
    this.model.send({ read: this.place });
  }

  open() {
    this.ask(null);
  }

  openTab() {
    // Opened with the click itself: a tab opened later would be stopped as a pop-up.
    this.ask(window.open("about:blank"));
  }

  heard(message) {
    if (message.read !== this.place) return;
    this.text = message.text;
    const paper = this.model.get("papers")[this.place];
    if (this.tab) {
      this.tab.location = this.address();
      this.said.textContent = "新しいタブで開きました。";
      this.tab = null;
      return;
    }
    this.show(paper);
  }

  address() {
    return URL.createObjectURL(new Blob([this.text], { type: "text/html;charset=utf-8" }));
  }

  show(paper) {
    const title = `${paper.group}　${paper.label}`;
    const first = !this.frame;
    if (first) this.build();
    // No script runs in it; same origin only so that it can be printed from here.
    this.frame.title = `資料の画面　${title}`;
    this.frame.srcdoc = this.text;
    this.said.textContent = `${title}を表示しています。`;
    if (first) this.print.focus();
  }

  build() {
    this.print = press("印刷", () => this.frame.contentWindow.print());
    const step = (way) => () => this.step(way);
    const bar = make("div", { class: "jusou-preview-bar", role: "toolbar", "aria-label": "資料の画面" },
      press("前の部", step(-1)), press("次の部", step(1)), this.print,
      press("保存", () => this.save()), press("閉じる", () => this.shut()));
    this.frame = make("iframe", { class: "jusou-preview-frame", tabindex: 0 });
    this.frame.setAttribute("sandbox", "allow-same-origin allow-modals");
    this.sheet.replaceChildren(bar, this.frame);
  }

  step(way) {
    const there = this.model.get("papers").length;
    const place = this.place + way;
    if (place < 0 || place >= there) {
      this.said.textContent = way < 0 ? "最初の部です。" : "最後の部です。";
      return;
    }
    this.basis.select.value = this.model.get("papers")[place].group;
    this.turn(place);
  }

  save() {
    const link = make("a", { href: this.address(), download: this.model.get("papers")[this.place].name });
    link.click();
    URL.revokeObjectURL(link.href);
    this.said.textContent = "保存しました。";
  }

  shut() {
    this.close();
    this.look.focus();
  }

  close() {
    this.text = "";
    this.frame = null;
    this.sheet.replaceChildren();
    this.said.textContent = "";
  }
}

function render({ model, el }) {
  el.classList.add("jusou-preview", "jusou-part");
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  const shown = new Shown(model, el);
  for (const name of ["papers", "note"]) model.on(`change:${name}`, () => shown.draw());
  model.on("msg:custom", (message) => shown.heard(message));
  shown.draw();
  return () => shown.close();
}

export default { render };
