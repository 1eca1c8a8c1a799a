import { expect, test } from "vitest";
import { aPermit, offered } from "../../test/story-acts.ts";
import { day } from "../../test/story-founding.ts";
import { given, play } from "../../test/story.ts";
import { parseEntry } from "../acts/entry.ts";
import { aboutOf } from "./about.ts";

test("a permit is about its product, what that holds and who operates it, and not about whatever else that operator may operate", () => {
  const house = play([
    ...given(day(1), ...offered),
    ...given(day(2), aPermit()),
  ]);
  const { register } = house;
  const last = house.entries.at(-1) ?? new Uint8Array();
  const { all } = aboutOf(register, parseEntry(last));
  expect(all).toContain("dataset:vehicles");
  expect(all).toContain("authorisation:sanhe-vehicles");
  expect(all).not.toContain("dataset:owners");
  const authorisation = house.entries
    .map((raw) => parseEntry(raw))
    .find(
      (entry) =>
        entry.type === "act" && entry.statement.act.kind === "authorisation",
    );
  if (authorisation === undefined)
    throw new Error("The story authorises nobody");
  expect(aboutOf(register, authorisation).all).toContain("dataset:owners");
});
