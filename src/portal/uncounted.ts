import { type ReadRegister } from "../register/register.ts";
import { officeOf } from "../register/founding.ts";
import { gatewaysOf } from "../uses/log-name.ts";
import { sayList } from "./lang/figures.ts";
import { say } from "./lang/say.ts";

/**
 * Other gateways whose logs are open: what they add up to is told to the office when a log is closed, and not before. What pages say
 * adds up the rest.
 */
export function uncounted(
  register: ReadRegister,
  own: string | undefined,
): readonly string[] {
  const open = [...register.heads].flatMap(([log, { head }]) =>
    head.closed === true || register.dropped.has(log) ? [] : [log],
  );
  return gatewaysOf(officeOf(register.origin), open).filter(
    (gateway) => gateway !== own,
  );
}

/** For a page, where there are any. */
export function uncountedText(names: readonly string[]): string | undefined {
  return names.length === 0
    ? undefined
    : say(
        "Not counted here: the open logs of {gateways}, which tell the office what they add up to when their quarter is over. Verification adds up all of them at any time.",
        { gateways: sayList(names) },
      );
}
