import type { Web } from "./web-office.ts";

/** A browser without a screen: it keeps cookies, and sends a form with the token of the page that it saw last. */
export type Visitor = {
  readonly text: (path: string) => Promise<string>;
  /** The answer itself, whatever it is. */
  readonly get: (path: string) => Promise<Response>;
  /** The token that forms of a page bring. */
  readonly formToken: (path: string) => Promise<string>;
  readonly send: (
    path: string,
    fields: Readonly<Record<string, string | readonly string[]>>,
  ) => Promise<Response>;
  /** The same with files, as a browser sends them. */
  readonly upload: (
    path: string,
    fields: Readonly<Record<string, string>>,
    files: readonly (readonly [field: string, file: File])[],
  ) => Promise<Response>;
  readonly cookie: (name: string) => string;
};

export function browserOf({ ask }: Pick<Web, "ask">): Visitor {
  const jar = new Map<string, string>();
  let seen = "";
  const asked = async (
    path: string,
    init: RequestInit = {},
  ): Promise<Response> => {
    const response = await ask(path, {
      ...init,
      headers: {
        Accept: "text/html",
        Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
      },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  const text = async (path: string): Promise<string> => {
    seen = await (await asked(path)).text();
    return seen;
  };
  const tokenIn = (page: string): string =>
    /name="formToken" value="([^"]*)"/.exec(page)?.[1] ?? "";
  return {
    text,
    get: (path) => asked(path),
    formToken: async (path) => tokenIn(await text(path)),
    send: (path, fields) => {
      const body = new URLSearchParams({ formToken: tokenIn(seen) });
      for (const [name, given] of Object.entries(fields))
        for (const value of [given].flat()) body.append(name, value);
      return asked(path, { method: "POST", body });
    },
    upload: (path, fields, files) => {
      const body = new FormData();
      body.set("formToken", tokenIn(seen));
      for (const [name, value] of Object.entries(fields))
        body.append(name, value);
      for (const [name, file] of files) body.append(name, file);
      return asked(path, { method: "POST", body });
    },
    cookie: (name) => jar.get(name) ?? "",
  };
}
