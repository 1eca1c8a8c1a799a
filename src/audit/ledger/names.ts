import { folded } from "./names-fold.ts";

const QUOTES = /["'\u201c-\u201f\u00ab\u00bb\u300a-\u300f\u3008\u3009]/g;
const BRACKETS: Readonly<Record<string, string>> = {
  "(": ")",
  "[": "]",
  "【": "】",
  "〔": "〕",
};

/**
 * What two spellings of one name have in common: case, width, blanks, quotation marks and the marks around it do not
 * count. Two names are the same if their keys are; nothing less than that is ever taken for the same.
 */
export function nameKey(text: string): string {
  const blank = folded(text)
    .replace(QUOTES, "")
    .replace(/ +/g, " ")
    .replace(/ ?([\u3000-\u9fff]) ?/g, "$1");
  return withoutFrame(blank);
}

/** Without dots, commas and dashes at either end, and without brackets around the whole. */
function withoutFrame(text: string): string {
  const inner = text.replace(
    /^[ .,;:!*_\u3001\u3002\u00b7-]+|[ .,;:!*_\u3001\u3002\u00b7-]+$/g,
    "",
  );
  const close = BRACKETS[inner.charAt(0)];
  const isAround =
    close !== undefined &&
    inner.length > 2 &&
    inner.indexOf(close) === inner.length - 1;
  return isAround ? withoutFrame(inner.slice(1, -1)) : inner;
}
