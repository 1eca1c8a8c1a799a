import { expect, test } from "vitest";
import {
  MINUTE,
  organisation,
  stations,
  vehicles,
} from "../../../test/simulation/small-office-acts.ts";
import { officeFor } from "../../../test/simulation/small-office-story.ts";
import { editions } from "../../rules/editions.ts";
import { check } from "./check.ts";
import { openPlace, type Place } from "./place.ts";

test.each(["log/register/checkpoint", "log/gate/minute/2026q4/checkpoint"])(
  "an office that goes on while it is checked, whenever %s was read, contradicts nothing",
  async (turning) => {
    const office = await officeFor("living");
    await office.answered(vehicles(), "huaxing");
    await office.pass(MINUTE);
    const lying = await openPlace(office.folder);
    let rounds = 0;
    /** Whatever is read, an act is entered, data is asked for, and what is due becomes public, before or behind it. */
    const living: Place = {
      ...lying,
      read: async (path) => {
        if (path === turning) await live();
        const bytes = await lying.read(path);
        if (path === turning) await live();
        return bytes;
      },
    };
    const live = async (): Promise<void> => {
      rounds++;
      await office.granted(organisation(`late-${rounds}`));
      await office.answered(stations());
      await office.pass(MINUTE);
    };
    const result = await check(living, {
      editions,
      now: () => office.clock.now,
      receipts: office.receipts,
      also: [],
    });
    expect(result.faults.kept).toEqual([]);
    expect(result.sums.uses).toBe(1);
    expect(rounds).toBeGreaterThan(1);
  },
);
