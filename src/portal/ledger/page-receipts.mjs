/**
 * The receipts that stand in the page, unpacked: what pack.ts and columns.ts wrote. A part of the page's script.
 *
 * @typedef {{
 *   combination: Float64Array, payer: Float64Array, day: Float64Array, minor: Float64Array, approved: Float64Array,
 *   quantity: Float64Array, outcome: Float64Array, fee: Float64Array, file: Float64Array, line: Float64Array,
 *   payers: string[], reference: string[],
 * }} Receipts
 */

/**
 * @param {number} count how many receipts there are
 * @param {number} equal the number of the outcome `equal`
 * @returns {Promise<Receipts>}
 */
export async function unpack(count, equal) {
  const blocks = [...document.querySelectorAll("script[data-column]")];
  const columns = new Map(
    await Promise.all(
      blocks.map(
        async (block) =>
          /** @type {const} */ ([
            block.getAttribute("data-column") ?? "",
            await inflate(block.textContent ?? ""),
          ]),
      ),
    ),
  );
  /** @param {string} name */
  const numbers = (name) =>
    unsigned(columns.get(name) ?? new Uint8Array(), count);
  /** @param {string} name */
  const withSign = (name) =>
    signed(columns.get(name) ?? new Uint8Array(), count);
  /** @param {string} name */
  const lines = (name) =>
    new TextDecoder().decode(columns.get(name)).split("\n");
  const minor = withSign("minor");
  const outcome = numbers("outcome");
  const approved = withSign("approved").map((value, i) =>
    outcome[i] === equal ? (minor[i] ?? 0) - value : value,
  );
  return {
    combination: numbers("combination"),
    payer: numbers("payer"),
    payers: lines("payers"),
    day: running(withSign("day")),
    minor,
    approved,
    quantity: numbers("quantity"),
    outcome,
    fee: numbers("fee"),
    file: numbers("file"),
    line: running(withSign("line")),
    reference: frontCoded(lines("reference")),
  };
}

/** @param {string} base64 */
async function inflate(base64) {
  const text = atob(base64.trim());
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  const stream = new Blob([bytes])
    .stream()
    .pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * @param {Uint8Array} bytes
 * @param {number} count
 */
function unsigned(bytes, count) {
  const numbers = new Float64Array(count);
  let at = 0;
  for (let i = 0; i < count; i += 1) {
    let number = 0;
    let factor = 1;
    let byte = 128;
    while (byte >= 128) {
      byte = bytes[at] ?? 0;
      at += 1;
      number += (byte & 127) * factor;
      factor *= 128;
    }
    numbers[i] = number;
  }
  return numbers;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} count
 */
function signed(bytes, count) {
  const numbers = new Float64Array(count);
  let at = 0;
  for (let i = 0; i < count; i += 1) {
    let byte = bytes[at] ?? 0;
    at += 1;
    const sign = byte & 1;
    let number = (byte & 127) >> 1;
    let factor = 64;
    while (byte >= 128) {
      byte = bytes[at] ?? 0;
      at += 1;
      number += (byte & 127) * factor;
      factor *= 128;
    }
    numbers[i] = sign === 1 ? -number : number;
  }
  return numbers;
}

/** @param {Float64Array} steps */
function running(steps) {
  let sum = 0;
  return steps.map((step) => (sum += step));
}

/** @param {string[]} lines */
function frontCoded(lines) {
  let before = "";
  return lines.map(
    (line) =>
      (before = before.slice(0, line.charCodeAt(0) - 32) + line.slice(1)),
  );
}
