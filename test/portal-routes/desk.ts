/** The desk of officials. */
export const desk = {
  "GET /desk": "",
  "GET /desk/applications/:id": "/desk/applications/a-1",
  "GET /desk/papers/:commitment": `/desk/papers/${"A".repeat(43)}`,
  "GET /desk/acts/new": "",
  "GET /desk/acts/new/:kind": "/desk/acts/new/permit",
  "POST /desk/acts/new/:kind": "/desk/acts/new/permit",
  "GET /desk/drafts/:id": "/desk/drafts/none",
  "GET /desk/drafts/:id/statement.json": "/desk/drafts/none/statement.json",
  "GET /desk/drafts/:id/receipt.json": "/desk/drafts/none/receipt.json",
  "POST /desk/drafts/:id/signers": "/desk/drafts/none/signers",
  "POST /desk/drafts/:id/sign": "/desk/drafts/none/sign",
  "POST /desk/drafts/:id/withdraw": "/desk/drafts/none/withdraw",
  "POST /desk/batches": "",
  "POST /desk/batches/sign": "",
  "GET /sign.js": "",
};
