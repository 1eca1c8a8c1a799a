import { expect } from "vitest";
import { asking, type Web, webOf } from "../web-office.ts";
import {
  type Both,
  bothReceipts,
  bulk,
  bulkOffice,
  gatewayOf,
} from "./small-office-bulk.ts";
import { leftOver } from "./small-office-story.ts";
import type { SmallOffice } from "./small-office.ts";

type Headers = Readonly<Record<string, string>>;
export type House = {
  readonly office: SmallOffice;
  readonly web: Web;
  readonly huaxing: Headers;
};

export async function begin(
  file: string,
  options: Parameters<typeof bulkOffice>[1] = {},
): Promise<House> {
  const office = await bulkOffice(file, options);
  return {
    ...{ office, web: webOf(office) },
    huaxing: await asking(office, "huaxing"),
  };
}

export async function streamed(
  { web, huaxing }: House,
  request: object = bulk(),
  form = "ndjson",
): Promise<Response> {
  const response = await web.post(
    `/query?format=${form}`,
    ...([JSON.stringify(request), huaxing] as const),
  );
  expect(response.status).toBe(200);
  return response;
}

export const receiptsOf = (
  { office, web, huaxing }: House,
  at: string,
  want?: "now",
): Promise<Both> => bothReceipts(office, web, at, huaxing, want);

/** What permit `huaxing-bulk` has used, as it is counted against its quota and as it will be entered. */
export function used({ office }: House) {
  const gateway = gatewayOf(office);
  const row = gateway.totals().find((one) => one.permit === "huaxing-bulk");
  return {
    spent: gateway.spent.get("huaxing-bulk"),
    total: row && { steps: row.steps, charged: row.charged },
  };
}

export async function endsWell({ office, web }: House): Promise<void> {
  expect(web.bugs).toEqual([]);
  expect(web.halts).toEqual([]);
  expect(await leftOver(office)).toEqual([]);
}
