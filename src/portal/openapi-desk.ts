import {
  ANY_JSON,
  BYTES,
  form,
  page,
  parameter,
  type RouteDoc,
} from "./openapi-doc.ts";

const OFFICIALS = { errors: [401, 403, 404, 503] } as const;

/** What officials who are signed in work at; programs send signed acts to `POST /acts`. */
export const DESK_ROUTES: readonly RouteDoc[] = [
  page("GET /desk", "What waits for the posts of whoever is signed in", {
    ...OFFICIALS,
  }),
  page("GET /desk/deputies", "Who stands in for whom, until when", {
    ...OFFICIALS,
  }),
  page("GET /desk/keys", "With which keys whoever is signed in signs acts", {
    ...OFFICIALS,
  }),
  form(
    "POST /desk/keys",
    "A passkey for signing that the browser made: the draft of the act that enrols it",
  ),
  form("POST /desk/keys/file", "The same for a key in a file"),
  page("GET /desk/applications/:id", "An application, to be decided", {
    ...OFFICIALS,
  }),
  page("GET /desk/incoming", "What came in over the pages", { ...OFFICIALS }),
  page("GET /desk/incoming/:id", "One item that came in", { ...OFFICIALS }),
  form("POST /desk/incoming/:id/enter", "Prepare the act that enters it"),
  form("POST /desk/incoming/:id/return", "Give it back without entering it"),
  page(
    "GET /desk/letter-applications",
    "Applications that came by letter and are being typed",
    { ...OFFICIALS },
  ),
  form("POST /desk/letter-applications", "Begin to type one"),
  page("GET /desk/letter-applications/:id", "One that is being typed", {
    ...OFFICIALS,
  }),
  form(
    "POST /desk/letter-applications/:id",
    "Keep what was typed and its scans, and make the draft of the act",
  ),
  form("POST /desk/letter-applications/:id/discard", "Throw it away"),
  page(
    "GET /desk/notes",
    "Internal notes: one's own, or all of them for whoever audits",
    { ...OFFICIALS },
  ),
  page("GET /desk/openings", "What an auditor opens an entry with", {
    ...OFFICIALS,
  }),
  form("POST /desk/openings", "Open a sealed entry: entered as a look first"),
  page(
    "GET /desk/openings/:leaf",
    "What this session opened within the last minute; afterwards it leads to the form",
    { ...OFFICIALS },
  ),
  form("POST /desk/notes", "Keep a note, which is no act"),
  form("POST /desk/notes/:id/strike", "Strike a note of one's own out"),
  page("GET /desk/papers/:commitment", "A paper that stays inside", {
    ...OFFICIALS,
    answers: { 200: BYTES },
  }),
  ...(["/desk", "/account"] as const).flatMap((under) => [
    page(`GET ${under}/letters/:entry`, "A decision as a letter, to print", {
      ...OFFICIALS,
    }),
    page(
      `GET ${under}/letters/:entry/letter.html`,
      "The same letter as a file that stands alone",
      { ...OFFICIALS },
    ),
  ]),
  page("GET /desk/acts/new", "Which acts can be prepared", { ...OFFICIALS }),
  page("GET /desk/acts/new/:kind", "The form of one kind of act", {
    ...OFFICIALS,
    parameters: [
      parameter("application", "The application that it decides"),
      parameter("like", "An act of the kind that it is to be like"),
      parameter("draft", "The draft that is changed"),
    ],
  }),
  form(
    "POST /desk/acts/new/:kind",
    "Show the form again, or keep what it says as a draft",
  ),
  page(
    "GET /desk/drafts/:id",
    "A draft: what it says, how the rules rule now, who signs",
    {
      ...OFFICIALS,
    },
  ),
  page("GET /desk/drafts/:id/statement.json", "What is signed", {
    ...OFFICIALS,
    answers: { 200: ANY_JSON },
  }),
  page("GET /desk/drafts/:id/receipt.json", "The receipt of its entry", {
    ...OFFICIALS,
    answers: { 200: ANY_JSON },
  }),
  form("POST /desk/drafts/:id/signers", "Say who signs a draft"),
  form(
    "POST /desk/drafts/:id/sign",
    "Sign a draft, and enter it with the last signature",
  ),
  form(
    "POST /desk/drafts/:id/signatures",
    "Hand in a signature that vitrine sign made",
  ),
  form("POST /desk/drafts/:id/withdraw", "Withdraw a draft"),
  form(
    "POST /desk/batches",
    "Several drafts of one kind, to be signed together",
  ),
  form("POST /desk/batches/sign", "Sign them with one signature"),
  page("GET /sign.js", "The script that asks for a passkey", {
    answers: { 200: { type: "text/javascript" } },
  }),
];
