import type { MiddlewareHandler } from "hono";
import type { Who } from "../../accounts/sessions.ts";
import type { ReadRegister } from "../../register/register.ts";
import type { AppOptions } from "../app.tsx";
import { around } from "../around.ts";

/** Whether somebody signs in for an organisation that no act has entered. */
export function isUnregistered(
  who: Who | undefined,
  { organisations }: ReadRegister,
): boolean {
  return who?.kind === "organisation" && !organisations.has(who.organisation);
}

/** What is for those who are signed in for an organisation, and what of it is open before the register knows it. */
const OWN = /^\/(?:account|objections)(?:\/|$)/;
const OPEN =
  /^\/(?:account|account\/(?:registration|invitation|first|papers\/[^/]+)|objections)$/;

/** Until the register knows an organisation, whoever signs in for it can ask to be registered, and nothing else of their own. */
export function onlyRegistered({ office }: AppOptions): MiddlewareHandler {
  return async (c, next) => {
    const { path } = c.req;
    const isClosed =
      OWN.test(path) &&
      !OPEN.test(path) &&
      isUnregistered(around().session?.who, office.register);
    return isClosed ? c.redirect("/account", 303) : next();
  };
}
