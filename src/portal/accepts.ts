import type { Context } from "hono";

/** Whether a browser asks, which says so before anything else; programs say nothing, or JSON. */
export function wantsHtml(c: Context): boolean {
  return firstOf(c) === "text/html";
}

export function wantsJson(c: Context): boolean {
  return firstOf(c) === "application/json";
}

/** Of the two kinds of a page the one that is wanted first. */
function firstOf(c: Context): string | undefined {
  const ranges = (c.req.header("accept") ?? "").split(",").map((range) => {
    const [type = "", ...parameters] = range.split(";");
    const q = parameters.map((one) => /^\s*q=([\d.]+)\s*$/i.exec(one)?.[1]);
    const weight = Number(q.find((one) => one !== undefined) ?? "1");
    return { type: type.trim().toLowerCase(), weight };
  });
  const known = ranges.filter(
    ({ type, weight }) =>
      weight > 0 && (type === "text/html" || type === "application/json"),
  );
  return known.toSorted((a, b) => b.weight - a.weight)[0]?.type;
}
