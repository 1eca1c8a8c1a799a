import { raw } from "hono/html";
import type { Child, FC } from "hono/jsx";
import { Form } from "./account/form.tsx";
import { around } from "./around.ts";
import { CONTENTS_MARK } from "./contents.ts";
import { langs, OWN_NAMES, TAGS } from "./lang/lang.ts";
import { sayNumber } from "./lang/figures.ts";
import { say, sayWith } from "./lang/say.ts";
import { NAV, OWN_PAGES } from "./nav.ts";
import { When } from "./when.tsx";

/** What every page stands in: its head, a way past the head for whoever goes by keyboard, and its end. */
export const Frame: FC<{
  title: string;
  /** The same page as JSON. */
  json?: string;
  /** Feeds of what the page shows: their addresses and types. */
  feeds?: readonly (readonly [href: string, type: string, title: string])[];
  /** Pages about persons in their posts are not for search engines. */
  unindexed?: boolean;
  /** A script of the office's own, where a page does more than show. */
  script?: string;
  /** Whether its sections are named at its top: it is long, above all on a phone. */
  long?: boolean;
  /** Stands above the content. */
  lead: Child;
  foot?: Child;
  children?: Child;
}> = ({
  title,
  json,
  feeds = [],
  unindexed,
  script,
  long,
  lead,
  foot,
  children,
}) => (
  <html lang={TAGS[around().lang]}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      {unindexed === true && <meta name="robots" content="noindex" />}
      <title>{titleOf(title)}</title>
      <link rel="icon" type="image/svg+xml" href="/icon.svg" />
      <link rel="stylesheet" href="/style.css" />
      {json !== undefined && (
        <link rel="alternate" type="application/json" href={json} />
      )}
      {feeds.map(([href, type, says]) => (
        <link rel="alternate" type={type} title={says} href={href} />
      ))}
      {script !== undefined && <script type="module" src={script} />}
    </head>
    <body>
      <a class="skip" href="#main">
        {say("Skip to the content")}
      </a>
      <Printed />
      <header>
        <Bar />
        <div class="lead">
          {lead}
          {long === true && <Contents />}
        </div>
      </header>
      <main id="main">{children}</main>
      <footer class="quiet">
        {foot}
        {json !== undefined && (
          <p>
            <a href={json}>{say("This page as JSON")}</a>
          </p>
        )}
      </footer>
    </body>
  </html>
);

/** The sections of the page; a page that must be seen before anything else is read has them further down. */
export const Contents: FC = () => (
  <nav class="contents" aria-label={say("On this page")}>
    {raw(CONTENTS_MARK)}
  </nav>
);

/** On paper alone: whose page it is, where it is read, and of which state of the register. */
const Printed: FC = () => {
  const { office, address, here, newest } = around();
  if (newest === undefined) return null;
  return (
    <p class="printed">
      <strong>{office}</strong>
      {address !== undefined && (
        <>
          {" · "}
          {new URL(here, address).href}
        </>
      )}
      {" · "}
      {sayWith(
        newest.isPublic
          ? "State of the register: entry {entry}, {at}"
          : "State of the register: entry {entry}, which is not public yet, {at}",
        { entry: sayNumber(newest.entry), at: <When at={newest.at} /> },
      )}
    </p>
  );
};

function titleOf(title: string): string {
  const { office } = around();
  return office === "" || office === title ? title : `${title} · ${office}`;
}

const Bar: FC = () => {
  const { office, session, signedInAs, here } = around();
  return (
    <div class="bar-top" role="region" aria-label={say("This office")}>
      <a
        class="home"
        href="/"
        {...(here === "/" ? { "aria-current": "page" } : {})}
      >
        {office === "" ? say("Not founded yet") : office}
      </a>
      <nav aria-label={say("Pages of this office")}>
        <ul class="links">
          {[
            ...NAV,
            ...(session === undefined ? [] : OWN_PAGES[session.who.kind]),
          ].map(([path, says]) => (
            <li>
              <a
                href={path}
                {...(here === path ? { "aria-current": "page" } : {})}
              >
                {say(says)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <form
        class="find"
        method="get"
        action="/search"
        role="search"
        aria-label={say("Search this office")}
      >
        <input
          type="search"
          name="q"
          maxlength={200}
          aria-label={say("Search this office")}
        />
        <button type="submit">{say("Search")}</button>
      </form>
      <div class="who">
        <Languages />
        {session === undefined ? (
          <a href={`/sign-in?to=${encodeURIComponent(here)}`} rel="nofollow">
            {say("Sign in")}
          </a>
        ) : (
          <Form action="/sign-out" label={say("Sign out")}>
            <span>{say("Signed in as {who}", { who: signedInAs ?? "" })}</span>
            <button type="submit">{say("Sign out")}</button>
          </Form>
        )}
      </div>
    </div>
  );
};

/** Each language in its own words, with a link that anybody can pass on. */
const Languages: FC = () => {
  const { lang, here } = around();
  return (
    <ul class="links" aria-label={say("Language")}>
      {langs
        .filter((one) => one !== lang)
        .map((one) => (
          <li>
            <a
              href={inLanguage(here, one)}
              lang={TAGS[one]}
              hreflang={TAGS[one]}
              rel="nofollow"
            >
              {OWN_NAMES[one]}
            </a>
          </li>
        ))}
    </ul>
  );
};

function inLanguage(here: string, lang: string): string {
  const url = new URL(here, "http://office.invalid");
  url.searchParams.set("lang", lang);
  return `${url.pathname}${url.search}`;
}
