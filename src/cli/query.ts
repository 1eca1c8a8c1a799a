import type { Command } from "commander";
import type { Dataset } from "../register/register.ts";
import { showMoney } from "../audit/says.ts";
import { planFromUrl, valueOf } from "../uses/url-plan.ts";
import type { Request } from "../uses/plan.ts";
import {
  addressOf,
  type Answer,
  call,
  demoToken,
  messageOf,
} from "./client.ts";
import { CouldNot, EXIT, runCommand } from "./exit.ts";
import {
  datasetAnswer,
  type Priced,
  productAnswer,
  readAs,
  refusedAnswer,
  type Row,
  rowsAnswer,
  wordAnswer,
} from "./read-as.ts";
import { explainQuery, printFindings } from "./explain-query.ts";
import { keep, mustKeep } from "./receipt-file.ts";

type Options = {
  readonly as?: string;
  readonly token?: string;
  readonly url?: string;
  readonly receipt?: string;
  readonly json?: boolean;
  readonly purpose?: string;
  readonly explain?: boolean;
};
type QueryOptions = Options & {
  readonly fields?: string;
  readonly where?: string[];
  readonly order?: string;
  readonly limit?: string;
  readonly cursor?: string;
  readonly measure?: string;
  readonly by?: string;
};

const EXPLAIN =
  "ask for nothing: say what would be decided, by which permit, rule, price and quota, or what is nearest to being allowed";

/** `query` asks for rows or sums, `answer` whether something is so. */
export function addQuery(program: Command): void {
  program
    .command("query")
    .description("ask for records, or for counts and sums, of a dataset")
    .argument("<dataset>", "the dataset")
    .option(
      "--fields <names>",
      "fields, with commas between them; all by default",
    )
    .option(
      "--where <condition...>",
      "field=value, or field.gte=value (ne, lt, lte, gt, gte, in, missing)",
    )
    .option(
      "--order <names>",
      "fields to sort by, a minus before one for descending",
    )
    .option("--limit <rows>", "at most so many rows", "20")
    .option("--cursor <cursor>", "go on where the page before ended")
    .option(
      "--measure <list>",
      "count, sum:FIELD: an aggregate instead of records",
    )
    .option("--by <names>", "fields to group an aggregate by")
    .option(
      "--purpose <purpose>",
      "the purpose of a permit, when there are several",
    )
    .option("--as <organisation>", "ask as a demonstration organisation")
    .option("--token <token>", "ask with this token")
    .option("--url <address>", "the office")
    .option("--receipt <file>", "where to keep the receipt")
    .option("--json", "rows as JSON; price and entry go to the other stream")
    .option("--explain", EXPLAIN)
    .addHelpText(
      "after",
      "\nExample:\n  vitrine query companies --fields name,export_class --limit 5 --as sanhe-textiles",
    )
    .action((dataset: string, options: QueryOptions) =>
      runCommand(() => query(dataset, options)),
    );
  program
    .command("answer")
    .description(
      "submit a key and values; learn yes, no or not on record, and nothing else",
    )
    .argument("<dataset>", "the dataset")
    .allowUnknownOption()
    .allowExcessArguments()
    .option("--as <organisation>", "ask as a demonstration organisation")
    .option("--token <token>", "ask with this token")
    .option(
      "--purpose <purpose>",
      "the purpose of a permit, when there are several",
    )
    .option("--url <address>", "the office")
    .option("--receipt <file>", "where to keep the receipt")
    .option("--explain", EXPLAIN)
    .addHelpText(
      "after",
      '\nKey and values are options named after the fields.\nExample:\n  vitrine answer degrees --number D-2019-0042 --name "Resident 0042" --as qiaolin-recruitment',
    )
    .action((dataset: string, options: Options, command: Command) =>
      runCommand(() => answer(dataset, options, command.args.slice(1))),
    );
}

async function query(dataset: string, options: QueryOptions): Promise<number> {
  if (options.by !== undefined && options.measure === undefined)
    throw new CouldNot(
      `Cannot group with --by ${options.by}: it stands without --measure, want --measure count or sum:FIELD beside it`,
    );
  const address = await addressOf(options.url);
  const about = await datasetOf(address, dataset);
  const open = about.fields.every((f) => f.classification === "open");
  const parameters: [string, string][] = (
    ["fields", "order", "limit", "cursor", "measure", "by", "purpose"] as const
  ).flatMap((name) => {
    const value = options[name];
    return value === undefined ? [] : [[name, value] as [string, string]];
  });
  for (const condition of options.where ?? []) {
    const cut = condition.indexOf("=");
    if (cut < 1)
      throw new CouldNot(
        `Cannot read --where ${condition}: want field=value or field.gte=value`,
      );
    parameters.push([condition.slice(0, cut), condition.slice(cut + 1)]);
  }
  const isRecords = options.measure === undefined;
  const product =
    open && options.as === undefined && options.token === undefined
      ? undefined
      : `${dataset}.${isRecords ? "records" : "aggregate"}`;
  if (product !== undefined && isRecords && options.fields === undefined) {
    parameters.push([
      "fields",
      (
        (await fieldsFor(address, product, options)) ??
        about.fields.map((field) => field.name)
      ).join(","),
    ]);
  }
  const request = planFromUrl({ ...about, dataset }, parameters);
  const asked = product === undefined ? request : { ...request, product };
  if (options.explain === true)
    return explainQuery(address, asked, await tokenOf(options));
  const result = await ask(address, asked, options);
  if (result.status !== 200) return refused(result);
  const body = readAs(rowsAnswer, result.body, "answer");
  if (options.json === true) console.log(JSON.stringify(body.answer));
  else printRows(body.answer.rows);
  if (body.answer.cursor !== undefined && options.json !== true)
    console.log(`more: --cursor ${body.answer.cursor}`);
  await priceAndReceipt(body, options);
  return EXIT.done;
}

/** What the asker's own permit reaches; without one what the product offers, so that the refusal speaks of the permit. */
async function fieldsFor(
  address: string,
  product: string,
  options: Options,
): Promise<readonly string[] | undefined> {
  const token = await tokenOf(options);
  const found = await call(
    address,
    `/products/${encodeURIComponent(product)}`,
    token === undefined ? {} : { token },
  );
  if (found.status === 404 && options.explain === true) return undefined;
  if (found.status !== 200) throw new CouldNot(messageOf(found));
  const about = readAs(productAnswer, found.body, "answer");
  return (
    about.permits[0]?.fields ??
    about.product.content.flatMap((part) => part.fields)
  );
}

async function tokenOf(options: Options): Promise<string | undefined> {
  if (options.token !== undefined) return options.token;
  return options.as === undefined ? undefined : demoToken(options.as);
}

async function answer(
  dataset: string,
  options: Options,
  rest: readonly string[],
): Promise<number> {
  const address = await addressOf(options.url);
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
  const plan = {
    form: "answer" as const,
    dataset,
    key: given.filter((one) => isKey(one.field)),
    values: given.filter((one) => !isKey(one.field)),
  };
  if (plan.values.length === 0)
    throw new CouldNot(
      `Cannot ask: want at least one value beside the key, of ${product.content
        .flatMap((c) => c.fields)
        .filter((f) => !isKey(f))
        .join(", ")}`,
    );
  const asked = {
    product: id,
    plan,
    ...(options.purpose === undefined ? {} : { purpose: options.purpose }),
  };
  if (options.explain === true)
    return explainQuery(address, asked, await tokenOf(options));
  const result = await ask(address, asked, options);
  if (result.status !== 200) return refused(result);
  const body = readAs(wordAnswer, result.body, "answer");
  const word =
    { yes: "yes", no: "no", notOnRecord: "not on record" }[
      body.answer.answer
    ] ?? body.answer.answer;
  await priceAndReceipt(body, options, word);
  return EXIT.done;
}

async function ask(
  address: string,
  request: Request,
  options: Options,
): Promise<Answer> {
  await mustKeep(options.receipt);
  const token = await tokenOf(options);
  const result = await call(address, "/query", {
    method: "POST",
    body: JSON.stringify(request),
    ...(token === undefined ? {} : { token }),
  });
  if (result.status !== 200 && result.status !== 403)
    throw new CouldNot(messageOf(result));
  return result;
}

async function priceAndReceipt(
  { price, leaf, receipt }: Priced,
  options: Options,
  word?: string,
): Promise<void> {
  const cost =
    price.currency === undefined
      ? `${showMoney(0, "CNY")}, ${price.because === "CN-PRC-01" ? "public purpose (CN-PRC-01)" : price.because}`
      : `${showMoney(price.amount, price.currency)} to ${price.payee ?? ""}${price.ceiling === undefined ? "" : ` (ceiling ${showMoney(price.ceiling, price.currency).split(" ")[0] ?? ""})`}`;
  // Rows as JSON are read by another program, and stand alone.
  const say = options.json === true ? console.error : console.log;
  say(word === undefined ? `price     ${cost}` : `${word.padEnd(3)}   ${cost}`);
  if (word === undefined && price.rate !== undefined)
    say(`ground    ${groundLine(price)}`);
  say(`entry     ${leaf}`);
  if (options.receipt !== undefined) await keep(options.receipt, receipt, say);
}

/** On which ground at which rate; where another class pays more, the difference is the discount. */
function groundLine(price: Priced["price"]): string {
  const { ground = "none", rule, rate = 0, unit = "", fullRate } = price;
  const money = (amount: number) => showMoney(amount, price.currency);
  const spared =
    fullRate === undefined ? "" : ` instead of ${money(fullRate)} (discount)`;
  return `${ground}${rule === undefined ? "" : ` (${rule})`}: ${money(rate)} per ${unit} for ${price.class ?? ""}${spared}`;
}

/** A refusal in full: rule, article, what would have to be true, where to apply. */
function refused({ body }: Answer): number {
  const { error, findings } = readAs(refusedAnswer, body, "answer");
  console.log(`refused  ${error.message}`);
  printFindings(findings ?? []);
  return EXIT.refused;
}

async function datasetOf(address: string, dataset: string): Promise<Dataset> {
  const found = await call(address, `/datasets/${encodeURIComponent(dataset)}`);
  if (found.status !== 200) throw new CouldNot(messageOf(found));
  return readAs(datasetAnswer, found.body, "answer").dataset;
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

/** Rows as a table in columns. */
export function printRows(rows: readonly Row[]): void {
  const first = rows[0];
  if (first === undefined) return console.log("no rows");
  const names = Object.keys(first);
  const cells = rows.map((row) =>
    names.map((name) =>
      row[name] === null ? "" : (row[name] ?? "").toString(),
    ),
  );
  const widths = names.map((name, i) =>
    Math.min(
      40,
      Math.max(name.length, ...cells.map((row) => row[i]?.length ?? 0)),
    ),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd();
  console.log(line(names));
  for (const row of cells) console.log(line(row));
}
