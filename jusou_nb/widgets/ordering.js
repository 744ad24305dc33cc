// The items of a sitting in their order: moved by buttons or Alt with an arrow, kept at rest.
const REST = 500;

function chip(word) {
  return make("span", "jusou-chip jusou-chip-plain", word);
}

class Order {
  constructor(model, el) {
    Object.assign(this, { model, timer: 0 });
    this.list = make("ol", "jusou-order");
    this.list.setAttribute("aria-label", model.get("label"));
    this.said = make("p", "jusou-order-said");
    this.said.setAttribute("role", "status");
    this.list.addEventListener("keydown", (event) => this.key(event));
    el.append(this.list, this.said);
    this.draw();
  }

  draw() {
    this.items = [...this.model.get("items")];
    this.list.replaceChildren(...this.items.map((item) => this.line(item)));
    this.number();
  }

  line(item) {
    const line = make("li", "jusou-order-line jusou-part");
    line.dataset.item = item.id;
    const number = make("span", "jusou-order-number");
    const title = make("span", "jusou-order-title", item.title);
    const chips = make("span", "", ...item.chips.map(chip));
    line.append(number, title, chips, this.button(item, "上へ", -1), this.button(item, "下へ", 1));
    return line;
  }

  button(item, words, way) {
    const button = make("button", "jusou-button jusou-button-outlined", words);
    button.type = "button";
    button.setAttribute("aria-label", `${item.title}を${words}`);
    button.setAttribute("aria-keyshortcuts", way < 0 ? "Alt+ArrowUp" : "Alt+ArrowDown");
    button.addEventListener("click", () => this.move(button.closest("li"), way, button));
    return button;
  }

  number() {
    const numbers = this.model.get("numbers");
    [...this.list.children].forEach((line, place) => {
      line.querySelector(".jusou-order-number").textContent = `${numbers[place]}番`;
    });
  }

  key(event) {
    const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const line = event.target.closest("li");
    if (!way || !line || event.ctrlKey || event.shiftKey || event.metaKey) return;
    event.preventDefault();
    if (event.altKey) this.move(line, way, event.target);
    else this.near(line, way)?.querySelectorAll("button")[way < 0 ? 0 : 1].focus();
  }

  near(line, way) {
    return way < 0 ? line.previousElementSibling : line.nextElementSibling;
  }

  move(line, way, held) {
    const other = this.near(line, way);
    const title = line.querySelector(".jusou-order-title").textContent;
    const count = this.list.children.length;
    if (!other) {
      this.said.textContent = `${title}は${way < 0 ? "最初" : "最後"}の案件です。`;
      return;
    }
    if (way < 0) other.before(line);
    else other.after(line);
    this.number();
    held.focus();
    const place = [...this.list.children].indexOf(line);
    this.said.textContent = `${title}を${this.model.get("numbers")[place]}番に動かしました（全${count}件）。`;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), REST);
  }

  keep() {
    this.timer = 0;
    this.model.send({ order: [...this.list.children].map((line) => Number(line.dataset.item)) });
  }

  end() {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.keep();
  }
}

function render({ model, el }) {
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  const order = new Order(model, el);
  model.on("change:items", () => order.draw());
  return () => order.end();
}

export default { render };
