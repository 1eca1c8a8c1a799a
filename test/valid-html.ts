import { HtmlValidate } from "html-validate";

const validator = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: {
    // How it is written, and no fault of it: elements are written by hono's renderer.
    "void-style": "off",
    "doctype-style": "off",
    "attribute-boolean-style": "off",
    "no-trailing-whitespace": "off",
    "long-title": "off",
  },
});

/** What a validator has against the page, in a line each. */
export async function faultsOfHtml(html: string): Promise<readonly string[]> {
  const report = await validator.validateString(html);
  return report.results.flatMap(({ messages }) =>
    messages.map((one) => `${one.line}:${one.column} ${one.message}`),
  );
}
