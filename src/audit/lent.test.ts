import { expect, test } from "vitest";
import {
  aDataset,
  aGateway,
  aPermit,
  aProduct,
  registered,
  stations,
} from "../../test/story-acts.ts";
import { aContribution, aNotice } from "../../test/story-contributions.ts";
import { codesOf } from "../../test/story-faults.ts";
import { day, without } from "../../test/story-founding.ts";
import {
  anOpen,
  aUse,
  block,
  counted,
  head,
  type InBlock,
  logAt,
} from "../../test/story-uses.ts";
import { given, play } from "../../test/story.ts";

/** A gateway that serves what was lent, on a day, by whatever clock it likes. */
async function foundWhenServedOn(
  at: number,
  ...entries: readonly InBlock[]
): Promise<readonly string[]> {
  const house = play([
    ...given(
      day(1),
      ...registered,
      aContribution({ noticeDays: 10 }),
      aDataset({ dataset: "trains", contribution: "rail-data" }),
      { ...stations, dataset: "stops", contribution: "rail-data" },
      without(
        aProduct({
          product: "train-records",
          content: [{ dataset: "trains", fields: ["plate", "make", "year"] }],
        }),
        "authorisation",
      ),
      aPermit({ permit: "trains", product: "train-records" }),
      aGateway(),
    ),
    ...given(day(2), aNotice({ ends: day(12) })),
  ]);
  block(house, "minute", at, ...entries);
  head(house, at + 60_000, logAt("minute", at));
  return codesOf(house);
}

const traced = (slot: number) => {
  const { fee: _, ...use } = aUse({ slot, permit: "trains", charge: 0 });
  return [use];
};
const open = (slot: number) => {
  const one = anOpen({ slot, dataset: "stops" });
  return [one, counted(one)];
};

test.each([
  ["under a permit", traced],
  ["as open data", open],
])(
  "what was lent and served %s after it was taken back is found",
  async (_, uses) => {
    const last = day(12) - 60_000;
    expect(await foundWhenServedOn(last, ...uses(last))).toEqual([]);
    expect(await foundWhenServedOn(day(12), ...uses(day(12)))).toEqual(["use"]);
  },
);
