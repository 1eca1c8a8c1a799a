import type { Context, Hono, MiddlewareHandler } from "hono";
import { hash } from "../../acts/shapes.ts";
import type { TooMany, UsesPage } from "../../gateway/citizen/citizen-desk.ts";
import { QUESTION_CHARACTERS_MAX } from "../../gateway/citizen/questions.ts";
import { questionTerm } from "../../rules/terms.ts";
import { mustBe, readForm } from "../account/form.tsx";
import { wantsHtml } from "../accepts.ts";
import type { AppOptions } from "../app.tsx";
import { around } from "../around.ts";
import { upTo } from "../body-guards.ts";
import { placed, readCursor } from "../citizen-routes.ts";
import { showError } from "../error-page.tsx";
import { errorBody } from "../errors.ts";
import { say } from "../lang/say.ts";
import { KeptLooks, sessionMark } from "../kept-looks.ts";
import type { FindEntry } from "../proof-routes.ts";
import { showPage } from "../show-page.ts";
import { AskedPage, AskPage, SessionOverPage } from "./ask-page.tsx";
import { MyPage, TooManyPage } from "./my-page.tsx";
import {
  completeInWords,
  enteredAnswers,
  inWords,
  permitThen,
} from "./my-view.ts";

const LINES = 20;
const FORM_BYTES_MAX = 64 * 1024;
const MINUTE_SECONDS = 60;
const EVER = { from: 0, to: Number.MAX_SAFE_INTEGER };

/** `GET /my`, `POST /my/ask/:leaf`, `GET /my/asked/:question`: who used my data, for whoever is signed in as a citizen. */
export function myRoutes(
  app: Hono,
  options: AppOptions,
  find: FindEntry,
  sure: MiddlewareHandler,
): void {
  const limited = upTo(FORM_BYTES_MAX);
  const kept = new KeptLooks<UsesPage>();
  app.get("/my", sure, (c) => list(c, options, find, kept));
  app.post("/my/ask/:leaf", sure, limited, (c) => ask(c, options, kept));
  app.get("/my/asked/:question", sure, async (c) => {
    mustBe(c, "citizen");
    const id = c.req.param("question");
    const question = await options.citizens.question(id);
    if (question === undefined)
      return showError(
        c,
        errorBody("notFound", "No question has that number"),
        404,
      );
    const { register } = options.office;
    return showPage(
      c,
      <AskedPage
        question={question}
        isAgain={c.req.query("again") === "1"}
        term={questionTerm(register.rulebook?.act)}
        offsetMinutes={register.offsetMinutes}
      />,
    );
  });
}

async function list(
  c: Context,
  options: AppOptions,
  find: FindEntry,
  kept: KeptLooks<UsesPage>,
): Promise<Response> {
  const who = mustBe(c, "citizen");
  const { office, citizens } = options;
  const cursor = c.req.query("cursor");
  const begin = readCursor(cursor);
  const now = options.now();
  const session = sessionMark();
  const place = cursor ?? "";
  const page =
    kept.shown(session, place, now) ??
    (await citizens.look(who, { span: EVER, begin, limit: LINES }));
  if ("retryInSeconds" in page) return tooOften(c, page);
  if (kept.shown(session, place, now) === undefined)
    kept.keep(session, place, page, now);
  const { register } = office;
  const placedAt = new Map(
    await Promise.all(
      page.lines.map(
        async (line) =>
          [line.leaf, await placed(line, find, office, now)] as const,
      ),
    ),
  );
  const last = page.lines.at(-1);
  return showPage(
    c,
    <MyPage
      page={{
        ...page,
        lines: page.lines.map((one) => inWords(register, one)),
        complete: completeInWords(register, page.complete),
      }}
      {...{ by: who.by, placedAt, now }}
      permitOf={(line) => permitThen(register, line, now)}
      answers={await enteredAnswers(office, citizens, page.lines)}
      offsetMinutes={register.offsetMinutes}
      isFirst={cursor === undefined}
      {...(page.isMore && last !== undefined
        ? { next: `${last.at}.${last.leaf}` }
        : {})}
    />,
  );
}

async function ask(
  c: Context,
  options: AppOptions,
  kept: KeptLooks<UsesPage>,
): Promise<Response> {
  const leaf = c.req.param("leaf") ?? "";
  const sent = await readForm(c);
  const text = sent.text("text");
  if (around().session === undefined && text !== "" && wantsHtml(c))
    return showPage(c, <SessionOverPage text={text} />, 401);
  const who = mustBe(c, "citizen");
  const wrong =
    text === ""
      ? say("Write what you want to know")
      : text.length > QUESTION_CHARACTERS_MAX
        ? say("This has {n} characters; at most {max} are taken", {
            n: text.length,
            max: QUESTION_CHARACTERS_MAX,
          })
        : undefined;
  const isLeaf = hash.safeParse(leaf).success;
  if (isLeaf && wrong !== undefined)
    return showPage(c, <AskPage {...{ leaf, text, wrong }} />, 422);
  const taken = isLeaf
    ? await options.citizens.ask(who, leaf, text)
    : undefined;
  if (taken === undefined)
    return showError(
      c,
      errorBody("notFound", "No line of this list is at that address"),
      404,
    );
  if ("retryInSeconds" in taken) return tooOften(c, taken);
  if (taken.isAskedAlready === true)
    return c.redirect(`/my/asked/${taken.question}?again=1`, 303);
  kept.forget(sessionMark());
  await options.receiveQuestion?.(taken.question);
  return c.redirect(`/my/asked/${taken.question}`, 303);
}

function tooOften(
  c: Context,
  { retryInSeconds }: TooMany,
): Response | Promise<Response> {
  c.header("Retry-After", String(retryInSeconds));
  const minutes = Math.ceil(retryInSeconds / MINUTE_SECONDS);
  return showPage(c, <TooManyPage minutes={minutes} />, 429);
}
