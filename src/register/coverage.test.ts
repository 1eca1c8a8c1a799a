import { expect, test } from "vitest";
import {
  aBody,
  anAuthorisationEnd,
  aDataset,
  aMachineKey,
  aSystem,
  aWithdrawal,
  offered,
  registered,
  stations,
} from "../../test/story-acts.ts";
import { aContribution } from "../../test/story-contributions.ts";
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

test("a system whose data were lent is served as long as they are", () => {
  const lent = (to: number) =>
    play([
      ...given(
        day(1),
        ...registered,
        aMachineKey(),
        aSystem({ system: "rail" }),
        aContribution({ to }),
        {
          ...stations,
          dataset: "trains",
          system: "rail",
          contribution: "rail-data",
        },
      ),
      vintage("trains"),
    ]);
  expect(at(lent(day(4)))).toEqual([2, 2, ["rail"], ["vehicle-register"]]);
  expect(at(lent(day(3)))).toEqual([2, 2, [], ["vehicle-register", "rail"]]);
});

test("a product whose authorisation ended serves nobody, though nobody withdrew it", async () => {
  const scene = [
    ...given(day(1), ...offered, aMachineKey()),
    vintage("vehicles"),
  ];
  expect(at(play(scene))).toEqual([1, 1, ["vehicle-register"], []]);
  const ended = play([...scene, [day(2), anAuthorisationEnd(), "granted"]]);
  expect(at(ended)).toEqual([1, 1, [], ["vehicle-register"]]);
  expect(await faultsOf(ended)).toEqual([]);
});

test("data that nobody was offered counts as not served", async () => {
  const house = play([
    ...given(day(1), aMachineKey(), aBody(), aSystem(), aDataset()),
    vintage("vehicles"),
  ]);
  expect(at(house)).toEqual([1, 1, [], ["vehicle-register"]]);
  expect(await faultsOf(house)).toEqual([]);
});
