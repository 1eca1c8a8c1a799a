import type { Command } from "commander";
import { readRequest, type Request } from "../uses/plan.ts";
import { valueOf } from "../uses/url-plan.ts";
import {
  Asker,
  type AskerOptions,
  IDEMPOTENCY,
  withAskerOptions,
} from "./asker.ts";
import { call, messageOf } from "./client.ts";
import { CouldNot, EXIT, runCommand } from "./exit.ts";
import { EXPLAIN, explainQuery } from "./explain-query.ts";
import { productAnswer, readAs, wordAnswer } from "./read-as.ts";
import { mustKeep } from "./receipt-file.ts";
import { priceAndReceipt, refused } from "./say-answer.ts";

type Options = AskerOptions & {
  readonly receipt?: string;
  readonly purpose?: string;
  readonly case?: string;
  readonly explain?: boolean;
};

/** Whether something is so. */
export function addAnswer(program: Command): void {
  const command = program
    .command("answer")
    .description(
      "submit a key and values; learn yes, no or not on record, and nothing else",
    )
    .argument("<dataset>", "the dataset")
    .allowUnknownOption()
    .allowExcessArguments();
  withAskerOptions(command)
    .option(...IDEMPOTENCY)
    .option("--explain", EXPLAIN)
    .addHelpText(
      "after",
      '\nKey and values are options named after the fields.\nExamples:\n  vitrine answer degrees --number D-2019-0042 --name "Resident 0042" --as qiaolin-recruitment\n  vitrine answer degrees --number D-2019-0042 --name "Resident 0042" --token TOKEN --request-key hiring.key',
    )
    .action((dataset: string, options: Options, command: Command) =>
      runCommand(() => answer(dataset, options, command.args.slice(1))),
    );
}

async function answer(
  dataset: string,
  options: Options,
  rest: readonly string[],
): Promise<number> {
  const asker = await Asker.of(options);
  const request = await requestOf(asker.address, dataset, options, rest);
  if (options.explain === true)
    return explainQuery(asker.address, request, asker.token);
  await mustKeep(options.receipt);
  const result = await asker.ask("POST", "/query", {
    body: JSON.stringify(request),
  });
  if (result.status !== 200) return refused(result);
  const body = readAs(wordAnswer, result.body, "answer");
  const word =
    { yes: "yes", no: "no", notOnRecord: "not on record" }[
      body.answer.answer
    ] ?? body.answer.answer;
  await priceAndReceipt(body, options, word);
  return EXIT.done;
}

async function requestOf(
  address: string,
  dataset: string,
  options: Options,
  rest: readonly string[],
): Promise<Request> {
  const id = `${dataset}.answer`;
  const found = await call(address, `/products/${encodeURIComponent(id)}`);
  if (found.status !== 200) throw new CouldNot(messageOf(found));
  const { product, fields } = readAs(productAnswer, found.body, "answer");
  const given = pairsOf(rest).map(([field, text]) => {
    const type = fields.find((f) => f.name === field)?.type;
    if (type === undefined)
      throw new CouldNot(
        `Cannot ask for --${field}: product ${id} has the fields ${product.content.flatMap((c) => c.fields).join(", ")}`,
      );
    return { field, value: valueOf(field, text, type) };
  });
  const isKey = (field: string): boolean =>
    product.key?.includes(field) ?? false;
  const lacking = (product.key ?? []).filter(
    (name) => !given.some((one) => one.field === name),
  );
  if (lacking.length > 0)
    throw new CouldNot(
      `Cannot ask: want the key as ${lacking.map((name) => `--${name.replaceAll("_", "-")} VALUE`).join(" ")}`,
    );
  const values = given.filter((one) => !isKey(one.field));
  if (values.length === 0)
    throw new CouldNot(
      `Cannot ask: want at least one value beside the key, of ${product.content
        .flatMap((c) => c.fields)
        .filter((f) => !isKey(f))
        .join(", ")}`,
    );
  const key = given.filter((one) => isKey(one.field));
  return readRequest({
    product: id,
    ...(options.purpose === undefined ? {} : { purpose: options.purpose }),
    ...(options.case === undefined ? {} : { case: options.case }),
    plan: { form: "answer", dataset, key, values },
  });
}

/** `--name "Resident 0042"` or `--name=…`; hyphens stand for the underscores of field names. */
function pairsOf(
  rest: readonly string[],
): readonly (readonly [string, string])[] {
  const pairs: [string, string][] = [];
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i] ?? "";
    if (!word.startsWith("--"))
      throw new CouldNot(`Cannot read "${word}": want --field VALUE`);
    const [name = "", inline] = word.slice(2).split(/=(.*)/s);
    const value = inline ?? rest[++i];
    if (value === undefined)
      throw new CouldNot(`Cannot read --${name}: its value is missing`);
    pairs.push([name.replaceAll("-", "_"), value]);
  }
  return pairs;
}
