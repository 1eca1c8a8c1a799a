import { expect, test } from "vitest";
import {
  aBody,
  aDataset,
  aMachineKey,
  aSystem,
  aWithdrawal,
  offered,
  stations,
} from "../../test/story-acts.ts";
import { day } from "../../test/story-founding.ts";
import {
  faultsOf,
  given,
  type House,
  play,
  record,
  type Step,
} from "../../test/story.ts";
import { coverage } from "./coverage.ts";

const hash = Buffer.alloc(32, 1).toString("base64url");
const vintage =
  (dataset: string): Step =>
  (house) =>
    record(
      house,
      day(2),
      {
        kind: "vintage",
        dataset,
        vintage: 1,
        rows: 1,
        digest: hash,
        schema: hash,
      },
      "importer",
    );
const at = (house: House) => {
  const { known, described, served, notServed } = coverage(
    house.register,
    day(3),
  );
  return [known, described, served, notServed];
};

test("a system is served when there is data of it and somebody could be given it", () => {
  const scene = [
    ...given(
      day(1),
      ...offered,
      aMachineKey(),
      aSystem({ system: "tax", description: "existence" }),
      aSystem({ system: "rail" }),
      { ...stations, dataset: "trains", system: "rail" },
    ),
  ];
  expect(at(play(scene))).toEqual([
    3,
    2,
    [],
    ["vehicle-register", "tax", "rail"],
  ]);
  expect(at(play([...scene, vintage("vehicles")]))).toEqual([
    3,
    2,
    ["vehicle-register"],
    ["tax", "rail"],
  ]);
  expect(at(play([...scene, vintage("trains")]))).toEqual([
    3,
    2,
    ["rail"],
    ["vehicle-register", "tax"],
  ]);
  expect(at(play([...scene, vintage("owners")]))).toEqual([
    3,
    2,
    [],
    ["vehicle-register", "tax", "rail"],
  ]);
  expect(
    at(
      play([...scene, vintage("vehicles"), [day(2), aWithdrawal(), "granted"]]),
    ),
  ).toEqual([3, 2, [], ["vehicle-register", "tax", "rail"]]);
});

test("data that nobody was offered counts as not served", async () => {
  const house = play([
    ...given(day(1), aMachineKey(), aBody(), aSystem(), aDataset()),
    vintage("vehicles"),
  ]);
  expect(at(house)).toEqual([1, 1, [], ["vehicle-register"]]);
  expect(await faultsOf(house)).toEqual([]);
});
