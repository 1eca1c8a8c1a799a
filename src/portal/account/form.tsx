import { timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import type { FC, PropsWithChildren } from "hono/jsx";
import { Malformed } from "../../acts/canonical.ts";
import { around } from "../around.ts";
import { Forbidden, ForOthers, NotSignedIn } from "./refusals.ts";

/** What a form brought, by the names of its fields. */
export type Sent = {
  /** The text of a field with no white space around it; empty where there is none. */
  readonly text: (name: string) => string;
  /** Every value of a field that may stand several times. */
  readonly texts: (name: string) => readonly string[];
  readonly files: (name: string) => readonly File[];
  /** Every field but the form's own token, to be shown again as it was typed. */
  readonly typed: ReadonlyMap<string, readonly string[]>;
};

const TOKEN_FIELD = "formToken";
const FIELDS_MAX = 2_000;
const FORM_TYPES =
  /^(?:application\/x-www-form-urlencoded|multipart\/form-data) *(?:;|$)/i;

/** A form that changes something: it brings the token of the session that it was shown in. */
export const Form: FC<
  PropsWithChildren<{
    action: string;
    id?: string;
    files?: boolean;
    label?: string;
    /** What the script of passkeys asks the browser for (passkey-form.tsx). */
    passkey?: { readonly kind: "get" | "create"; readonly options: string };
  }>
> = ({ action, id, files, label, passkey, children }) => (
  <form
    method="post"
    action={action}
    class="ask"
    id={id}
    aria-label={label}
    data-passkey={passkey?.kind}
    data-options={passkey?.options}
    {...(files === true ? { enctype: "multipart/form-data" } : {})}
  >
    <input
      type="hidden"
      name={TOKEN_FIELD}
      value={around().session?.formToken ?? ""}
    />
    {children}
  </form>
);

const PART = Buffer.from("form-data; name=");

/** Whether a body of that type can hold more fields than a form may have. */
function isOver(bytes: ArrayBuffer, type: string): boolean {
  const mark = /^multipart/i.test(type) ? PART : Buffer.from("&");
  return marksIn(Buffer.from(bytes), mark) > FIELDS_MAX;
}

function marksIn(body: Buffer, mark: Buffer): number {
  let count = 0;
  for (
    let at = body.indexOf(mark);
    at >= 0 && count <= FIELDS_MAX;
    at = body.indexOf(mark, at + 1)
  )
    count++;
  return count;
}

function tooManyFields(): Malformed {
  return new Malformed(
    `Cannot read the form: it has over ${FIELDS_MAX} fields`,
  );
}

/**
 * Reads what a form brought. Whoever is signed in sends it from a page of the same session: the browser must not say that it comes
 * from another site, and its token must be the session's.
 */
export async function readForm(c: Context): Promise<Sent> {
  mustBeOwnPage(c);
  const { session } = around();
  const type = c.req.header("content-type") ?? "";
  if (!FORM_TYPES.test(type))
    throw new Malformed("Cannot read the form: want it as a browser sends it");
  // Reading it as an array buffer first keeps its size and pace inside the guard's limits.
  const bytes = await c.req.arrayBuffer();
  // Millions of fields would be made before anybody could count them.
  if (isOver(bytes, type)) throw tooManyFields();
  const form = await new Response(bytes, {
    headers: { "Content-Type": type },
  })
    .formData()
    .catch((cause: unknown) => {
      throw new Malformed("Cannot read the form: it is not whole", { cause });
    });
  const values = new Map<string, (string | File)[]>();
  let count = 0;
  for (const [name, value] of form) {
    if (++count > FIELDS_MAX) throw tooManyFields();
    // No keyboard types it, and no database keeps it.
    if (typeof value === "string" && value.includes("\0"))
      throw new Malformed("Cannot read the form: a field holds the sign NUL");
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  const texts = (name: string): readonly string[] =>
    (values.get(name) ?? []).flatMap((one) =>
      typeof one === "string" ? [one.replaceAll("\r\n", "\n")] : [],
    );
  if (session !== undefined)
    mustBeSame(texts(TOKEN_FIELD)[0] ?? "", session.formToken);
  return {
    text: (name) => (texts(name)[0] ?? "").trim(),
    texts,
    files: (name) =>
      (values.get(name) ?? []).filter(
        (one): one is File => typeof one !== "string" && one.size > 0,
      ),
    typed: new Map(
      [...values.keys()]
        .filter((name) => name !== TOKEN_FIELD)
        .map((name) => [name, texts(name)]),
    ),
  };
}

/** The same for somebody who has to be signed in as one of these kinds. */
export function mustBe<K extends Kinds>(
  c: Context,
  ...kinds: readonly K[]
): Extract<Signed, { readonly kind: K }> {
  const who = around().session?.who;
  if (who === undefined) throw new NotSignedIn(around().here);
  const isOne = (one: Signed): one is Extract<Signed, { readonly kind: K }> =>
    kinds.some((kind) => kind === one.kind);
  if (!isOne(who))
    throw new ForOthers(
      `${c.req.path} is only for ${kinds.map((kind) => WHOM[kind]).join(" and ")}`,
      around().here,
    );
  return who;
}

/** Stands before what reads a large body: it is read from nobody else. */
export function onlyFor(
  ...kinds: Parameters<typeof mustBe>[1][]
): MiddlewareHandler {
  return (c, next) => {
    mustBe(c, ...kinds);
    return next();
  };
}

type Signed = NonNullable<ReturnType<typeof around>["session"]>["who"];
type Kinds = Signed["kind"];

const WHOM = {
  official: "officials of this office",
  organisation: "organisations that use data",
  citizen: "citizens",
} as const satisfies Record<Kinds, string>;

function mustBeOwnPage(c: Context): void {
  const site = c.req.header("sec-fetch-site");
  const origin = c.req.header("origin");
  const isOther =
    (site !== undefined && site !== "same-origin" && site !== "none") ||
    (origin !== undefined && !isHere(origin, c));
  if (isOther) throw new Forbidden("the form comes from another site");
}

/** An origin that says nothing, as "null" does, is nobody's own page. */
function isHere(origin: string, c: Context): boolean {
  return URL.canParse(origin) && new URL(origin).host === c.req.header("host");
}

function mustBeSame(sent: string, wanted: string): void {
  const [a, b] = [Buffer.from(sent), Buffer.from(wanted)];
  if (a.length !== b.length || !timingSafeEqual(a, b))
    throw new Forbidden("the form is from another session or too old");
}
