const QUOTED = /[",\r\n]/;

/** A cell of CSV, in quotes where it has to be: where it holds any of these. */
export function csvCell(text: string, quoted = QUOTED): string {
  return quoted.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A cell that a spreadsheet opens as a text: what begins like a formula gets an apostrophe before it. */
export function deadCell(text: string, quoted = QUOTED): string {
  return csvCell(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text, quoted);
}
