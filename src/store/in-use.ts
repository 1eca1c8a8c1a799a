/** Somebody else holds what exactly one process may hold; says who. */
export class InUse extends Error {
  override readonly name = "InUse";
}
