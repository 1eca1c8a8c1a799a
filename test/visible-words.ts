/** What a reader sees of a page as words: without elements, and without what stands set apart as code, where tokens and hashes are random letters. */
export function visibleWords(html: string): string {
  return html
    .replaceAll(/<(code|kbd)\b[^>]*>[\s\S]*?<\/\1>/g, " ")
    .replaceAll(/<[^>]*>/g, " ");
}
