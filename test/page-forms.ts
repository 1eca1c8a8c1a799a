/** One thing in a form that has a name, as a browser would hold it. */
export type Control = {
  readonly name: string;
  /** `select`, `textarea`, or the type of the input or button. */
  readonly type: string;
  readonly value: string;
  /** Of a box or a dot: whether it is set. */
  readonly checked: boolean;
  /** Of a select: what can be chosen. */
  readonly options: readonly string[];
};

export type PageForm = {
  readonly action: string;
  readonly method: string;
  readonly controls: readonly Control[];
};

type Tag = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** What stands between this tag and the next one. */
  readonly text: string;
};

/** The forms of a page, read as a browser reads pages that are valid. */
export function formsIn(html: string): readonly PageForm[] {
  return [...html.matchAll(/<form\b[\s\S]*?<\/form>/g)].map(([text]) => {
    const [form, ...inside] = tagsIn(text);
    return {
      action: form?.attributes.get("action") ?? "",
      method: (form?.attributes.get("method") ?? "get").toLowerCase(),
      controls: controlsIn(inside),
    };
  });
}

/** What a browser sends of a form, by the button with that value, where one is pressed; no file is chosen. */
export function sentFrom(
  { controls }: PageForm,
  button?: { readonly name: string; readonly value: string },
): readonly (readonly [name: string, value: string])[] {
  return [
    ...controls.flatMap(
      ({ name, type, value, checked }): (readonly [string, string])[] => {
        const isSent =
          type === "checkbox" || type === "radio"
            ? checked
            : !["submit", "button", "file"].includes(type);
        return isSent ? [[name, value]] : [];
      },
    ),
    ...(button === undefined ? [] : [[button.name, button.value] as const]),
  ];
}

function controlsIn(tags: readonly Tag[]): readonly Control[] {
  const found: Control[] = [];
  for (const [place, { name: tag, attributes, text }] of tags.entries()) {
    const name = attributes.get("name");
    if (name === undefined) continue;
    const value = attributes.get("value") ?? "";
    const checked = attributes.has("checked");
    const one = { name, value, checked, options: [] };
    if (tag === "button")
      found.push({ ...one, type: attributes.get("type") ?? "submit" });
    if (tag === "input") {
      const type = attributes.get("type") ?? "text";
      found.push({ ...one, type, value: keptBy(type, value) });
    }
    // The first line break behind the tag is none of the text; lines that are sent end as lines of letters do.
    if (tag === "textarea")
      found.push({
        ...one,
        type: tag,
        value: decoded(text)
          .replace(/^\r?\n/, "")
          .replaceAll(/\r?\n/g, "\r\n"),
      });
    if (tag === "select") {
      const end = tags.findIndex(
        (other, at) => at > place && isNoOption(other),
      );
      const options = tags.slice(place + 1, end === -1 ? undefined : end);
      const chosen =
        options.findLast((option) => option.attributes.has("selected")) ??
        options[0];
      const valueOf = (option: Tag | undefined): string =>
        option?.attributes.get("value") ?? "";
      found.push({
        ...one,
        type: tag,
        value: valueOf(chosen),
        options: options.map(valueOf),
      });
    }
  }
  return found;
}

function isNoOption({ name }: Tag): boolean {
  return name !== "option";
}

const KEPT: Readonly<Record<string, RegExp>> = {
  date: /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/,
  month: /^[0-9]{4}-[0-9]{2}$/,
  "datetime-local":
    /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,3})?)?$/,
};

/** What an input keeps of its value: one for days forgets what is none, one for text has one line. */
function keptBy(type: string, value: string): string {
  const form = KEPT[type];
  if (form !== undefined) return form.test(value) ? value : "";
  return type === "hidden" ? value : value.replaceAll(/[\r\n]/g, "");
}

function tagsIn(html: string): readonly Tag[] {
  return [
    ...html.matchAll(
      /<([a-z][a-z0-9]*)((?:\s+[^\s=>"]+(?:="[^"]*")?)*)\s*\/?>([^<]*)/g,
    ),
  ].map(([, name = "", attributes = "", text = ""]) => ({
    name,
    text,
    attributes: new Map(
      [...attributes.matchAll(/([^\s=]+)(?:="([^"]*)")?/g)].map(
        ([, key = "", value = ""]) => [key, decoded(value)],
      ),
    ),
  }));
}

/** Text as it stands behind the signs of HTML. */
export function decoded(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
