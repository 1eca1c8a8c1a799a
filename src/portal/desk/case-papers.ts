import {
  type SaidInPaper,
  saidInPaper,
} from "../../accounts/applicant-contents.ts";
import { decodeUtf8, Malformed } from "../../acts/canonical.ts";
import type { Application } from "../../register/register.ts";
import { say } from "../lang/say.ts";
import type { CasePaper } from "./case-page.tsx";
import type { Desk } from "./desk.ts";

const WORDS_MAX = 20_000;

/** What an application says, as far as the office has it as text, and the papers of its case. */
export async function saidInCase(
  { papers }: Pick<Desk, "papers">,
  { act }: Application,
): Promise<{
  readonly papers: readonly CasePaper[];
  readonly said: SaidInPaper | undefined;
}> {
  const { commitment } = act.paper;
  const words = textIn(await papers.privateBytes(commitment));
  const application = { says: say("The application"), commitment };
  // What came over the pages says what was typed, and which papers came with it.
  const said = words === undefined ? undefined : saidInPaper(words);
  const others = await Promise.all(
    (said?.papers ?? []).map(async ({ name, commitment: of }) => ({
      ...{ says: name, commitment: of },
      words: textIn(await papers.privateBytes(of)),
    })),
  );
  return {
    said,
    papers: [{ ...application, words: said?.text ?? words }, ...others],
  };
}

/** Text that a page can show; a file of another kind is opened beside it. */
function textIn(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined || bytes.length > WORDS_MAX) return undefined;
  try {
    const text = decodeUtf8(bytes, "paper");
    return /[\x00-\x08\x0e-\x1f]/.test(text) ? undefined : text;
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}
