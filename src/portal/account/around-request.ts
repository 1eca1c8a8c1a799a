import type { Context, MiddlewareHandler } from "hono";
import type { WebSession, Who } from "../../accounts/sessions.ts";
import { showInstant } from "../../acts/dates.ts";
import { Unavailable } from "../../gateway/unavailable.ts";
import { inForce, type ReadRegister } from "../../register/register.ts";
import { wantsJson } from "../accepts.ts";
import type { AppOptions } from "../app.tsx";
import { DATA } from "../body-guards.ts";
import { speaking, within } from "../around.ts";
import { acceptedLang, readLang } from "../lang/lang.ts";
import { say } from "../lang/say.ts";
import { chosenLanguage, keepLanguage, sessionToken } from "./cookies.ts";
import { officeTitle, titleOf } from "../lang/title-in.ts";

/** Every request is answered in one language and, where its cookie says so, for somebody who is signed in. */
export function aroundRequest(options: AppOptions): MiddlewareHandler {
  return async (c, next) => {
    const url = new URL(c.req.url);
    const asked = readLang(url.searchParams.get("lang") ?? undefined);
    if (
      asked !== undefined &&
      c.req.method === "GET" &&
      // A column may be called `lang`.
      !DATA.test(url.pathname)
    ) {
      keepLanguage(c, asked);
      url.searchParams.delete("lang");
      return c.redirect(localPath(`${url.pathname}${url.search}`), 303);
    }
    // What programs read is English.
    const lang =
      url.pathname.endsWith(".json") || wantsJson(c)
        ? "en"
        : (readLang(chosenLanguage(c)) ??
          acceptedLang(c.req.header("accept-language")));
    const { register } = options.office;
    const address = options.address?.();
    const plain = {
      lang,
      here: localPath(`${url.pathname}${url.search}`),
      office: speaking(lang, () => officeTitle(register)),
      demonstration: options.demonstration,
      address,
      newest: newestOf(register, options.office.published.size),
      secure: address?.startsWith("https:") === true,
      session: undefined,
      signedInAs: undefined,
    };
    const session = await within(plain, () => readSession(c, options));
    if (session === undefined) return within(plain, next);
    // What somebody is called is said in the language of the page.
    const signedInAs = within(plain, () =>
      nameOf(session.who, register, options.now()),
    );
    await within({ ...plain, session, signedInAs }, next);
    // What somebody is shown who is signed in is kept nowhere on the way, their twins of pages as little as pages.
    const { headers } = c.res;
    if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
    return;
  };
}

function newestOf(
  { size, at, offsetMinutes }: ReadRegister,
  published: number,
) {
  return size === 0
    ? undefined
    : {
        ...{ entry: size - 1, at: showInstant(at, offsetMinutes) },
        isPublic: size <= published,
      };
}

/** Pages are readable also while the database is away; then nobody is signed in at them. */
async function readSession(
  c: Context,
  { sessions }: AppOptions,
): Promise<WebSession | undefined> {
  const token = sessionToken(c);
  if (token === undefined || sessions === undefined) return undefined;
  try {
    return await sessions.read(token);
  } catch (cause) {
    if (c.req.method === "GET") return undefined;
    throw new Unavailable(
      "Cannot tell who is signed in: the database is away",
      {
        cause,
      },
    );
  }
}

/** An address inside this office: what begins with two slashes would be another host. */
export function localPath(path: string): string {
  return /^\/(?![/\\])[^\\\x00-\x20\x7f]*$/.test(path) ? path : "/";
}

/** The posts that a person holds now, as the register says. */
export function postsOf(
  register: ReadRegister,
  person: number,
  now: number,
): readonly string[] {
  return [...register.tenures]
    .filter(([, tenures]) =>
      tenures.some(
        (tenure) => tenure.act.person === person && inForce(tenure, now),
      ),
    )
    .map(([post]) => post);
}

/** By post or organisation; a citizen is not named on the page that they look at. */
export function nameOf(who: Who, register: ReadRegister, now: number): string {
  switch (who.kind) {
    case "official": {
      const posts = postsOf(register, who.person, now).map((post) =>
        titleOf(register.posts.get(post), post),
      );
      return posts.length === 0
        ? say("person {person}, who holds no post", { person: who.person })
        : posts.join(say(", "));
    }
    case "organisation":
      return titleOf(
        register.organisations.get(who.organisation),
        who.organisation,
      );
    case "citizen":
      return say("citizen");
  }
}
