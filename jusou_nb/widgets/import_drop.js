// A ledger is dropped or chosen; its bytes go to the store's side in pieces, never into a URL.
// A message of the page's channel holds 10 MiB at most.
const PIECE = 1024 * 1024;
const LARGEST = 40 * 1024 * 1024;

function pause() {
  return new Promise((done) => { setTimeout(done); });
}

async function send(model, file, said) {
  if (file.size > LARGEST) {
    said.textContent = `「${file.name}」は40MBを超えています。年度ごとに分けてください`;
    return;
  }
  const raw = await file.arrayBuffer();
  const of = Math.max(1, Math.ceil(raw.byteLength / PIECE));
  for (let piece = 0; piece < of; piece += 1) {
    const bytes = raw.slice(piece * PIECE, (piece + 1) * PIECE);
    model.send({ file: file.name, piece, of }, undefined, [bytes]);
    said.textContent = `「${file.name}」を読んでいます`;
    await pause();
  }
  said.textContent = "";
}

function take(model, files, said) {
  if (model.get("busy")) {
    said.textContent = "前の作業が終わってから、もう一度置いてください";
  } else if (files.length > 1) {
    said.textContent = "ファイルは1つずつ置いてください";
  } else if (files.length) {
    send(model, files[0], said).catch(() => {
      said.textContent = "ファイルを読めませんでした。Excelで開いていたら閉じて、もう一度選んでください";
    });
  }
}

function listen(model, zone, input, said) {
  input.addEventListener("change", () => {
    take(model, input.files, said);
    input.value = "";
  });
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      event.stopPropagation();
      zone.classList.add("jusou-drop-over");
    });
  }
  zone.addEventListener("dragleave", () => zone.classList.remove("jusou-drop-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    // JupyterLab would take the file into its own folder.
    event.stopPropagation();
    zone.classList.remove("jusou-drop-over");
    take(model, event.dataTransfer.files, said);
  });
}

function save(message, buffers) {
  if (!message.save || !buffers?.length) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(buffers));
  link.download = message.save;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function render({ model, el }) {
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  const input = make("input", "jusou-drop-file");
  input.type = "file";
  input.accept = ".xlsx,.csv,.xls";
  const label = make("label", "jusou-file", make("span", "", model.get("words")), input);
  const hint = make("p", "jusou-drop-hint", model.get("hint"));
  const said = make("p", "jusou-drop-said");
  said.setAttribute("role", "status");
  const zone = make("div", "jusou-drop", label, hint, said);
  listen(model, zone, input, said);
  model.on("msg:custom", save);
  el.append(zone);
}

export default { render };
