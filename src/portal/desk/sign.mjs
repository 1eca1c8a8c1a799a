/**
 * The script of the page on which somebody signs with a passkey. It signs what the form carries: it works the digest out of these bytes
 * itself, and stops where the page shows another.
 */

const PASSKEY_MS = 120_000;
const LEAF = 0;
const NODE = 1;

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
function bytesOf(text) {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}

/** @param {ArrayBuffer} bytes @returns {string} */
function textOf(bytes) {
  const signs = Array.from(new Uint8Array(bytes), (byte) =>
    String.fromCharCode(byte),
  ).join("");
  return btoa(signs)
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/** @param {ArrayBuffer} bytes @returns {string} */
function hexOf(bytes) {
  return Array.from(new Uint8Array(bytes), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** @param {readonly Uint8Array[]} parts @returns {Uint8Array<ArrayBuffer>} */
function together(...parts) {
  const all = new Uint8Array(parts.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/**
 * RFC 6962 root over the statements of a list: paired from the left, an odd last one moves up.
 * @param {readonly string[]} statements
 */
async function rootOf(statements) {
  const utf8 = new TextEncoder();
  let row = await Promise.all(
    statements.map((one) =>
      sha256(together(Uint8Array.of(LEAF), utf8.encode(one))),
    ),
  );
  while (row.length > 1) {
    /** @type {Uint8Array<ArrayBuffer>[]} */
    const above = [];
    for (let index = 0; index < row.length; index += 2) {
      const [left, right] = row.slice(index, index + 2);
      if (left === undefined) break;
      above.push(
        right === undefined
          ? left
          : await sha256(together(Uint8Array.of(NODE), left, right)),
      );
    }
    row = above;
  }
  return row[0] ?? new Uint8Array(0);
}

/**
 * What is under the signature: of one statement its own bytes, of a list its root.
 * @param {HTMLFormElement} form @param {HTMLElement} box
 */
async function signedBytes(form, box) {
  const utf8 = new TextEncoder();
  const statements = new FormData(form).getAll("statement").map(String);
  return box.dataset.list === "yes"
    ? together(utf8.encode("vitrine-batch-v1\n"), await rootOf(statements))
    : utf8.encode(`vitrine-act-v1\n${statements[0] ?? ""}`);
}

/** @param {HTMLFormElement} form @param {string} name @param {string} value */
function carry(form, name, value) {
  const input = document.createElement("input");
  input.type = "hidden";
  input.name = name;
  input.value = value;
  form.append(input);
}

/**
 * With a passkey of one host: a browser is asked for no others at the same time.
 * @param {HTMLFormElement} form @param {HTMLElement} box @param {string} host @returns {Promise<string>}
 */
async function sign(form, box, host) {
  const { digest, other = "", away = "" } = box.dataset;
  const challenge = await sha256(await signedBytes(form, box));
  if (hexOf(challenge.buffer) !== digest) return other;
  const keys = [...box.querySelectorAll("span")].filter(
    ({ dataset }) => dataset.host === host,
  );
  const credential = await navigator.credentials
    .get({
      publicKey: {
        challenge,
        rpId: host,
        allowCredentials: keys.map(({ dataset }) => ({
          type: "public-key",
          id: bytesOf(dataset.credential ?? ""),
        })),
        userVerification: "required",
        timeout: PASSKEY_MS,
      },
    })
    .catch(() => null);
  if (
    !(credential instanceof PublicKeyCredential) ||
    !(credential.response instanceof AuthenticatorAssertionResponse)
  )
    return away;
  const { response } = credential;
  const used = textOf(credential.rawId);
  const key = keys.find(({ dataset }) => dataset.credential === used);
  carry(form, "key", key?.dataset.key ?? "");
  carry(form, "authenticatorData", textOf(response.authenticatorData));
  carry(form, "clientDataJSON", textOf(response.clientDataJSON));
  carry(form, "signature", textOf(response.signature));
  form.submit();
  return "";
}

const form = document.getElementById("sign-form");
const box = document.getElementById("passkey");
const says = document.getElementById("passkey-says");
if (form instanceof HTMLFormElement && box !== null)
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { submitter } = event;
    const host = submitter instanceof HTMLButtonElement ? submitter.value : "";
    sign(form, box, host).then(
      (why) => {
        if (says !== null) says.textContent = why;
      },
      () => {
        if (says !== null) says.textContent = box.dataset.away ?? "";
      },
    );
  });
