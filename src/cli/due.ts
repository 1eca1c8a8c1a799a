import type { Command } from "commander";
import * as z from "zod/mini";
import { addressOf, call, messageOf } from "./client.ts";
import { CouldNot, EXIT, runCommand } from "./exit.ts";
import { printRows } from "./print-rows.ts";
import type { Lang } from "../portal/lang/lang.ts";
import { lawOf } from "../rules/law.ts";
import { langOf, langOption } from "./lang.ts";
import { readAs } from "./read-as.ts";

const text = z.string("text");
const line = z.object({
  what: text,
  id: text,
  by: text,
  posts: z.array(text),
  rule: text,
  workingDaysLeft: z.exactOptional(z.number("a number")),
  done: z.exactOptional(text),
});
const view = z.object({
  at: text,
  calendar: z.exactOptional(text),
  due: z.array(line),
  missed: z.array(line),
  missedInAll: z.number("a number"),
});

export function addDue(program: Command): void {
  program
    .command("due")
    .description(
      "what the office has to do, by when and by which post; what it missed",
    )
    .option("--url <address>", "the office")
    .addOption(langOption())
    .addHelpText("after", "\nExample:\n  vitrine due --lang zh")
    .action((options: { readonly url?: string; readonly lang?: string }) =>
      runCommand(() => due(options.url, langOf(options))),
    );
}

async function due(url: string | undefined, lang: Lang): Promise<number> {
  const found = await call(await addressOf(url), "/due.json");
  if (found.status !== 200) throw new CouldNot(messageOf(found));
  const {
    missedInAll,
    at,
    calendar,
    due: open,
    missed,
  } = readAs(view, found.body, "answer");
  console.log(
    `due on ${at}, ${calendar === undefined ? "in days on end" : `in working days of the calendar ${calendar}`}`,
  );
  print("nothing is due", open, lang);
  console.log(
    `\nmissed${missedInAll > missed.length ? `: ${missedInAll} in all, these are the newest` : ""}`,
  );
  print("no deadline was missed", missed, lang);
  return EXIT.done;
}

function print(
  none: string,
  lines: readonly z.infer<typeof line>[],
  lang: Lang,
): void {
  if (lines.length === 0) return console.log(none);
  printRows(
    lines.map((one) => ({
      due: one.by,
      "working days": one.workingDaysLeft ?? "",
      what: one.what,
      of: one.id,
      "by the post": one.posts.join(", "),
      rule: one.rule,
      ...(lang === "zh" ? { says: lawOf(one.rule).zh } : {}),
      done: one.done ?? "not yet",
    })),
  );
}
