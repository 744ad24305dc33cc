// The help of a form: folded by the browser's own means, so that keyboard and screen reader know it.
function pairs(found) {
  return found.flatMap(([head, text]) => [make("dt", "", head), make("dd", "", text)]);
}

function render({ model, el }) {
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  const boxes = model.get("boxes");
  el.append(make(
    "details", "jusou-help",
    make("summary", "", model.get("words")),
    make("dl", "", ...pairs(model.get("lines"))),
    ...(boxes.length ? [make("p", "jusou-help-head", "欄の説明"), make("dl", "", ...pairs(boxes))] : []),
  ));
}

export default { render };
