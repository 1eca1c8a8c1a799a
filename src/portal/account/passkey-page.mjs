// What no page without a script can do: ask the browser for a passkey. Words and options stand in the page; the answer goes into its form.

const bytesOf = (text) =>
  Uint8Array.from(
    atob(text.replaceAll("-", "+").replaceAll("_", "/")),
    (letter) => letter.charCodeAt(0),
  );
const textOf = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
const named = (list = []) =>
  list.map((one) => ({ ...one, id: bytesOf(one.id) }));

async function askFor(kind, options) {
  const publicKey = { ...options, challenge: bytesOf(options.challenge) };
  if (kind === "get") {
    publicKey.allowCredentials = named(options.allowCredentials);
    return navigator.credentials.get({ publicKey });
  }
  publicKey.user = { ...options.user, id: bytesOf(options.user.id) };
  publicKey.excludeCredentials = named(options.excludeCredentials);
  return navigator.credentials.create({ publicKey });
}

function answerOf({ id, rawId, type, response }) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData"];
  const members = [...parts, "signature", "userHandle"].filter(
    (name) => response[name] instanceof ArrayBuffer,
  );
  return {
    id,
    rawId: textOf(rawId),
    type,
    clientExtensionResults: {},
    response: {
      ...Object.fromEntries(
        members.map((name) => [name, textOf(response[name])]),
      ),
      ...(response.getTransports === undefined
        ? {}
        : { transports: response.getTransports() }),
    },
  };
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const says = form.querySelector("[data-says]");
  const answer = form.querySelector("input[name=answer]");
  form.addEventListener("submit", (event) => {
    if (answer.value !== "") return;
    event.preventDefault();
    if (window.PublicKeyCredential === undefined) {
      says.textContent = says.dataset.missing;
      return;
    }
    says.textContent = says.dataset.waits;
    askFor(form.dataset.passkey, JSON.parse(form.dataset.options)).then(
      (credential) => {
        answer.value = JSON.stringify(answerOf(credential));
        form.submit();
      },
      (error) => {
        says.textContent =
          error.name === "InvalidStateError"
            ? says.dataset.known
            : says.dataset.cancelled;
      },
    );
  });
}
