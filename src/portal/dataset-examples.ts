import type { FieldType } from "../acts/shapes.ts";
import type { Dataset, Product } from "../register/register.ts";
import { isOpen } from "../register/fields.ts";

export type Example = { readonly name: string; readonly text: string };

const FIELDS_SHOWN = 4;

/** Where a token stands in a line for a shell; without one nothing is sent. */
export const TOKEN_IN_SHELL = `\${TOKEN:?your token}`;
const CURL = `curl -H "Authorization: Bearer ${TOKEN_IN_SHELL}"`;

/** How to ask for a dataset from the programs that people use, ready to be copied. */
export function examplesOf(
  dataset: Dataset,
  products: readonly Product[],
  address: string,
  /** Whether files are served here. */
  files: boolean,
): readonly Example[] {
  const open = isOpen(dataset);
  const records = products.find(({ form }) => form === "records");
  const answer = products.find(({ form }) => form === "answer");
  const aggregate = products.find(({ form }) => form === "aggregate");
  // The one that a file's address means when it names none.
  const file = products.find(
    ({ form, product }) =>
      form === "file" && product === `${dataset.dataset}.file`,
  );
  const hasFile =
    files && dataset.live === undefined && (open || file !== undefined);
  return [
    ...(open ? openExamples(dataset, address) : []),
    ...(!open && records !== undefined
      ? permitExamples(dataset, records, address)
      : []),
    ...(answer === undefined ? [] : [answerExample(dataset, answer, address)]),
    ...(open || aggregate === undefined
      ? []
      : [aggregateExample(dataset, aggregate, address)]),
    ...(hasFile ? [duckdb(dataset, address, open)] : []),
    {
      name: "ckanapi",
      text: `ckanapi action package_show id=${dataset.dataset} -r ${address} -g`,
    },
  ];
}

function urlOf(dataset: Dataset, address: string, product?: Product): string {
  const names =
    product?.content[0]?.fields ?? dataset.fields.map(({ name }) => name);
  const shown = names.slice(0, FIELDS_SHOWN).join(",");
  const by = product === undefined ? "" : `&product=${product.product}`;
  return `${address}/data/${dataset.dataset}?fields=${shown}&limit=5${by}`;
}

function openExamples(dataset: Dataset, address: string): readonly Example[] {
  const url = urlOf(dataset, address);
  return [
    { name: "curl", text: `curl "${url}"` },
    {
      name: "Python",
      text: `import json, urllib.request

with urllib.request.urlopen("${url}") as answer:
    rows = json.load(answer)["rows"]
print(rows)`,
    },
    {
      name: "R",
      text: `rows <- jsonlite::fromJSON("${url}")$rows
print(rows)`,
    },
  ];
}

function permitExamples(
  dataset: Dataset,
  product: Product,
  address: string,
): readonly Example[] {
  const url = urlOf(dataset, address, product);
  return [
    {
      name: "curl",
      text: `${CURL} "${url}"`,
    },
    {
      name: "Python",
      text: `import json, os, urllib.request

request = urllib.request.Request(
    "${url}",
    headers={"Authorization": "Bearer " + os.environ["TOKEN"]},
)
with urllib.request.urlopen(request) as answer:
    rows = json.load(answer)["answer"]["rows"]
print(rows)`,
    },
    {
      name: "R",
      text: `answer <- httr2::request("${url}") |>
  httr2::req_auth_bearer_token(Sys.getenv("TOKEN")) |>
  httr2::req_perform() |>
  httr2::resp_body_json(simplifyVector = TRUE)
print(answer$answer$rows)`,
    },
  ];
}

/**
 * What is asked about is typed into the lines before the request. An answer is charged whatever it says, so a shell that finds nothing typed
 * sends nothing.
 */
function answerExample(
  dataset: Dataset,
  product: Product,
  address: string,
): Example {
  const { key = [], content } = product;
  const values = content
    .flatMap(({ fields }) => fields.filter((name) => !key.includes(name)))
    .slice(0, 1);
  const inShell = (field: string) => ({ field, value: `<${variable(field)}>` });
  const body = JSON.stringify({
    product: product.product,
    plan: {
      ...{ form: "answer", dataset: dataset.dataset },
      ...{ key: key.map(inShell), values: values.map(inShell) },
    },
  });
  const names = [...key, ...values];
  const filled = names.reduce((text, name) => {
    const type = dataset.fields.find((one) => one.name === name)?.type;
    return text.replaceAll(`"<${variable(name)}>"`, () =>
      fromShell(name, type),
    );
  }, body);
  return {
    name: "curl, for a word: yes, no or not on record",
    text: [
      ...names.map((name) => `${variable(name)}=''`),
      asked(filled, address),
    ].join("\n"),
  };
}

const variable = (field: string): string => `ASK_${field.toUpperCase()}`;

/** Out of the quotes around the body, and in again. */
function fromShell(field: string, type: FieldType | undefined): string {
  const typed = `'"\${${variable(field)}:?type it first}"'`;
  return type === "integer" || type === "boolean" ? typed : `"${typed}"`;
}

function aggregateExample(
  dataset: Dataset,
  { product, content }: Product,
  address: string,
): Example {
  const by = content.flatMap(({ fields }) => fields).slice(0, 1);
  const body = JSON.stringify({
    product,
    plan: {
      form: "aggregate",
      dataset: dataset.dataset,
      measures: [{ measure: "count" }],
      ...{ by, where: [], limit: 20 },
    },
  });
  return { name: "curl, for counts", text: asked(body, address) };
}

const asked = (body: string, address: string): string =>
  `${CURL} -H "Content-Type: application/json" \\
  --data '${body}' "${address}/query"`;

function duckdb(dataset: Dataset, address: string, open: boolean): Example {
  const secret = open
    ? ""
    : `CREATE SECRET office (TYPE http, SCOPE '${address}', BEARER_TOKEN 'TOKEN');\n`;
  return {
    name: "DuckDB",
    text: `${secret}SELECT count(*) FROM '${address}/files/${dataset.dataset}.parquet';`,
  };
}
