import type { Typed } from "../../accounts/applications.ts";
import { date } from "../../acts/shapes.ts";
import { dayOf } from "../../register/calendar.ts";
import type { Product, ReadRegister } from "../../register/register.ts";
import { localDay } from "../../rules/clocks.ts";
import { wrongIn } from "../applicant/extent.ts";
import type { Wrong } from "../applicant/fields.tsx";
import type { Sent } from "../account/form.tsx";
import { say } from "../lang/say.ts";

const KEPT_CHARACTERS_MAX = 40_000;

/** What the form brought, word for word; the product and the organisation were chosen before. */
export function typedIn(sent: Sent, before: Typed): Typed {
  const { product, onPaper } = before;
  const text = (name: string): string => sent.text(name);
  return {
    ...{ product, purpose: text("purpose") },
    text: text("text").slice(0, KEPT_CHARACTERS_MAX),
    ...{ fields: [...sent.texts("fields")], where: [...sent.texts("where")] },
    ...{ rowsMax: text("rowsMax"), calls: text("calls") },
    ...{ steps: text("steps"), from: text("from"), to: text("to") },
    onPaper: {
      organisation: onPaper?.organisation ?? "",
      ...{ arrived: text("arrived"), postmark: text("postmark") },
    },
  };
}

/** What is wrong with it. A purpose of the list is taken also where the product is not offered for it: that is decided, not turned away. */
export function wrongInLetter(
  register: ReadRegister,
  product: Product,
  typed: Typed,
  scans: number,
  now: number,
): Wrong {
  const { purposes = [] } = register.rulebook?.act ?? {};
  const every = { ...product, purposes: purposes.map((one) => one.purpose) };
  return {
    ...wrongDays(typed, localDay(register, now)),
    ...wrongIn(register, every, typed, "purpose", now),
    ...wrongIn(register, product, typed, "extent", now),
    ...(scans === 0
      ? { papers: say("Add a scan of the letter: the act commits to it") }
      : {}),
  };
}

function wrongDays({ onPaper }: Typed, today: number): Wrong {
  const { arrived = "", postmark = "" } = onPaper ?? {};
  const came = dayIn(arrived);
  const sent = dayIn(postmark);
  return {
    ...(came === undefined
      ? { arrived: say("Write the day of arrival, such as 2027-03-31") }
      : came > today
        ? { arrived: say("This day has not come yet") }
        : {}),
    ...(postmark === ""
      ? {}
      : sent === undefined
        ? { postmark: say("Write a day such as 2027-03-31, or nothing") }
        : sent > (came ?? today)
          ? { postmark: say("No letter arrives before its postmark") }
          : {}),
  };
}

function dayIn(text: string): number | undefined {
  return date.safeParse(text).success ? dayOf(text) : undefined;
}
