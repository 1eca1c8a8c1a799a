/** What makes receipts impossible to count, in one line: what stands there and what is wanted. */
export class CannotCount extends Error {
  override readonly name = "CannotCount";

  constructor(why: string, options?: ErrorOptions) {
    super(`Cannot count the receipts: ${why}`, options);
  }
}
