import type { Command } from "commander";
import type { Dataset } from "../register/register.ts";
import { type Request, WHOLE_ROWS_MAX } from "../uses/plan.ts";
import { planFromUrl } from "../uses/url-plan.ts";
import {
  Asker,
  type AskerOptions,
  IDEMPOTENCY,
  withAskerOptions,
} from "./asker.ts";
import { messageOf } from "./client.ts";
import { CouldNot, EXIT, runCommand } from "./exit.ts";
import { EXPLAIN, explainQuery } from "./explain-query.ts";
import { outFor } from "./out-file.ts";
import { printRows } from "./print-rows.ts";
import { productAnswer, readAs, rowsAnswer } from "./read-as.ts";
import { mustKeep } from "./receipt-file.ts";
import { priceAndReceipt, refused } from "./say-answer.ts";
import { type Format, formatOf, FORMATS, streamQuery } from "./stream-query.ts";

type QueryOptions = AskerOptions & {
  readonly receipt?: string;
  readonly json?: boolean;
  readonly purpose?: string;
  readonly case?: string;
  readonly explain?: boolean;
  readonly fields?: string;
  readonly where?: string[];
  readonly order?: string;
  readonly limit: string;
  readonly cursor?: string;
  readonly measure?: string;
  readonly by?: string;
  readonly format?: string;
  readonly out?: string;
};

const EXAMPLES = `
Examples:
  vitrine query companies --fields name,export_class --limit 5 --as sanhe-textiles
  vitrine query vehicles --where year.gte=2020 --limit 1000000 --format parquet --out vehicles.parquet --token TOKEN --receipt r.json
  vitrine query vehicles --limit 50000 --format ndjson --token TOKEN --request-key orders.key | wc -l
  vitrine query companies --limit 5 --token TOKEN --idempotency-key order-4711`;

/** Records, or counts and sums: as a table, as JSON, or as a stream of any length. */
export function addQuery(program: Command): void {
  const command = program
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
    .option(
      "--limit <rows>",
      `at most so many rows; more than ${WHOLE_ROWS_MAX} with --format`,
      "20",
    )
    .option("--cursor <cursor>", "go on where the page before ended")
    .option(
      "--measure <list>",
      "count, sum:FIELD: an aggregate instead of records",
    )
    .option("--by <names>", "fields to group an aggregate by")
    .option(
      "--format <format>",
      `the rows alone, as they come: ${FORMATS.join(", ")}; price and entry go to the other stream`,
    )
    .option("--out <file>", "with --format: a file instead of standard output");
  withAskerOptions(command)
    .option(...IDEMPOTENCY)
    .option("--json", "rows as JSON; price and entry go to the other stream")
    .option("--explain", EXPLAIN)
    .addHelpText("after", EXAMPLES)
    .action((dataset: string, options: QueryOptions) =>
      runCommand(() => query(dataset, options)),
    );
}

async function query(dataset: string, options: QueryOptions): Promise<number> {
  const format = formFor(options);
  const asker = await Asker.of(options);
  const about = await asker.dataset(dataset);
  const request = await requestOf(asker, about, options);
  if (options.explain === true)
    return explainQuery(asker.address, request, asker.token);
  const { plan } = request;
  const isLong = "limit" in plan && plan.limit > WHOLE_ROWS_MAX;
  if (isLong && format === undefined)
    throw new CouldNot(
      `Cannot ask for --limit ${options.limit}: an answer that is made whole has ${WHOLE_ROWS_MAX} rows at most, want --format ${FORMATS.join(", ")} for more`,
    );
  if (format === undefined || (format === "json" && !isLong))
    return whole(asker, request, format, options);
  if (options.idempotencyKey !== undefined)
    throw new CouldNot(
      "Cannot stream under --idempotency-key: a stream that broke is free of charge, so ask again without one",
    );
  return streamQuery(asker, request, format, options);
}

/** What does not go together is said before anything is asked. */
function formFor(options: QueryOptions): Format | undefined {
  const { by, measure, format, out, cursor } = options;
  if (by !== undefined && measure === undefined)
    throw new CouldNot(
      `Cannot group with --by ${by}: it stands without --measure, want --measure count or sum:FIELD beside it`,
    );
  if (format === undefined) {
    if (out === undefined) return undefined;
    throw new CouldNot(
      `Cannot write --out ${out}: it stands without --format, want one of ${FORMATS.join(", ")} beside it`,
    );
  }
  const form = formatOf(format);
  if (form === "json") return form;
  if (measure !== undefined)
    throw new CouldNot(
      `Cannot have --measure as ${form}: only records are streamed, want --format json`,
    );
  if (cursor !== undefined)
    throw new CouldNot(
      `Cannot go on at --cursor as ${form}: a stream has no pages, want --limit alone`,
    );
  return form;
}

/** One answer, made whole before it leaves. */
async function whole(
  asker: Asker,
  request: Request,
  format: Format | undefined,
  options: QueryOptions,
): Promise<number> {
  await mustKeep(options.receipt);
  const out = format === undefined ? undefined : await outFor(options.out);
  try {
    const body = JSON.stringify(request);
    const result = await asker.ask("POST", "/query", { body });
    if (result.status !== 200) {
      await out?.discard();
      return refused(result);
    }
    const read = readAs(rowsAnswer, result.body, "answer");
    const { rows, cursor, more } = read.answer;
    const isJson = options.json === true || format !== undefined;
    const text = JSON.stringify(read.answer);
    if (out !== undefined) {
      await out.write(Buffer.from(`${text}\n`));
      await out.done();
    } else if (isJson) console.log(text);
    else {
      printRows(rows);
      if (cursor !== undefined) console.log(`more: --cursor ${cursor}`);
      if (more === true)
        console.log("more groups than --limit: want a larger one");
    }
    // Rows as JSON are read by another program, and stand alone.
    const say = isJson ? console.error : console.log;
    await priceAndReceipt(read, { ...options, say });
    return EXIT.done;
  } catch (error) {
    await out?.discard();
    throw error;
  }
}

async function requestOf(
  asker: Asker,
  about: Dataset,
  options: QueryOptions,
): Promise<Request> {
  const { dataset } = about;
  const isOpen = about.fields.every((f) => f.classification === "open");
  const parameters: [string, string][] = (
    [
      ...(["fields", "order", "limit", "cursor", "measure", "by"] as const),
      ...(["purpose", "case"] as const),
    ] as const
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
    isOpen && asker.token === undefined
      ? undefined
      : `${dataset}.${isRecords ? "records" : "aggregate"}`;
  if (product !== undefined && isRecords && options.fields === undefined) {
    const reached = await fieldsFor(asker, product, options);
    const fields = reached ?? about.fields.map((field) => field.name);
    parameters.push(["fields", fields.join(",")]);
  }
  const request = planFromUrl(about, parameters);
  return product === undefined ? request : { ...request, product };
}

/** What the asker's own permit reaches; without one what the product offers, so that the refusal speaks of the permit. */
async function fieldsFor(
  asker: Asker,
  product: string,
  options: QueryOptions,
): Promise<readonly string[] | undefined> {
  const found = await asker.look(`/products/${encodeURIComponent(product)}`);
  if (found.status === 404 && options.explain === true) return undefined;
  if (found.status !== 200) throw new CouldNot(messageOf(found));
  const about = readAs(productAnswer, found.body, "answer");
  return (
    about.permits[0]?.fields ??
    about.product.content.flatMap((part) => part.fields)
  );
}
