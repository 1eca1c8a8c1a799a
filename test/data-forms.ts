import * as z from "zod/mini";
import type { Request } from "../src/uses/plan.ts";
import {
  isNamed,
  people,
  stations,
  vehicles,
} from "./simulation/small-office-acts.ts";

const ROWS = 12;
/** Cells that stand nowhere but in the data, also not by chance in a receipt: no base64 has such a sign. */
export const cells: Readonly<Record<string, readonly object[]>> = {
  stations: rows((i) => ({
    station: `zq~s${i}`,
    town: `zq~t${i}`,
    height: 7_310_000 + i,
  })),
  vehicles: rows((i) => ({
    plate: `zq~p${i}`,
    make: `zq~m${i}`,
    year: 7_320_000 + i,
  })),
  people: rows((i) => ({
    number: `zq~n${i}`,
    name: `zq~w${i}`,
    town: `zq~v${i}`,
  })),
};
export const cell = /zq~[a-z]\d|73[12]\d{4}/;
function rows(make: (i: number) => object): readonly object[] {
  return Array.from({ length: ROWS }, (_, i) => make(i));
}

type Entry = "whole" | "stream" | "file" | "open" | "nothing";
/** One form in which data is asked for, of restricted, personal or open data. */
export type Form = {
  readonly name: string;
  readonly route: string;
  readonly path: string;
  readonly entry: Entry;
  readonly dataset: "vehicles" | "people" | "stations";
  readonly body?: Request;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: "HEAD" | "GET";
  readonly status?: number;
};
const query = (
  name: string,
  entry: Entry,
  body: Request,
  more: Partial<Form> = {},
): Form => ({
  name: `POST /query, ${name}`,
  route: "POST /query",
  path: "/query",
  entry,
  body,
  dataset: z.enum(["vehicles", "people", "stations"]).parse(body.plan.dataset),
  ...more,
});
const url = (
  entry: Entry,
  dataset: Form["dataset"],
  search: string,
  more: Partial<Form> = {},
): Form => ({
  name: `GET /data/${dataset}?${search}`,
  route: "GET /data/:dataset",
  path: `/data/${dataset}?${search}`,
  entry,
  dataset,
  ...more,
});
const file = (
  dataset: Form["dataset"],
  what: string,
  more: Partial<Form> = {},
): Form => ({
  name: `GET /files/${dataset}.parquet, ${what}`,
  route: "GET /files/:file",
  path: `/files/${dataset}.parquet`,
  entry: dataset === "stations" ? "open" : "file",
  dataset,
  ...more,
});
const aggregate = (dataset: string, by: string): Request => ({
  plan: {
    form: "aggregate",
    dataset,
    measures: [{ measure: "count" }],
    by: [by],
    where: [],
    limit: 100,
  },
});
const streams = ["ndjson", "csv", "parquet"] as const;
const long = "product=vehicles.long&limit=20000&format=json";
export const forms: readonly Form[] = [
  query("records", "whole", { plan: vehicles() }),
  query("records of persons", "whole", { plan: people() }),
  query("answer", "whole", { plan: isNamed("zzz", "zzz") }),
  query("aggregate", "whole", aggregate("vehicles", "make")),
  query("open records", "open", { plan: stations() }),
  query("open aggregate", "open", aggregate("stations", "town")),
  url("whole", "vehicles", "limit=5"),
  url("whole", "people", "limit=5"),
  url("whole", "vehicles", "measure=count&by=make&limit=100"),
  url("open", "stations", "limit=5"),
  url("open", "stations", "measure=sum:height&by=town&limit=100"),
  ...streams.flatMap((form) => [
    url("stream", "vehicles", `limit=50&format=${form}`),
    url("stream", "people", `limit=50&format=${form}`),
    url("open", "stations", `limit=50&format=${form}`),
    query(
      `records as ${form}`,
      "stream",
      { plan: vehicles() },
      {
        path: `/query?format=${form}`,
      },
    ),
  ]),
  url("stream", "vehicles", long),
  query(
    "records by Accept",
    "stream",
    { plan: vehicles() },
    {
      headers: { Accept: "text/csv" },
    },
  ),
  url("nothing", "vehicles", "limit=5", { method: "HEAD" }),
  url("nothing", "people", "limit=50&format=csv", { method: "HEAD" }),
  url("nothing", "stations", "limit=50&format=csv", { method: "HEAD" }),
  ...(["vehicles", "people", "stations"] as const).flatMap((dataset) => [
    file(dataset, "whole"),
    file(dataset, "a range", {
      headers: { Range: "bytes=0-99" },
      status: 206,
    }),
    file(dataset, "another range", {
      headers: { Range: "bytes=-8" },
      status: 206,
    }),
    file(dataset, "HEAD", { method: "HEAD", entry: "nothing" }),
    file(dataset, "no range that is there", {
      headers: { Range: "bytes=99999999-" },
      status: 416,
      entry: "nothing",
    }),
  ]),
];
