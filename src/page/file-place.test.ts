import { expect, test } from "vitest";
import { filePlace } from "./file-place.ts";

const bytes = (text: string): Blob => new Blob([text]);
const own = { path: "copy/log/register/checkpoint", file: bytes("its own") };
const note = {
  path: "copy/mirror.json",
  file: bytes(
    JSON.stringify({
      url: "https://office.example",
      origin: "office.example/register",
      fingerprint: "f",
      copiedAt: 1_700_000_000_000,
    }),
  ),
};

test("the page reads a mirror's own files, not the other history that it keeps nor what it is fetching, and judges it as of then", async () => {
  const place = await filePlace([
    { path: "copy/fetching/log/register/checkpoint", file: bytes("fetched") },
    own,
    note,
    { path: "copy/conflict/17/log/register/checkpoint", file: bytes("other") },
    { path: "copy/conflict/17/log/minute/checkpoint", file: bytes("other") },
  ]);
  const read = await place.read("log/register/checkpoint");
  expect(new TextDecoder().decode(read)).toBe("its own");
  expect(await place.read("log/minute/checkpoint")).toBeUndefined();
  expect(place.copy).toMatchObject({
    of: "https://office.example",
    copiedAt: 1_700_000_000_000,
  });
});

test("the page refuses a mirror whose files were being put into their places, and two copies side by side", async () => {
  const placing = { path: "copy/fetching/placing", file: bytes("") };
  await expect(filePlace([own, note, placing])).rejects.toThrow(/run it again/);
  const other = { path: "more/log/register/checkpoint", file: bytes("") };
  await expect(filePlace([own, other])).rejects.toThrow(/2 copies/);
});
