import { type Dataset, type Product } from "../register/register.ts";
import { isOpen } from "../register/fields.ts";

export type Example = { readonly name: string; readonly text: string };

const FIELDS_SHOWN = 4;

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
      text: `curl -H "Authorization: Bearer $TOKEN" "${url}"`,
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

function answerExample(
  dataset: Dataset,
  product: Product,
  address: string,
): Example {
  const typed = (name: string) => {
    const type = dataset.fields.find((f) => f.name === name)?.type;
    return {
      field: name,
      value: type === "integer" ? 0 : type === "boolean" ? true : "…",
    };
  };
  const { key = [], content } = product;
  const values = content.flatMap(({ fields }) =>
    fields.filter((name) => !key.includes(name)),
  );
  const body = JSON.stringify({
    product: product.product,
    plan: {
      form: "answer",
      dataset: dataset.dataset,
      key: key.map(typed),
      values: values.slice(0, 1).map(typed),
    },
  });
  return {
    name: "curl, for a word: yes, no or not on record",
    text: asked(body, address),
  };
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
  `curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
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
