/** Kinds of act are typed a line each: there are more of them than boxes help with. */
export function isKindList(path: string): boolean {
  return path.endsWith("separated");
}
