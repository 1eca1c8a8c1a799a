/** A title with the id behind it, where they differ. */
export function titled(title: string, id: string): string {
  return title === id ? id : `${title} (${id})`;
}
