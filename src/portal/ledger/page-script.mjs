/**
 * What the page does beside being read: its language, and opening totals to their receipts. It stands in the page as it
 * stands here, with page-receipts.mjs and page-select.mjs before it; nothing is fetched.
 *
 * @typedef {{ en: string, zh: string }} Said
 * @typedef {{
 *   count: number, receiptsInAll: number, isPart: boolean, withPayers: boolean,
 *   combinations: string[][], digits: Record<string, number>, files: string[], fees: string[],
 *   outcomes: { key: string, name: Said }[], title: Said, words: Record<string, Said>,
 * }} Page
 * @typedef {import("./page-receipts.mjs").Receipts} Receipts
 * @typedef {import("./page-select.mjs").Query} Query
 * @typedef {{ query: Query, name: string, minor: number, receipts: number }} Total
 */

import { unpack } from "./page-receipts.mjs";
import { select, sorted } from "./page-select.mjs";

const ROWS = 100;

const page = /** @type {Page} */ (
  JSON.parse(byId("ledger-data").textContent ?? "")
);
/** @type {Promise<Receipts> | undefined} */
let loading;
/** @type {{ total: Total, found: Uint32Array, from: number, order: string, opener: HTMLElement } | undefined} */
let shown;

start();

function start() {
  document.documentElement.classList.add("js");
  speak(language());
  for (const button of all("[data-language]"))
    button.addEventListener("click", () =>
      speak(button.dataset["language"] === "zh" ? "zh" : "en"),
    );
  if (page.count > 0 && "DecompressionStream" in window) startOpening();
}

function startOpening() {
  for (const button of document.querySelectorAll("button.open"))
    if (button instanceof HTMLButtonElement) button.disabled = false;
  document.addEventListener("click", (event) => {
    const target =
      event.target instanceof Element
        ? event.target.closest("button.open")
        : null;
    if (target instanceof HTMLElement) later(open(target));
  });
  const dialog = theDialog();
  byId("receipts-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => shown?.opener.focus());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  byId("receipts-find").addEventListener("input", () => later(find()));
  byId("receipts-back").addEventListener("click", () => turn(-ROWS));
  byId("receipts-next").addEventListener("click", () => turn(ROWS));
  for (const button of all("[data-order]"))
    button.addEventListener("click", () =>
      later(order(button.dataset["order"] ?? "")),
    );
}

/** @returns {"en" | "zh"} */
function language() {
  return document.documentElement.lang.startsWith("zh") ? "zh" : "en";
}

/** @param {"en" | "zh"} chosen */
function speak(chosen) {
  document.documentElement.lang = chosen === "zh" ? "zh-Hans" : "en";
  document.title = page.title[chosen];
  for (const button of all("[data-language]"))
    button.setAttribute(
      "aria-pressed",
      String(button.dataset["language"] === chosen),
    );
  if (shown !== undefined) later(show());
}

/** @param {HTMLElement} opener */
async function open(opener) {
  const query = /** @type {Query} */ (
    JSON.parse(opener.dataset["query"] ?? "{}")
  );
  const total = {
    query,
    name: nameOf(query),
    minor: Number(opener.dataset["minor"]),
    receipts: Number(opener.dataset["receipts"]),
  };
  const find = input("receipts-find");
  find.value = "";
  byId("receipts-name").textContent = total.name;
  byId("receipts-sum").textContent = word("loading");
  byId("receipts-rows").replaceChildren();
  theDialog().showModal();
  const receipts = await load();
  const found = select(receipts, page, query, "");
  shown = { total, found, from: 0, order: "line", opener };
  await show();
}

async function find() {
  if (shown === undefined) return;
  const receipts = await load();
  const found = select(
    receipts,
    page,
    shown.total.query,
    input("receipts-find").value.trim(),
  );
  shown = { ...shown, found: sorted(receipts, found, shown.order), from: 0 };
  await show();
}

/** @param {number} rows */
function turn(rows) {
  if (shown === undefined) return;
  const from = shown.from + rows;
  if (from < 0 || from >= shown.found.length) return;
  shown = { ...shown, from };
  later(show());
  byId("receipts-box").scrollTop = 0;
}

/** @param {string} by */
async function order(by) {
  if (shown === undefined) return;
  const receipts = await load();
  shown = {
    ...shown,
    from: 0,
    order: by,
    found: sorted(receipts, shown.found, by),
  };
  await show();
}

/**
 * What goes wrong on the way is said where the receipts would stand.
 *
 * @param {Promise<void>} work
 */
function later(work) {
  work.catch((/** @type {unknown} */ error) => {
    byId("receipts-sum").textContent = String(error);
  });
}

function load() {
  loading ??= unpack(
    page.count,
    page.outcomes.findIndex(({ key }) => key === "equal"),
  );
  return loading;
}

async function show() {
  const receipts = await load();
  if (shown === undefined) return;
  const { total, found, from } = shown;
  byId("receipts-name").textContent = nameOf(total.query);
  byId("receipts-sum").textContent = sumLine(receipts, found, total);
  const rows = [...found.subarray(from, from + ROWS)].map((index) =>
    rowOf(receipts, index),
  );
  byId("receipts-rows").replaceChildren(...rows);
  const until = Math.min(from + ROWS, found.length);
  byId("receipts-place").textContent =
    found.length === 0
      ? word("nothing")
      : `${count(from + 1)}–${count(until)} / ${count(found.length)}`;
  pager("receipts-back").disabled = from === 0;
  pager("receipts-next").disabled = until >= found.length;
  for (const button of all("[data-order]"))
    button
      .closest("th")
      ?.setAttribute("aria-sort", ariaSort(button.dataset["order"]));
}

/** @param {string | undefined} by */
function ariaSort(by) {
  if (shown?.order !== by) return "none";
  return by === "minor" ? "descending" : "ascending";
}

/**
 * What is listed, added up here and held against the total that was opened.
 *
 * @param {Receipts} receipts
 * @param {Uint32Array} found
 * @param {Total} total
 */
function sumLine(receipts, found, total) {
  let minor = 0;
  let approved = 0;
  for (const index of found) {
    minor += receipts.minor[index] ?? 0;
    approved += receipts.approved[index] ?? 0;
  }
  const currency = total.query["currency"] ?? "";
  const isWhole = found.length === total.receipts && minor === total.minor;
  const isFiltered = input("receipts-find").value.trim() !== "";
  const held = isWhole
    ? word("agrees")
    : isFiltered || !page.isPart
      ? word("of").replace(
          "%",
          `${count(total.receipts)} · ${amount(total.minor, currency)} ${currency}`,
        )
      : word("part").replace("%", count(total.receipts));
  return word("sum")
    .replace("%n", count(found.length))
    .replace("%c", `${amount(minor, currency)} ${currency}`)
    .replace("%a", `${amount(approved, currency)} ${currency}`)
    .concat(" ", held);
}

/**
 * @param {Receipts} receipts
 * @param {number} index
 */
function rowOf(receipts, index) {
  /** @param {keyof Receipts} name */
  const at = (name) => Number(receipts[name][index] ?? 0);
  const [, , , service = "", , currency = ""] =
    page.combinations[at("combination")] ?? [];
  const quantity = at("quantity");
  const fee = page.fees[at("fee") - 1];
  const outcome = page.outcomes[at("outcome")];
  const cells = [
    receipts.reference[index] ?? "",
    new Date(at("day") * 86_400_000).toISOString().slice(0, 10),
    ...(page.withPayers ? [receipts.payers[at("payer") - 1] ?? ""] : []),
    service,
    quantity === 0 ? "" : count(quantity),
    amount(at("minor"), currency),
    amount(at("approved"), currency),
    `${outcome?.name[language()] ?? ""}${fee === undefined ? "" : ` (${fee})`}`,
    `${page.files[at("file")] ?? ""}:${at("line")}`,
  ];
  const firstNumber = page.withPayers ? 4 : 3;
  const row = document.createElement("tr");
  const heads = document.querySelectorAll("#receipts-box thead th");
  for (const [place, text] of cells.entries()) {
    const cell = document.createElement("td");
    cell.textContent = text;
    // On narrow screens each cell says what it is, in the page's language.
    for (const language of ["en", "zh"])
      cell.setAttribute(
        `data-${language}`,
        heads[place]?.querySelector(`.${language}`)?.textContent.trim() ?? "",
      );
    if (place >= firstNumber && place < firstNumber + 3)
      cell.className = "number";
    row.append(cell);
  }
  return row;
}

/** @param {Query} query */
function nameOf(query) {
  const { currency, outcome, ...names } = query;
  const said = Object.values(names).map((name) =>
    name === "" ? word("none") : name,
  );
  const outcomeName = page.outcomes.find(({ key }) => key === outcome)?.name[
    language()
  ];
  return [
    ...(said.length === 0 ? [word("all")] : said),
    ...(outcomeName === undefined ? [] : [outcomeName]),
    currency,
  ].join(" · ");
}

/**
 * @param {number} minor
 * @param {string} currency
 */
function amount(minor, currency) {
  const digits = page.digits[currency] ?? 2;
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const whole = count(Number(text.slice(0, text.length - digits)));
  return `${minor < 0 ? "-" : ""}${whole}${digits === 0 ? "" : `.${text.slice(-digits)}`}`;
}

/** @param {number} n */
function count(n) {
  return String(n).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** @param {string} name */
function word(name) {
  return page.words[name]?.[language()] ?? name;
}

/** @param {string} id */
function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`Cannot find #${id} in the page`);
  return found;
}

/** @param {string} id */
function input(id) {
  const found = byId(id);
  if (!(found instanceof HTMLInputElement))
    throw new Error(`Cannot type into #${id}`);
  return found;
}

/** @param {string} id */
function pager(id) {
  const found = byId(id);
  if (!(found instanceof HTMLButtonElement))
    throw new Error(`Cannot press #${id}`);
  return found;
}

function theDialog() {
  const found = byId("receipts-dialog");
  if (!(found instanceof HTMLDialogElement))
    throw new Error("Cannot find the list of receipts in the page");
  return found;
}

/**
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
function all(selector) {
  return [...document.querySelectorAll(selector)].filter(
    (found) => found instanceof HTMLElement,
  );
}
