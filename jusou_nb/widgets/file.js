// A file of the worker's machine, handed over with its name; the page keeps nothing of it.
function render({ model, el }) {
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  const label = document.createElement("label");
  label.className = "jusou-file";
  const words = document.createElement("span");
  words.textContent = model.get("words");
  const input = document.createElement("input");
  input.type = "file";
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) return;
    model.send({ file: file.name }, undefined, [await file.arrayBuffer()]);
    input.value = "";
  });
  label.append(words, input);
  el.append(label);
}

export default { render };
