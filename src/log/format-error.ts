/** Text or bytes from outside that do not have the form they must have. Every parser of this folder throws it; the rim catches it. */
export class FormatError extends Error {
  override readonly name = "FormatError";
  readonly problem: string;

  constructor(what: string, problem: string, options?: ErrorOptions) {
    super(`Cannot read ${what}: ${problem}`, options);
    this.problem = problem;
  }
}

const QUOTED_CHARACTERS_MAX = 60;

/** A value for an error message: what came may be hostile and long, so it is escaped and cut. */
export function quote(text: string): string {
  const cut =
    text.length > QUOTED_CHARACTERS_MAX
      ? `${text.slice(0, QUOTED_CHARACTERS_MAX)}…`
      : text;
  return `'${JSON.stringify(cut).slice(1, -1)}'`;
}
