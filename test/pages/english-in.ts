/**
 * English words that a reader of a page in another language would see or hear: in its text and in attributes that are read out. What says
 * of itself that it is English, and code, is left out; so are words with a digit, a dot, a hyphen or a slash in them, which are ids,
 * rules and addresses.
 */
export function englishIn(html: string): readonly string[] {
  const found = new Set<string>();
  for (const text of heardIn(html))
    for (const word of text.split(/[^A-Za-z0-9._/:@+-]+/))
      if (/^[A-Za-z]{2,}[.:]?$/.test(word))
        found.add(word.replace(/[.:]$/, ""));
  return [...found].toSorted();
}

/**
 * The same as runs of two and more words one after another, which are a sentence or the beginning of one. `names` are quoted as they are, wherever
 * they stand.
 */
export function englishRunsIn(
  html: string,
  names: readonly string[],
): readonly string[] {
  const quoted = new RegExp(
    `(?<![A-Za-z])(?:${names
      .filter((one) => one !== "")
      .toSorted((one, other) => other.length - one.length)
      .map((one) => one.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join("|")})(?![A-Za-z])`,
    "g",
  );
  const found = new Set<string>();
  for (const text of heardIn(html))
    for (const [run] of (names.length === 0
      ? text
      : text.replaceAll(quoted, "\n")
    ).matchAll(RUN))
      found.add(run);
  return [...found].toSorted();
}

/** Words with nothing between them but spaces and the marks of a sentence; no part of an address, an id or a file name. */
const RUN =
  /(?<![\w./@:-])[A-Za-z][A-Za-z']*(?:[ ,;:]+[A-Za-z][A-Za-z']*)+(?![\w/@-]|[.:]\w)/g;

/** Texts of a page, and of its attributes that are read out, but code and what says of itself that it is English. */
function heardIn(html: string): readonly string[] {
  const heard: string[] = [];
  const hears = (text: string): void => {
    heard.push(text);
  };
  const open: { name: string; silent: boolean }[] = [];
  for (const [, text = "", tag = ""] of html.matchAll(/([^<]*)(<[^>]*>)?/g)) {
    const silent = open.at(-1)?.silent ?? false;
    if (!silent) hears(unescaped(text));
    const [, slash, name = ""] = /^<(\/?)([a-z0-9]+)/.exec(tag) ?? [];
    if (name === "") continue;
    if (slash === "/") {
      while (open.length > 0 && open.pop()?.name !== name);
      continue;
    }
    const quiet = silent || isSilent(name, tag);
    if (!quiet) for (const said of attributesOf(tag)) hears(unescaped(said));
    if (!VOID.has(name) && !tag.endsWith("/>"))
      open.push({ name, silent: quiet });
  }
  return heard;
}

const VOID: ReadonlySet<string> = new Set(["br", "input", "link", "meta"]);

function isSilent(name: string, tag: string): boolean {
  return (
    ["code", "pre", "script", "style"].includes(name) || / lang="en"/.test(tag)
  );
}

function attributesOf(tag: string): readonly string[] {
  return [
    ...tag.matchAll(
      / (?:aria-label|title|alt|placeholder|data-column)="([^"]*)"/g,
    ),
  ].map(([, said = ""]) => said);
}

function unescaped(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
