/** Whoever asks has to sign in first; `to` is where they wanted to go. */
export class NotSignedIn extends Error {
  override readonly name = "NotSignedIn";
  readonly to: string;

  constructor(to: string) {
    super("Cannot show this: want somebody who is signed in");
    this.to = to;
  }
}

/** Whoever is signed in has not the right, or the form does not come from a page of theirs. */
export class Forbidden extends Error {
  override readonly name = "Forbidden";

  constructor(why: string) {
    super(`Cannot do this: ${why}`);
  }
}
