// The head of the desk: facts as text, and two buttons. Nothing is read as markup.
function press(model, words, place) {
  const button = make("button", "jusou-button jusou-button-text", words);
  button.type = "button";
  button.addEventListener("click", () => model.send({ press: place }));
  return button;
}

function draw(model, box) {
  const facts = model.get("facts").map(([label, value]) =>
    make("span", "", make("b", "", label), value),
  );
  const presses = model.get("words").map((words, place) => press(model, words, place));
  box.replaceChildren(
    make("h1", "jusou-h1", model.get("who")),
    make("p", "jusou-facts", ...facts),
    make("div", "jusou-part jusou-head-presses", ...presses),
  );
}

function render({ model, el }) {
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  const box = make("div", "widget-html-content");
  el.append(box);
  // Only the facts change; a button that has the keyboard keeps it.
  const again = () => draw(model, box);
  for (const name of ["who", "facts"]) model.on(`change:${name}`, again);
  again();
}

export default { render };
