import type { Context, Hono, MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { settled } from "../../accounts/incoming-acts.ts";
import { INCOMING_MAX_PER_DAY } from "../../accounts/incoming.ts";
import { mustBe, readForm } from "../account/form.tsx";
import type { AppOptions } from "../app.tsx";
import { around } from "../around.ts";
import { upTo } from "../body-guards.ts";
import { showError } from "../error-page.tsx";
import { errorBody } from "../errors.ts";
import { say } from "../lang/say.ts";
import { showPage } from "../show-page.ts";
import {
  NAME_CHARACTERS_MAX,
  OBJECTION_CHARACTERS_MAX,
  ObjectionsPage,
  ObjectPage,
  type Typed,
} from "./objections-page.tsx";
import { objectionsView, openNotice } from "./objections.ts";

const FORM_BYTES_MAX = 128 * 1024;
const NOTHING: Typed = { name: "", text: "", wrong: {} };

/** `GET /objections`, its twin, and `/objections/:what/:id`: what can be objected to now, and the form that hands it to a post. */
export function objectionRoutes(
  app: Hono,
  options: AppOptions,
  sure: MiddlewareHandler,
): void {
  const limited = upTo(FORM_BYTES_MAX);
  const view = () => objectionsView(options.office.register, options.now());
  app.get("/objections", async (c) => {
    const who = around().session?.who;
    const maySend = who?.kind === "citizen" || who?.kind === "organisation";
    const sent = maySend ? await options.incoming?.sentBy(who) : undefined;
    const objections = await settled(
      ...([options.incoming, options.office.register] as const),
      sent?.filter(({ kind }) => kind === "objection") ?? [],
    );
    return showPage(
      c,
      <ObjectionsPage
        {...{ view: view(), sent: objections, maySend }}
        register={options.office.register}
      />,
    );
  });
  app.get("/objections.json", (c) => c.json(view()));
  app.get("/objections/:what/:id", (c) => {
    const notice = noticeAt(c, options);
    if (notice === undefined) return notOpen(c);
    mustBe(c, "citizen", "organisation");
    return showPage(c, <ObjectPage notice={notice} typed={NOTHING} />);
  });
  app.post("/objections/:what/:id", sure, limited, (c) => object(c, options));
}

function noticeAt(c: Context, { office, now }: AppOptions) {
  return openNotice(office.register, now(), {
    what: c.req.param("what") ?? "",
    id: c.req.param("id") ?? "",
  });
}

function notOpen(c: Context): Response | Promise<Response> {
  const why = "Nothing can be objected to at this address now";
  return showError(c, errorBody("notFound", why), 404);
}

async function object(c: Context, options: AppOptions): Promise<Response> {
  const who = mustBe(c, "citizen", "organisation");
  const sent = await readForm(c);
  const notice = noticeAt(c, options);
  if (notice === undefined) return notOpen(c);
  const typed = { name: sent.text("name"), text: sent.text("text") };
  const wrong = wrongIn(typed);
  if (Object.keys(wrong).length > 0)
    return showPage(
      c,
      <ObjectPage notice={notice} typed={{ ...typed, wrong }} />,
      422,
    );
  if (options.incoming === undefined)
    throw new HTTPException(503, {
      message: "Cannot take an objection: this office keeps none",
    });
  const { what, id, stage } = notice;
  const taken = await options.incoming.take(who, {
    kind: "objection",
    about: { what, id, stage },
    ...typed,
  });
  if (taken === undefined)
    return showError(
      c,
      errorBody(
        "tooManyRequests",
        `Cannot take more than ${INCOMING_MAX_PER_DAY} objections a day of one sender`,
      ),
      429,
    );
  return c.redirect("/objections", 303);
}

function wrongIn({ name, text }: Omit<Typed, "wrong">): Typed["wrong"] {
  return {
    ...(name === ""
      ? { name: say("Say who objects") }
      : name.length > NAME_CHARACTERS_MAX
        ? { name: tooLong(name, NAME_CHARACTERS_MAX) }
        : {}),
    ...(text === ""
      ? { text: say("Say what you object to") }
      : text.length > OBJECTION_CHARACTERS_MAX
        ? { text: tooLong(text, OBJECTION_CHARACTERS_MAX) }
        : {}),
  };
}

function tooLong(text: string, max: number): string {
  return say("This has {n} characters; at most {max} are taken", {
    n: text.length,
    max,
  });
}
