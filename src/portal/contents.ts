/** Where the frame of a long page wants the list of its sections. */
export const CONTENTS_MARK = "<!--contents-->";

const HEADING = /<h2(?: id="([^"]+)")?([^>]*)>(.*?)<\/h2>/gs;
const SECTIONS_MIN = 3;

/**
 * The sections of a page as links at its top, read off the page itself: so the list names every heading and no other, whatever else the page
 * was made of. A page without the mark, or with hardly a heading, stays as it is.
 */
export function withContents(page: string): string {
  if (!page.includes(CONTENTS_MARK)) return page;
  const links: string[] = [];
  const marked = page.replaceAll(
    HEADING,
    (_, id: string | undefined, rest: string, says: string) => {
      const own = id ?? `part-${links.length + 1}`;
      // A link cannot stand in a link; what says its own language goes on saying it.
      const linked = says.replaceAll(/<\/?a\b[^>]*>/g, "");
      links.push(`<li><a href="#${own}">${linked}</a></li>`);
      return `<h2 id="${own}"${rest}>${says}</h2>`;
    },
  );
  return links.length < SECTIONS_MIN
    ? page.replace(CONTENTS_MARK, "")
    : marked.replace(
        CONTENTS_MARK,
        () => `<ul class="links">${links.join("")}</ul>`,
      );
}
