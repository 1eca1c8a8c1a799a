import type { Command } from "commander";
import type * as z from "zod/mini";
import { showCount } from "../../audit/says.ts";
import { addressOf, call, messageOf } from "../client.ts";
import { CouldNot, EXIT, runCommand } from "../exit.ts";
import { readAs } from "../read-as.ts";
import { usesAnswer } from "./answers.ts";
import { demoSession } from "./office-here.ts";

type Options = {
  readonly as?: string;
  readonly for?: string;
  readonly token?: string;
  readonly url?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit?: string;
  readonly cursor?: string;
  readonly json?: boolean;
};

export function addMyUses(program: Command): void {
  program
    .command("my-uses")
    .description(
      "who used my data, why, and whether they may; where each proof is; for what the list is complete",
    )
    .option("--as <resident>", "as somebody of the demonstration")
    .option("--for <resident>", "with --as: for whom they stand in")
    .option("--token <token>", "with the token of a citizen's session")
    .option("--from <day>", "from this day, month or year on")
    .option("--to <day>", "to this day, month or year")
    .option("--limit <lines>", "at most so many lines")
    .option("--cursor <cursor>", "go on where the page before ended")
    .option("--url <address>", "the office")
    .option("--json", "the list as JSON")
    .addHelpText(
      "after",
      "\nEach look is itself entered, and stands in the next list.\nExample:\n  vitrine my-uses --as resident-0042",
    )
    .action((options: Options) => runCommand(() => myUses(options)));
}

async function myUses(options: Options): Promise<number> {
  const address = await addressOf(options.url);
  const token = await citizensToken(options);
  const query = new URLSearchParams();
  for (const name of ["from", "to", "limit", "cursor"] as const) {
    const value = options[name];
    if (value !== undefined) query.set(name, value);
  }
  const path = query.size === 0 ? "/my/uses" : `/my/uses?${query.toString()}`;
  const answer = await call(address, path, { token });
  if (answer.status !== 200) throw new CouldNot(messageOf(answer));
  if (options.json === true) {
    console.log(answer.text);
    return EXIT.done;
  }
  const list = readAs(usesAnswer, answer.body, "answer");
  for (const line of list.uses)
    for (const say of linesOf(line)) console.log(say);
  if (list.uses.length === 0) console.log("nobody used them");
  if (list.cursor !== undefined) console.log(`more: --cursor ${list.cursor}`);
  console.log(
    `\nproofs    below ${address}; \`vitrine verify --proof FILE\` checks one`,
  );
  console.log(`complete  ${list.complete.says}`);
  console.log(`this look is entry ${list.look.leaf}`);
  return EXIT.done;
}

/** A session's own token, or one that the demonstration makes. */
export async function citizensToken(
  options: Pick<Options, "as" | "for" | "token">,
): Promise<string> {
  if (options.token !== undefined) return options.token;
  if (options.as !== undefined) return demoSession(options.as, options.for);
  throw new CouldNot(
    "Cannot show a list: want --token, as `vitrine citizen-token` makes one, or on the demonstration --as resident-0042",
  );
}

type UseLine = z.infer<typeof usesAnswer>["uses"][number];

/** Who, why, may they; then where it stands. */
function linesOf(line: UseLine): readonly string[] {
  const gap = " ".repeat(18);
  const where = line.isPublic
    ? `${line.proof} (entry ${showCount(line.index ?? 0)})`
    : `${line.proof}: ${line.promise ?? "not public yet"}`;
  const asked = line.questions.map(({ question, dueTime, answered }) =>
    answered === undefined
      ? `${gap}asked      ${question}, the answer is due ${dueTime}`
      : `${gap}asked      ${question}, answered`,
  );
  if (line.kind === "look") {
    const who = line.organisation?.title ?? line.post?.title ?? WHO[line.by];
    return [
      ...(line.by === "auditor"
        ? [
            `${line.time}  an auditor opened entry ${line.of}: ${who}`,
            `${gap}why        ${line.why}`,
          ]
        : [`${line.time}  a look at this list, by ${who}`]),
      `${gap}proof      ${where}`,
      ...asked,
    ];
  }
  const system = line.system === undefined ? "" : `, system ${line.system}`;
  const ground =
    line.ground.cites === undefined
      ? line.ground.says
      : `${line.ground.says} (${line.ground.cites})`;
  const anew = line.answeredAnewOf === undefined ? "" : ", answered anew";
  const others =
    line.persons === 1 ? "" : `, with ${showCount(line.persons - 1)} others`;
  return [
    `${line.time}  ${line.organisation.title}${system}`,
    `${gap}why        ${line.purpose.title}`,
    `${gap}may they   permit ${line.permit}; ground: ${ground}`,
    `${gap}what       ${line.dataset.title}, ${line.from.title}: ${line.form} about ${line.fields.join(", ")}${line.conditions.length === 0 ? "" : `, by ${line.conditions.join(", ")}`}${others}${anew}`,
    `${gap}proof      ${where}`,
    ...asked,
  ];
}

const WHO = {
  subject: "yourself",
  representative: "somebody who stands in for you",
  portal: "a portal",
  auditor: "an auditor",
} as const;
