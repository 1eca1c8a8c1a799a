/** The gateway cannot answer now; nothing was entered and nothing left. */
export class Unavailable extends Error {
  override readonly name = "Unavailable";
}
