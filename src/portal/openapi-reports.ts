import { BYTES, page, parameter, type RouteDoc, twin } from "./openapi-doc.ts";

const YEAR = parameter(
  "year",
  "Of which year, where the report is of one; the last by default",
);

export const REPORT_ROUTES: readonly RouteDoc[] = [
  page("GET /reports", "What the law makes the office send"),
  twin("GET /reports.json", "What the law makes the office send, as JSON"),
  page(
    "GET /reports/:kind",
    "One report, filled from the register, with its gaps listed",
    { parameters: [YEAR], errors: [400, 404] },
  ),
  {
    route: "GET /reports/:kind{[a-z]+\\.(?:json|csv|xlsx)}",
    paths: [
      "/reports/{kind}.json",
      "/reports/{kind}.csv",
      "/reports/{kind}.xlsx",
    ],
    says: "One report as JSON, as CSV with a line for every cell, or as a workbook",
    tag: "pages",
    parameters: [YEAR],
    answers: { 200: BYTES },
    errors: [400, 404],
  },
];
