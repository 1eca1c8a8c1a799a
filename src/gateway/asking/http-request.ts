/** A request as far as a signature can cover it. */
export type HttpRequest = {
  readonly method: string;
  /** The target as the client addressed it: scheme, authority, path and query, with nothing decoded. */
  readonly url: string;
  /** All values of a field, joined with a comma and a space, as RFC 9110 lets them be. */
  readonly header: (name: string) => string | null | undefined;
  readonly body: Uint8Array;
};

export type Target = {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;
};

/** A target in the form that RFC 9421 section 2.2 signs; undefined where it is none. Nothing is decoded or resolved. */
export function readTarget(url: string): Target | undefined {
  const match = /^(https?):\/\/([^/?#@\s]+)(\/[^?#\s]*)?(\?[^#\s]*)?$/i.exec(
    url,
  );
  if (match === null) return undefined;
  const [, named = "", host = "", path = "", query = ""] = match;
  const scheme = named.toLowerCase();
  const usual = scheme === "https" ? /:(?:443)?$/ : /:(?:80)?$/;
  const authority = host.toLowerCase().replace(usual, "");
  return { scheme, authority, path: path === "" ? "/" : path, query };
}

/** The same request under the address that the office gives itself: behind a proxy its own host and scheme are others. */
export function atAddress(request: HttpRequest, address: string): HttpRequest {
  const target = readTarget(request.url);
  if (target === undefined) return request;
  const { path, query } = target;
  return { ...request, url: `${address.replace(/\/+$/, "")}${path}${query}` };
}
