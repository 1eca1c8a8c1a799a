import type { FC } from "hono/jsx";
import { law } from "../../rules/law.ts";

/** A rule, and the way to its page where the edition knows it. */
export const RuleLink: FC<{ readonly rule: string }> = ({ rule }) =>
  Object.hasOwn(law, rule) ? <a href={`/law/${rule}`}>{rule}</a> : <>{rule}</>;
