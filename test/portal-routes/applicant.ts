const id = "ap-0123456789abcdef";

/** What an organisation has of its own, and how it applies. */
export const applicant = {
  "GET /account": "",
  "GET /account/bill.csv": "",
  "GET /account/registration": "",
  "POST /account/registration": "",
  "GET /account/applications/new": "",
  "POST /account/applications/new": "",
  ...Object.fromEntries(
    ["purpose", "extent", "papers", "send", "completion"].flatMap((step) =>
      ["GET", "POST"].map((method) => [
        `${method} /account/applications/:id/${step}`,
        `/account/applications/${id}/${step}`,
      ]),
    ),
  ),
  "POST /account/applications/:id/discard": `/account/applications/${id}/discard`,
  "POST /account/applications/:id/withdrawal": `/account/applications/${id}/withdrawal`,
  "GET /account/applications/:id": `/account/applications/${id}`,
  "GET /account/papers/:commitment": `/account/papers/${"A".repeat(43)}`,
  "GET /account/permits/:id": "/account/permits/huaxing-vehicles",
  "POST /account/permits/:id/renewal":
    "/account/permits/huaxing-vehicles/renewal",
  "GET /account/tokens": "",
  "POST /account/tokens": "",
  "GET /account/tokens/new": "",
  "POST /account/tokens/:id/end": "/account/tokens/k3Jx9_0a/end",
  "GET /account/keys": "",
  "POST /account/keys": "",
  "POST /account/keys/:key/end": `/account/keys/${"A".repeat(22)}/end`,
  "GET /account/receipts": "",
  "POST /account/receipts": "",
  "GET /account/receipts/:leaf": `/account/receipts/${"A".repeat(43)}`,
};
