/**
 * What the verifying page does around its worker: takes the order, shows how far it is and what came of it. It stands in the
 * page as it stands here.
 *
 * @typedef {{ kind: "progress", stage: string, done: number, of: number }} Progress
 * @typedef {{ kind: "ended", exit: number, lines: string[] }} Ended
 */

const address = input("address");
const folder = input("folder");
const genesis = input("genesis");
const isFromDisk = location.protocol === "file:";
/** @type {Record<string, string>} */
const STAGES = {
  hash: "Reads the register log and builds its tree",
  decide: "Decides every act, use and charge again",
  signatures: "Waits for the last signatures",
};
/** What each end means, in words for whoever did not write this page. */
const MEANS = [
  "Everything that was looked at agrees. What was not looked at stands below.",
  "The office's own files contradict each other, or the rules. Each contradiction stands below.",
  "This is no good end and no bad one: the reason stands below.",
];
/** @type {Worker | undefined} */
let worker;
let report = "";

byId("form").addEventListener("submit", (event) => {
  event.preventDefault();
  start();
});
byId("cancel").addEventListener("click", () => {
  end();
  byId("start").focus();
});
address.addEventListener("input", () => sayWhereFrom());
folder.addEventListener("change", () => sayWhereFrom());
byId("copy").addEventListener("click", () => {
  const says = byId("copied");
  navigator.clipboard.writeText(report).then(
    () => (says.textContent = "Copied."),
    () => (says.textContent = "This browser does not let a page copy."),
  );
});
const asked = new URLSearchParams(location.search);
address.value = asked.get("office") ?? (isFromDisk ? "" : location.origin);
genesis.value = asked.get("genesis") ?? "";
sayWhereFrom();

/** @returns {boolean} whether the office's own code is to check the office */
function sayWhereFrom() {
  const own = isOwn();
  const from = byId("from");
  from.classList.toggle("own", own);
  from.textContent = own
    ? "This page came from the office that it is to check. Code from the office cannot clear the office: take this file from somebody else, hold its SHA-256 against one that others published, and open it from disk."
    : isFromDisk
      ? "This page was opened from disk. It is as good as the file: hold its SHA-256 against one that was published by somebody whom you trust."
      : `This page came from ${location.host}, and is as good as whoever runs that. A file that you hold against its published SHA-256 and open from disk is better.`;
  return own;
}

/** The address is where this page came from, whatever this machine is called. */
function isOwn() {
  if (isFromDisk || (folder.files?.length ?? 0) > 0) return false;
  try {
    return plain(new URL(address.value).origin) === plain(location.origin);
  } catch {
    return false;
  }
}

/** @param {string} origin */
function plain(origin) {
  return origin.replace(/\/\/(?:localhost|\[::1\])(?=:|$)/, "//127.0.0.1");
}

function start() {
  end();
  const own = sayWhereFrom();
  byId("result").hidden = true;
  byId("working").hidden = false;
  bar().removeAttribute("value");
  byId("stage").textContent = "Begins";
  byId("count").textContent = "";
  button("start").disabled = true;
  button("cancel").disabled = false;
  const code = byId("worker").textContent ?? "";
  const blob = new Blob([code], { type: "text/javascript" });
  const made = URL.createObjectURL(blob);
  worker = new Worker(made);
  worker.addEventListener(
    "message",
    (/** @type {MessageEvent<Progress | Ended>} */ { data }) => {
      if (data.kind === "progress") showProgress(data);
      else show(data, own);
    },
  );
  worker.addEventListener("error", ({ message }) => {
    const lines = [`Cannot check: ${message}`, "could not check"];
    show({ kind: "ended", exit: 2, lines }, own);
  });
  const files = [...(folder.files ?? [])].map((file) => ({
    path: file.webkitRelativePath,
    file,
  }));
  const policy = byId("policy");
  worker.postMessage({
    address: address.value.trim(),
    genesis: genesis.value.trim(),
    policy: policy instanceof HTMLTextAreaElement ? policy.value : "",
    files,
  });
}

/** @param {Progress} heard */
function showProgress({ stage, done, of }) {
  const says = STAGES[stage] ?? stage;
  // Said once for each stage: a voice that reads every number helps nobody.
  if (byId("stage").textContent !== says) byId("stage").textContent = says;
  bar().max = Math.max(1, of);
  bar().value = done;
  byId("count").textContent = `${done} of ${of}`;
}

/**
 * @param {Ended} heard
 * @param {boolean} own
 */
function show({ exit, lines }, own) {
  end();
  report = `${lines.join("\n")}\n`;
  const conclusion = byId("conclusion");
  conclusion.className = `exit${exit}`;
  conclusion.textContent = lines.at(-1) ?? "";
  const means = MEANS[exit] ?? "";
  byId("means").textContent = own
    ? `${means} It was found by code from the office itself: that clears nothing.`
    : means;
  byId("lines").replaceChildren(...lines.slice(0, -1).map(lineOf));
  byId("copied").textContent = "";
  byId("result").hidden = false;
  conclusion.focus();
}

/** @param {string} line */
function lineOf(line) {
  const [, label, says] = /^(\S+(?: \S+)?) {2,}(.*)$/.exec(line) ?? [];
  const item = document.createElement("li");
  item.className = label === "CONTRADICTION" ? "contradiction" : "";
  const name = document.createElement("b");
  name.textContent = label ?? "why";
  const text = document.createElement("span");
  text.textContent = says ?? line;
  item.append(name, text);
  return item;
}

function end() {
  worker?.terminate();
  worker = undefined;
  byId("working").hidden = true;
  button("start").disabled = false;
  button("cancel").disabled = true;
}

/** @param {string} id */
function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`Cannot find ${id} in this page`);
  return found;
}

/** @param {string} id */
function input(id) {
  const found = byId(id);
  if (found instanceof HTMLInputElement) return found;
  throw new Error(`Cannot read ${id}: it is no field`);
}

/** @param {string} id */
function button(id) {
  const found = byId(id);
  if (found instanceof HTMLButtonElement) return found;
  throw new Error(`Cannot press ${id}: it is no button`);
}

function bar() {
  const found = byId("bar");
  if (found instanceof HTMLProgressElement) return found;
  throw new Error("Cannot show how far it is: there is no bar");
}
