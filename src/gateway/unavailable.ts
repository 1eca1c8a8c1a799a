/** The gateway cannot answer now; nothing was entered and nothing left. */
export class Unavailable extends Error {
  override readonly name = "Unavailable";
}

/** What had been named before it was entered was not entered after all. */
export class NotEntered extends Unavailable {}
