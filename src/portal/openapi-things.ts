import { page, parameter, type RouteDoc, twin } from "./openapi-doc.ts";

const PAGE = parameter("page", "Which page of the list; the first", {
  schema: { type: "integer", minimum: 1, maximum: 999_999 },
});

/** A list and its twin, narrowed by ids or words of the vocabulary. */
const list = (
  path: string,
  says: string,
  narrowed: Readonly<Record<string, string>> = {},
): readonly RouteDoc[] => {
  const parameters = [
    PAGE,
    ...Object.entries(narrowed).map(([name, what]) => parameter(name, what)),
  ];
  const more = { parameters, errors: [400] as const };
  return [
    page(`GET ${path}`, says, more),
    { ...twin(`GET ${path}.json`, `${says}, as JSON`), ...more },
  ];
};

/** A thing as a page, and its twin. */
const thing = (
  path: string,
  kind: string,
  says: string,
): readonly RouteDoc[] => [
  page(`GET ${path}/:${kind}`, says, { errors: [400, 404] }),
  twinOf(path, kind, says),
];

const twinOf = (path: string, kind: string, says: string): RouteDoc => ({
  ...twin(`GET ${path}/:${kind}{.+\\.json}`, `${says}, as JSON`),
  paths: [`${path}/{${kind}}.json`],
  errors: [400, 404],
});

/** What is registered: lists, and a page for each thing with the entries that it rests on. */
export const THING_ROUTES: readonly RouteDoc[] = [
  ...list("/datasets", "The datasets", {
    body: "Of a body and its units, by its id",
    system: "Of a system, by its id",
    classification: "open, restricted, personal or sensitive",
    form: "Of which a product in that form is offered",
  }),
  ...list("/products", "What is offered by permit", {
    form: "answer, records, aggregate or file",
  }),
  ...list("/bodies", "Departments and their units"),
  ...list("/systems", "The known information systems", {
    show: "served or notServed",
  }),
  ...list("/organisations", "Who uses, operates and lends data", {
    class: "The class of payer",
  }),
  ...list("/permits", "The permits", {
    organisation: "Of an organisation, by its id",
    product: "For a product, by its id",
  }),
  ...list("/posts", "The posts for which acts are signed"),
  ...list("/promises", "What posts promised, and what came of it"),
  twinOf("/products", "product", "One product: content, prices, permits"),
  ...thing(
    "/bodies",
    "body",
    "One body: units, systems, posts, what it may charge, what is due",
  ),
  ...thing("/systems", "system", "One system, and whether it is served"),
  ...thing(
    "/organisations",
    "organisation",
    "One organisation: permits, authorisations, what is paid to it",
  ),
  ...thing(
    "/authorisations",
    "authorisation",
    "One authorisation, and how it came about",
  ),
  ...thing(
    "/permits",
    "permit",
    "One permit, what it stands on and what was used under it",
  ),
  ...thing("/fees", "fee", "One price, its cost basis and what was charged"),
  ...thing(
    "/posts",
    "post",
    "One post: who held it when, and what was signed for it",
  ),
];
