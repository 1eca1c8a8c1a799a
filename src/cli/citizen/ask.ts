import type { Command } from "commander";
import { encode } from "../../acts/canonical.ts";
import { receivedAct } from "../../gateway/citizen/questions.ts";
import { rulingLines } from "../../portal/findings.ts";
import { questionsKept } from "../../store/citizens.ts";
import { addressOf, call, demoFolder, messageOf } from "../client.ts";
import { CouldNot, EXIT, runCommand } from "../exit.ts";
import { actAnswer, readAs } from "../read-as.ts";
import { questionAnswer } from "./answers.ts";
import { demoSigners, draft, seenOf, sign } from "../signing.ts";
import { citizensToken } from "./my-uses.ts";
import { inOffice } from "./office-here.ts";

type Options = {
  readonly text: string;
  readonly as?: string;
  readonly for?: string;
  readonly token?: string;
  readonly url?: string;
};

export function addAsk(program: Command): void {
  program
    .command("ask")
    .description("ask about a line of the list of who used my data")
    .argument("<leaf>", "the leaf of the line, as `vitrine my-uses` shows it")
    .requiredOption("--text <text>", "the question, at most 2,000 characters")
    .option("--as <resident>", "as somebody of the demonstration")
    .option("--for <resident>", "with --as: for whom they stand in")
    .option("--token <token>", "with the token of a citizen's session")
    .option("--url <address>", "the office")
    .addHelpText(
      "after",
      '\nOn the demonstration the post that receives questions enters it at once.\nExample:\n  vitrine ask LEAF --text "Why did you look?" --as resident-0042',
    )
    .action((leaf: string, options: Options) =>
      runCommand(() => ask(leaf, options)),
    );
}

async function ask(leaf: string, options: Options): Promise<number> {
  const address = await addressOf(options.url);
  const token = await citizensToken(options);
  const answer = await call(
    address,
    `/my/uses/${encodeURIComponent(leaf)}/question`,
    { method: "POST", body: JSON.stringify({ text: options.text }), token },
  );
  if (answer.status !== 201) throw new CouldNot(messageOf(answer));
  const { question, dueTime, term } = readAs(
    questionAnswer,
    answer.body,
    "answer",
  );
  console.log(`question  ${question}`);
  console.log(`due       ${dueTime}, in ${term}`);
  if (options.as === undefined) return EXIT.done;
  return enter(address, question);
}

/** What the post that receives questions does, with its key of the demonstration. */
async function enter(address: string, id: string): Promise<number> {
  const { post, act } = await inOffice(
    demoFolder(),
    "enter a question",
    async ({ sql, register }) => {
      const kept = (await questionsKept(sql)).find((one) => one.id === id);
      const receiving = [...register.posts.values()].find((one) =>
        one.act.powers.includes("receiveQuestions"),
      );
      if (kept === undefined || receiving === undefined)
        throw new CouldNot(
          `Cannot enter ${id}: ${kept === undefined ? "it is not kept here" : "no post receives questions"}`,
        );
      return {
        post: receiving.act.post,
        act: receivedAct(kept, register, Date.now()),
      };
    },
  );
  const signers = await demoSigners([post]);
  const { office, seen, offsetMinutes } = await seenOf(address);
  const statement = draft(office, seen, act, signers, Date.now());
  const answer = await call(address, "/acts", {
    method: "POST",
    body: encode(sign(statement, signers)),
  });
  if (answer.status >= 400) throw new CouldNot(messageOf(answer));
  const { index, ruling } = readAs(actAnswer, answer.body, "answer");
  for (const line of rulingLines(statement.act, ruling, index, offsetMinutes))
    console.log(line);
  return ruling.outcome === "granted" ? EXIT.done : EXIT.refused;
}
