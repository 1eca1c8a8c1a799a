import type { Shape } from "./openapi-shapes.ts";

export type Parameter = {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly says: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly required?: boolean;
  /** A list, with commas between its members. */
  readonly list?: boolean;
};
/** What comes back: a shape of this document as JSON, any JSON, or another type of content. */
export type Content =
  | {
      readonly shape: Shape | readonly Shape[];
      /** Other types of content that can be asked for. */
      readonly types?: readonly string[];
    }
  | { readonly type: string };
/** One address of the office, as the OpenAPI document tells it. Whoever adds a route adds one of these. */
export type RouteDoc = {
  /** As the app has it: its method and its pattern. */
  readonly route: string;
  /** Under these addresses, where the pattern has no name for its parts. */
  readonly paths?: readonly string[];
  readonly says: string;
  readonly tag: "data" | "register" | "logs" | "pages";
  readonly parameters?: readonly Parameter[];
  readonly body?: Content;
  readonly answers: Readonly<Record<number, Content>>;
  readonly errors: readonly ErrorStatus[];
  /** An organisation may say who it is; some answers are for it alone. */
  readonly known?: boolean;
  /** Every answer has the headers of an entered use. */
  readonly isUse?: boolean;
};
export type ErrorStatus =
  400 | 401 | 403 | 404 | 406 | 408 | 409 | 410 | 413 | 415 | 422 | 429 | 503;

export const HTML: Content = { type: "text/html" };
export const PLAIN: Content = { type: "text/plain" };
export const ANY_JSON: Content = { type: "application/json" };
export const BYTES: Content = { type: "application/octet-stream" };
const text = { type: "string" };
export const parameter = (
  name: string,
  says: string,
  more: Partial<Parameter> = {},
): Parameter => ({ name, in: "query", says, schema: text, ...more });

export const page = (
  route: string,
  says: string,
  more: Partial<RouteDoc> = {},
) => ({
  route,
  says,
  tag: "pages" as const,
  answers: { 200: HTML },
  errors: [],
  ...more,
});
export const twin = (route: string, says: string) =>
  page(route, says, { answers: { 200: ANY_JSON } });

const FORM_ERRORS = [400, 403, 409, 413] as const;

/** What a form of the portal is sent to: it answers with another page. Programs use the routes that take JSON. */
export const form = (route: string, says: string): RouteDoc =>
  page(route, says, {
    body: { type: "application/x-www-form-urlencoded" },
    answers: { 303: { type: "text/html" } },
    errors: FORM_ERRORS,
  });
