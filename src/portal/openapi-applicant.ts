import { ANY_JSON, form, page, type RouteDoc } from "./openapi-doc.ts";

const own = { errors: [403, 404, 503] } as const;
const account = { errors: [403, 503] } as const;

/** What is for whoever is signed in for an organisation. */
export const APPLICANT_ROUTES: readonly RouteDoc[] = [
  page("GET /account", "What an organisation has here", account),
  page("GET /account/bill.csv", "Its charges by month as CSV", {
    ...account,
    answers: { 200: { type: "text/csv" } },
  }),
  page("GET /account/registration", "Ask to be registered", account),
  form("POST /account/registration", "Ask to be registered"),
  page("GET /account/applications/new", "Apply for a permit", account),
  form("POST /account/applications/new", "Begin an application"),
  page("GET /account/applications/:id", "How an application stands", own),
  ...(["purpose", "extent", "papers", "send"] as const).flatMap((step) => [
    page(
      `GET /account/applications/:id/${step}`,
      `An application's step: ${step}`,
      own,
    ),
    form(
      `POST /account/applications/:id/${step}`,
      `Keep an application's step: ${step}`,
    ),
  ]),
  form("POST /account/applications/:id/discard", "Throw a draft away"),
  page(
    "GET /account/applications/:id/completion",
    "What is missing of an application",
    own,
  ),
  form(
    "POST /account/applications/:id/completion",
    "Bring what is missing of an application",
  ),
  form("POST /account/applications/:id/withdrawal", "Withdraw an application"),
  page("GET /account/papers/:commitment", "A paper that one brought", {
    ...own,
    answers: { 200: { type: "application/octet-stream" } },
  }),
  page("GET /account/permits/:id", "A permit: quota, charges, how to ask", own),
  form("POST /account/permits/:id/renewal", "Ask for another term of a permit"),
  page("GET /account/tokens", "An organisation's tokens", account),
  form(
    "POST /account/tokens",
    "Make a token: it is shown for a minute, at /account/tokens/new",
  ),
  page(
    "GET /account/tokens/new",
    "The token that was made within the last minute; afterwards it leads to the list",
    account,
  ),
  form("POST /account/tokens/:id/end", "End a token"),
  page("GET /account/keys", "An organisation's request keys", account),
  form("POST /account/keys", "Enrol a request key"),
  form("POST /account/keys/:key/end", "End a request key"),
  page("GET /account/receipts", "Receipts, and a look at one", account),
  form("POST /account/receipts", "Check a receipt"),
  page("GET /account/receipts/:leaf", "The receipts of a streamed answer", {
    ...own,
    answers: { 200: ANY_JSON },
  }),
];
