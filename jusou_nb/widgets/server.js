// How the desk's scripts speak to the server they came from: one function, same origin only,
// never through the kernel. Other scripts get it in front of theirs: parts.esm("server.js", …).

const SERVER = (() => {
  const told = document.getElementById("jupyter-config-data")?.textContent;
  const page = told ? JSON.parse(told) : null;
  return page?.baseUrl ? { base: page.baseUrl, token: page.token ?? "" } : null;
})();

// `status` 0: nobody answers; 401 and 403: the session has ended; 404: no server of ours.
class ServerFault extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

// Another tab signs the whole browser in; opening this page afresh would drop what is unsaved.
const SIGNED_OUT = "ログインの期限が切れました。この画面は閉じずに、別のタブで机を開いてください";
const SAID = { 0: "サーバーにつながりません", 401: SIGNED_OUT, 403: SIGNED_OUT };

// Ask `${baseUrl}jusou/${path}`; gives the JSON of the answer, throws ServerFault. What is typed
// belongs into `body`, never into the path: servers write paths into their logs.
async function askServer(path, { method = "GET", body = null, ...rest } = {}) {
  if (!SERVER) throw new ServerFault(404, "サーバーがありません");
  const headers = { "Content-Type": "application/json" };
  const xsrf = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1];
  if (xsrf) headers["X-XSRFToken"] = decodeURIComponent(xsrf);
  if (SERVER.token) headers.Authorization = `token ${SERVER.token}`;
  const asked = { method, headers, credentials: "same-origin", cache: "no-store", ...rest };
  if (body !== null) asked.body = JSON.stringify(body);
  let answer;
  try {
    answer = await fetch(`${SERVER.base}jusou/${path}`, asked);
  } catch (fault) {
    throw new ServerFault(0, SAID[0]);
  }
  const found = await answer.json().catch(() => ({}));
  if (answer.ok) return found;
  throw new ServerFault(answer.status, SAID[answer.status] ?? found.message ?? "保存できません");
}
