/** Whoever asks has to sign in first; `to` is where they wanted to go. */
export class NotSignedIn extends Error {
  override readonly name = "NotSignedIn";
  readonly to: string;

  constructor(to: string) {
    super("Cannot show this: want somebody who is signed in");
    this.to = to;
  }
}

/** Whoever is signed in is somebody for whom this page is not; `to` is where they wanted to go. */
export class ForOthers extends Error {
  override readonly name = "ForOthers";
  readonly to: string;

  constructor(why: string, to: string) {
    super(`Cannot do this: ${why}`);
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
