import { toBase64url } from "../../acts/bytes.ts";
import { showInstant } from "../../acts/dates.ts";
import {
  type ReadRegister,
  type StandingPermit,
} from "../../register/register.ts";
import { lawOf } from "../../rules/law.ts";
import type { PrivatePart } from "../../uses/opening.ts";
import { fieldsOf } from "../../uses/plan.ts";
import type { Look } from "../../uses/use.ts";
import { logPath } from "../closed-log.ts";
import { mayNameOthers } from "./names-others.ts";
import type { Hit } from "./persons-openings.ts";
import { askerName } from "./subject-tokens.ts";

type Named = { readonly id: string; readonly title: string };

/** What every line of a list says: when, and where it stands in the public log. */
type Line = {
  readonly at: number;
  readonly time: string;
  readonly slot: number;
  readonly log: string;
  readonly leaf: string;
};

/** A use of the person's data: who, why, may they. Organisations and systems, never their employees. */
export type UseLine = Line & {
  readonly kind: "use";
  readonly organisation: Named;
  readonly system?: string;
  readonly purpose: Named & { readonly class?: string };
  readonly permit: string;
  /** The provision on which it rests, as the rulebook states it for the purpose. */
  readonly ground:
    | { readonly rule: string; readonly cites: string; readonly says: string }
    | { readonly says: "not stated in the rulebook" };
  readonly case?: string;
  readonly product: Named;
  readonly dataset: Named;
  readonly from: Named;
  readonly form: string;
  /** What was returned or compared, and what it was asked by. */
  readonly fields: readonly string[];
  readonly conditions: readonly string[];
  /** How many persons were concerned, this one among them. */
  readonly persons: number;
  readonly opening: Given;
};

type Opening = { readonly nonce: string; readonly content: string };
/** An opening is given away where it can name nobody else. */
type Given = Opening | { readonly kept: string };

/** Somebody looked at the list, or an auditor at the opening of one of its entries. */
export type LookLine = Line & {
  readonly kind: "look";
  readonly by: Look["by"];
  readonly organisation?: Named;
  /** Of an auditor: by which post, which entry, and why. */
  readonly post?: Named;
  readonly of?: string;
  readonly why?: string;
  readonly opening: Given;
};

export type ListLine = UseLine | LookLine;

const KEPT = {
  kept: "it names other persons as well, or may: an auditor can open it, and nobody else is shown it",
} as const;

export function lineOf(
  register: ReadRegister,
  key: Uint8Array,
  code: string,
  hit: Hit,
): ListLine {
  const line: Line = {
    at: hit.at,
    time: showInstant(hit.at, register.offsetMinutes),
    slot: hit.slot,
    log: logPath(register, hit.log),
    leaf: hit.leaf,
  };
  const opening = {
    nonce: toBase64url(hit.nonce),
    content: toBase64url(hit.content),
  };
  if (hit.kind === "use")
    return {
      ...line,
      kind: "use",
      ...useOf(register, hit.permit, hit.part),
      opening: mayNameOthers(
        hit.part,
        register.datasets.get(hit.part.plan.dataset)?.act,
      )
        ? KEPT
        : opening,
    };
  if (hit.kind === "audit") {
    const { asker: post, leaf: of, why, subjects } = hit.part;
    const title = register.posts.get(post)?.act.title ?? "";
    return {
      ...{ ...line, kind: "look", by: "auditor", of, why },
      post: { id: post, title },
      opening: subjects.length > 1 ? KEPT : opening,
    };
  }
  const { asker } = hit.part;
  const portal = register.organisations.get(asker)?.act;
  return {
    ...line,
    kind: "look",
    ...(portal === undefined
      ? { by: asker === askerName(key, code) ? "subject" : "representative" }
      : { by: "portal", organisation: { id: asker, title: portal.title } }),
    opening,
  };
}

function useOf(
  register: ReadRegister,
  { act }: StandingPermit,
  { plan, user, subjects, organisation, case: number }: PrivatePart,
) {
  const purpose = register.rulebook?.act.purposes.find(
    (one) => one.purpose === act.purpose,
  );
  const dataset = register.datasets.get(plan.dataset)?.act;
  const system = register.systems.get(dataset?.system ?? "")?.act;
  const touched = fieldsOf(plan);
  return {
    organisation: {
      id: organisation,
      title: register.organisations.get(organisation)?.act.title ?? "",
    },
    ...(user === undefined ? {} : { system: user }),
    purpose: {
      id: act.purpose,
      title: purpose?.title ?? act.purpose,
      ...(purpose === undefined ? {} : { class: purpose.class }),
    },
    permit: act.permit,
    ground: groundOf(purpose?.ground),
    ...(number === undefined ? {} : { case: number }),
    product: {
      id: act.product,
      title: register.products.get(act.product)?.act.title ?? "",
    },
    dataset: { id: plan.dataset, title: dataset?.title ?? "" },
    from: { id: dataset?.system ?? "", title: system?.title ?? "" },
    form: plan.form,
    fields: touched.fields,
    conditions: touched.where,
    persons: subjects.length,
  };
}

function groundOf(rule: string | undefined): UseLine["ground"] {
  if (rule === undefined) return { says: "not stated in the rulebook" };
  const { cites, says } = lawOf(rule);
  return { rule, cites, says };
}
