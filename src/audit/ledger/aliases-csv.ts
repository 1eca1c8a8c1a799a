/** The cells of a CSV text, line by line, each with the line on which it begins; commas, quotes as in RFC 4180. */
export function csvLines(
  text: string,
): readonly { readonly line: number; readonly cells: readonly string[] }[] {
  const lines: { line: number; cells: string[] }[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\r|\n|$)/y;
  const body = text.replace(/^\ufeff/, "");
  let line = 1;
  let current = { line, cells: new Array<string>() };
  while (pattern.lastIndex < body.length || current.cells.length > 0) {
    const begin = pattern.lastIndex;
    const match = pattern.exec(body);
    if (match === null) {
      // A quote that nothing closes, or text behind one: the rest of the line as it stands.
      const end = body.slice(begin).search(/[\r\n]|$/) + begin;
      current.cells.push(body.slice(begin, end));
      pattern.lastIndex = end;
      const rest = /\r\n|\r|\n|$/y;
      rest.lastIndex = end;
      pattern.lastIndex = end + (rest.exec(body)?.[0].length ?? 0);
      lines.push(current);
      line += 1;
      current = { line, cells: [] };
      continue;
    }
    const [whole, inQuotes, bare = "", end] = match;
    current.cells.push(inQuotes?.replaceAll('""', '"') ?? bare);
    line += (whole.match(/\r\n|\r|\n/g) ?? []).length;
    if (end === ",") continue;
    lines.push(current);
    current = { line, cells: [] };
    if (pattern.lastIndex >= body.length) break;
  }
  return lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
}

/** A cell that a spreadsheet opens as a text: what begins like a formula gets an apostrophe before it. */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
