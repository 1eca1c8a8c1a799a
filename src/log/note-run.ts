/** Cosigned checkpoints below the register log's folder: one file for each day that has any, and their names. */
export const COSIGNED_FOLDER = "cosigned";
export const DAYS_FILE = "days";
const DASH = "\u2014 ";

/**
 * Signed notes one after the other in one text. A note's text ends at its last empty line and signature lines alone begin
 * with a dash: so a note ends where a line of another kind follows one. What stands behind the last signature line is no note.
 */
export function* notesIn(run: string): Generator<string> {
  let from = 0;
  let wasSignature = false;
  for (let at = 0; at < run.length;) {
    const end = run.indexOf("\n", at);
    if (end < 0) break;
    const isSignature = run.startsWith(DASH, at);
    if (wasSignature && !isSignature) {
      yield run.slice(from, at);
      from = at;
    }
    wasSignature = isSignature;
    at = end + 1;
  }
  const end = run.lastIndexOf("\n") + 1;
  if (wasSignature && end > from) yield run.slice(from, end);
}

/** Where the last whole note of a run ends; what is behind it was torn off while it was written. */
export function endOfNotes(run: string): number {
  let end = run.lastIndexOf("\n") + 1;
  while (end > 0) {
    const begin = end < 2 ? 0 : run.lastIndexOf("\n", end - 2) + 1;
    if (run.startsWith(DASH, begin)) return end;
    end = begin;
  }
  return 0;
}
