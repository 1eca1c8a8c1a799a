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
/**
 * The words of this page in Simplified Chinese, by the English ones that stand in it. What the check prints stays as it is: it is held word for
 * word against what the program prints elsewhere.
 *
 * @type {Record<string, string>}
 */
const CHINESE = {
  "Check a public-data office": "核验公共数据机构",
  "Skip to the content": "跳到正文",
  "This page is one file. It reads an office's public logs, builds their trees again, verifies every signature and decides every act, use and charge again, in this browser. It fetches the office's public files, and asks the witnesses of a policy what they hold; it sends nothing else anywhere.":
    "本页是单个文件。它在本浏览器中读取机构的公开日志，重建日志树，验证每个签名，并重新裁定每项行为、每次使用和每笔收费。它只获取机构的公开文件，并向政策所列的见证人询问其所持有的内容；此外不向任何地方发送任何内容。",
  "The office's address": "机构的网址",
  "or a copy of its logs: a folder with log/ in it":
    "或者其日志的副本：含有 log/ 的文件夹",
  "The office's fingerprint, from somebody other than the office":
    "机构的指纹，应取自机构以外的人",
  "(not needed, proves more)": "（非必填，填写可证明更多）",
  "Witnesses that you trust: the text of a tlog-policy file":
    "您信任的见证人：tlog-policy 文件的内容",
  Check: "核验",
  Cancel: "取消",
  Begins: "开始",
  Progress: "进度",
  "Copy the report": "复制报告",
  "What this page can and cannot say": "本页能说明什么、不能说明什么",
  "A log proves what was entered. What was not entered is not in it: receipts, ledgers and the systems themselves show that. Receipts and older checkpoints are checked by the program":
    "日志证明记入了什么。未记入的内容不在其中：回执、台账和各系统本身才能说明。回执和较早的检查点由程序",
  ", which decides by the same rules.": "核验，它依据同样的规则裁定。",
  "Reads the register log and builds its tree": "读取登记日志并重建其树",
  "Decides every act, use and charge again":
    "重新裁定每项行为、每次使用和每笔收费",
  "Waits for the last signatures": "等待最后的签名",
  "Everything that was looked at agrees. What was not looked at stands below.":
    "所核验的内容全部一致。未核验的内容列于下方。",
  "The office's own files contradict each other, or the rules. Each contradiction stands below.":
    "机构自己的文件彼此矛盾，或者与规则矛盾。各处矛盾列于下方。",
  "This is no good end and no bad one: the reason stands below.":
    "这既不是好的结果，也不是坏的结果：原因列于下方。",
  "It was found by code from the office itself: that clears nothing.":
    "此结果由该机构自己的代码得出：不能证明其清白。",
  "The lines below are in English, word for word as the program prints them everywhere.":
    "以下各行为英文，与该程序在各处印出的内容逐字一致。",
  "Copied.": "已复制。",
  "This browser does not let a page copy.": "本浏览器不允许网页复制。",
  "This page came from the office that it is to check. Code from the office cannot clear the office: take this file from somebody else, hold its SHA-256 against one that others published, and open it from disk.":
    "本页来自它要核验的机构。机构的代码不能证明该机构清白：请从他人处取得本文件，将其 SHA-256 与他人公布的值比对，再从磁盘打开。",
  "This page was opened from disk. It is as good as the file: hold its SHA-256 against one that was published by somebody whom you trust.":
    "本页从磁盘打开，其可靠程度取决于该文件：请将其 SHA-256 与您信任的人公布的值比对。",
  "This page came from {host}, and is as good as whoever runs that. A file that you hold against its published SHA-256 and open from disk is better.":
    "本页来自 {host}，其可靠程度取决于该处的运营者。将文件与公布的 SHA-256 比对后从磁盘打开更为可靠。",
  "{done} of {all}": "{done} / {all}",
  "no contradiction found": "未发现矛盾",
  "could not check": "无法核验",
};
const LANGUAGE = /^#(zh|en)$/;
/** A link says the language behind its #; else it is the browser's. */
const isChinese = (
  LANGUAGE.exec(location.hash)?.[1] ?? navigator.language
).startsWith("zh");
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
    () => (says.textContent = say("Copied.")),
    () => (says.textContent = say("This browser does not let a page copy.")),
  );
});
window.addEventListener("hashchange", () => {
  if (LANGUAGE.test(location.hash)) location.reload();
});
speak();
const asked = new URLSearchParams(location.search);
address.value = asked.get("office") ?? (isFromDisk ? "" : location.origin);
genesis.value = asked.get("genesis") ?? "";
sayWhereFrom();

/**
 * @param {string} english
 * @param {Record<string, string>} values
 */
function say(english, values = {}) {
  const says = isChinese ? (CHINESE[english] ?? english) : english;
  return says.replace(
    /\{(\w+)\}/g,
    (whole, /** @type {string} */ name) => values[name] ?? whole,
  );
}

/** Says everything that stands in the page already in the language of the reader. */
function speak() {
  if (!isChinese) return;
  document.documentElement.lang = "zh-CN";
  document.title = say(document.title);
  const other = byId("other");
  other.setAttribute("href", "#en");
  other.lang = "en";
  other.textContent = "English";
  const working = byId("working");
  working.setAttribute("aria-label", say("Progress"));
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
    // The worker's code stands in the page as text.
    if (node.parentElement?.tagName === "SCRIPT") continue;
    const text = (node.textContent ?? "").replace(/\s+/g, " ").trim();
    if (Object.hasOwn(CHINESE, text)) node.textContent = say(text);
  }
}

/** The last line in the reader's language, where it is one of those that an end has. @param {string} line */
function conclusionOf(line) {
  if (!isChinese) return line;
  const [, found] = /^(\d[\d,]*) contradictions?$/.exec(line) ?? [];
  if (found !== undefined) return `${found} 处矛盾`;
  const [, some, all] =
    /^no contradiction found, confirmed by (\S+) of (\S+) witnesses$/.exec(
      line,
    ) ?? [];
  return all === undefined
    ? say(line)
    : `未发现矛盾，${all} 名见证人中有 ${some} 名确认`;
}

/** @returns {boolean} whether the office's own code is to check the office */
function sayWhereFrom() {
  const own = isOwn();
  const from = byId("from");
  from.classList.toggle("own", own);
  from.textContent = own
    ? say(
        "This page came from the office that it is to check. Code from the office cannot clear the office: take this file from somebody else, hold its SHA-256 against one that others published, and open it from disk.",
      )
    : isFromDisk
      ? say(
          "This page was opened from disk. It is as good as the file: hold its SHA-256 against one that was published by somebody whom you trust.",
        )
      : say(
          "This page came from {host}, and is as good as whoever runs that. A file that you hold against its published SHA-256 and open from disk is better.",
          { host: location.host },
        );
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
  byId("stage").textContent = say("Begins");
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
  const says = say(STAGES[stage] ?? stage);
  // Said once for each stage: a voice that reads every number helps nobody.
  if (byId("stage").textContent !== says) byId("stage").textContent = says;
  bar().max = Math.max(1, of);
  bar().value = done;
  byId("count").textContent = say("{done} of {all}", {
    ...{ done: String(done), all: String(of) },
  });
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
  conclusion.textContent = conclusionOf(lines.at(-1) ?? "");
  const means = say(MEANS[exit] ?? "");
  const words = byId("words");
  words.hidden = !isChinese;
  words.textContent = say(
    "The lines below are in English, word for word as the program prints them everywhere.",
  );
  byId("means").textContent = own
    ? `${means} ${say("It was found by code from the office itself: that clears nothing.")}`
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
