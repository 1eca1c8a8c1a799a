/**
 * Which of the receipts a total is the sum of. A part of the page's script.
 *
 * @typedef {import("./page-receipts.mjs").Receipts} Receipts
 * @typedef {Record<string, string>} Query what a total is the sum of: names by dimension
 * @typedef {{ combinations: string[][], outcomes: { key: string }[] }} Names
 */

const DAY_MS = 86_400_000;
const DIMENSIONS = [
  "department",
  "unit",
  "system",
  "service",
  "payerClass",
  "currency",
];

/**
 * The receipts of a total, in order of file and line.
 *
 * @param {Receipts} receipts
 * @param {Names} names
 * @param {Query} query
 * @param {string} text what the reference, payer or service must hold
 */
export function select(receipts, names, query, text) {
  const isWanted = names.combinations.map((combination) =>
    DIMENSIONS.every(
      (name, at) =>
        query[name] === undefined || query[name] === combination[at],
    ),
  );
  const outcome = names.outcomes.findIndex(
    ({ key }) => key === query["outcome"],
  );
  const payer =
    query["payer"] === undefined
      ? undefined
      : receipts.payers.indexOf(query["payer"]) + 1;
  const [from, until] = daysOf(query["month"] ?? query["year"] ?? "");
  const holds = holding(receipts, names, text);
  const found = new Uint32Array(receipts.day.length);
  let count = 0;
  for (let i = 0; i < receipts.day.length; i += 1) {
    const day = receipts.day[i] ?? 0;
    if (
      isWanted[receipts.combination[i] ?? 0] === true &&
      (outcome < 0 || receipts.outcome[i] === outcome) &&
      (payer === undefined || receipts.payer[i] === payer) &&
      from <= day &&
      day < until &&
      holds(i)
    ) {
      found[count] = i;
      count += 1;
    }
  }
  return found.subarray(0, count);
}

/**
 * @param {Receipts} receipts
 * @param {Names} names
 * @param {string} text
 * @returns {(index: number) => boolean}
 */
function holding(receipts, names, text) {
  if (text === "") return () => true;
  const wanted = text.toLowerCase();
  /** @param {string | undefined} name */
  const has = (name) =>
    name !== undefined && name.toLowerCase().includes(wanted);
  const payers = receipts.payers.map(has);
  const combinations = names.combinations.map(([, , , service]) =>
    has(service),
  );
  return (i) =>
    combinations[receipts.combination[i] ?? 0] === true ||
    payers[(receipts.payer[i] ?? 0) - 1] === true ||
    has(receipts.reference[i]);
}

/**
 * From the first day of a month or year to the first after it; no text is all of time.
 *
 * @param {string} text 2023-05 or 2023
 * @returns {[number, number]}
 */
function daysOf(text) {
  if (text === "") return [-Infinity, Infinity];
  const [year = 0, month] = text.split("-").map(Number);
  const day = (/** @type {number} */ y, /** @type {number} */ m) =>
    Date.UTC(y, m, 1) / DAY_MS;
  return month === undefined
    ? [day(year, 0), day(year + 1, 0)]
    : [day(year, month - 1), day(year, month)];
}

/**
 * @param {Receipts} receipts
 * @param {Uint32Array} found
 * @param {string} by
 */
export function sorted(receipts, found, by) {
  if (by === "minor")
    return found
      .slice()
      .sort(
        (a, b) => (receipts.minor[b] ?? 0) - (receipts.minor[a] ?? 0) || a - b,
      );
  if (by === "day")
    return found
      .slice()
      .sort((a, b) => (receipts.day[a] ?? 0) - (receipts.day[b] ?? 0) || a - b);
  return found.slice().sort();
}
