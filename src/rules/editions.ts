/**
 * Editions that this program brings along, by number: SHA-256 over the sources that can change a ruling or an admission
 * (`test/edition.test.ts` computes it). A checker decides again only what it finds here; any other digest is "could not check".
 */
export const editions: ReadonlyMap<number, string> = new Map([
  [1, "hPqcWWWPAXqcjweV1uwuUNIEZQqyznZU6lpBG5vVwcI"],
]);
export const EDITION = 1;
