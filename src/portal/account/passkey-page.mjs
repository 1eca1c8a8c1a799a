/**
 * What no page without a script can do: ask the browser for a passkey. Words and options stand in the page; the answer goes into its form.
 *
 * @typedef {{ id: string, type: "public-key" }} Named
 * @typedef {{
 *   challenge: string, user?: { id: string, name: string, displayName: string },
 *   rp?: PublicKeyCredentialRpEntity, pubKeyCredParams?: PublicKeyCredentialParameters[],
 *   allowCredentials?: Named[], excludeCredentials?: Named[],
 * }} Options
 */

/** @param {string} text */
function bytesOf(text) {
  const plain = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0));
}

/** @param {ArrayBuffer} buffer */
function textOf(buffer) {
  return btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/** @param {Named[]} list */
function named(list = []) {
  return list.map((one) => ({ ...one, id: bytesOf(one.id) }));
}

/** @param {Options} options */
function askFor(options) {
  const { user, rp, pubKeyCredParams, ...rest } = options;
  const challenge = bytesOf(options.challenge);
  if (user === undefined || rp === undefined || pubKeyCredParams === undefined)
    return navigator.credentials.get({
      publicKey: {
        ...rest,
        challenge,
        allowCredentials: named(options.allowCredentials),
      },
    });
  return navigator.credentials.create({
    publicKey: {
      ...rest,
      ...{ rp, pubKeyCredParams, challenge },
      user: { ...user, id: bytesOf(user.id) },
      excludeCredentials: named(options.excludeCredentials),
    },
  });
}

/** @param {Credential | null} credential */
function answerOf(credential) {
  if (!(credential instanceof PublicKeyCredential))
    throw new Error("Cannot read the passkey: the browser gave none");
  const { id, rawId, type, response } = credential;
  const clientDataJSON = textOf(response.clientDataJSON);
  const common = { id, rawId: textOf(rawId), type, clientExtensionResults: {} };
  if (response instanceof AuthenticatorAttestationResponse)
    return {
      ...common,
      response: {
        clientDataJSON,
        attestationObject: textOf(response.attestationObject),
        transports: response.getTransports(),
      },
    };
  if (response instanceof AuthenticatorAssertionResponse)
    return {
      ...common,
      response: {
        clientDataJSON,
        authenticatorData: textOf(response.authenticatorData),
        signature: textOf(response.signature),
        ...(response.userHandle === null
          ? {}
          : { userHandle: textOf(response.userHandle) }),
      },
    };
  throw new Error("Cannot read the passkey: its answer is of another kind");
}

/** @param {HTMLFormElement} form */
function prepare(form) {
  const says = form.querySelector("[data-says]");
  const answer = form.querySelector("input[name=answer]");
  if (!(says instanceof HTMLElement) || !(answer instanceof HTMLInputElement))
    return;
  /** @param {string} word */
  const say = (word) => {
    says.textContent = says.dataset[word] ?? "";
  };
  form.addEventListener("submit", (event) => {
    if (answer.value !== "") return;
    event.preventDefault();
    if (!("PublicKeyCredential" in window)) return say("missing");
    say("waits");
    const { options = "" } = form.dataset;
    const asked = /** @type {Options} */ (JSON.parse(options));
    askFor(asked).then(
      (credential) => {
        answer.value = JSON.stringify(answerOf(credential));
        form.submit();
      },
      (/** @type {unknown} */ error) =>
        say(
          error instanceof DOMException && error.name === "InvalidStateError"
            ? "known"
            : "cancelled",
        ),
    );
  });
}

for (const form of document.querySelectorAll("form[data-passkey]"))
  if (form instanceof HTMLFormElement) prepare(form);
