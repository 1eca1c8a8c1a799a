import type { OpenDraft } from "../../accounts/drafts.ts";
import { DRAFT_DAYS } from "../../accounts/drafts.ts";
import type { Act } from "../../acts/act.ts";
import { toBase64url, utf8ToBytes } from "../../acts/bytes.ts";
import { decode, encode } from "../../acts/canonical.ts";
import {
  type Signer,
  statement as statementSchema,
  type Statement,
} from "../../acts/statement.ts";
import type { Office } from "../../office/office.ts";

const DAY = 86_400_000;

/** Why something was not signed, in a sentence for the page. */
export type NotSigned = { readonly notSigned: string };

export const NOT_AS_SHOWN: NotSigned = {
  notSigned: "Cannot sign: the statement is not as it was shown",
};

type Parts = {
  readonly act: Act;
  readonly signers: readonly Signer[];
  readonly statementId: string;
};

/** What would be signed now: on the newest published checkpoint, and for as long as a signature may wait. */
export function statementNow(
  office: Office,
  { act, signers, statementId }: Parts,
  now: number,
): Statement {
  const { size, root } = office.published;
  return {
    v: 1,
    office: office.origin,
    id: statementId,
    seen: { size, root: toBase64url(root) },
    until: now + DRAFT_DAYS * DAY,
    signers: [...signers],
    act,
  };
}

/**
 * What a page showed and somebody signed: the bytes come back with the form, so that what is signed is what was read and not what the
 * office would write a moment later. They must be of this draft in all but the checkpoint and the time.
 */
export function statementShown(
  office: Office,
  draft: OpenDraft,
  text: string,
  now: number,
): Statement | NotSigned {
  const read = statementSchema.safeParse(
    decode(utf8ToBytes(text), "statement"),
  );
  if (!read.success || encode(read.data) !== text) return NOT_AS_SHOWN;
  const { seen, until } = read.data;
  const wanted = { ...statementNow(office, draft, now), seen, until };
  if (encode(wanted) !== text || until > now + DRAFT_DAYS * DAY)
    return {
      notSigned:
        "Cannot sign: the draft was changed since the page was shown; look at it again",
    };
  return read.data;
}
