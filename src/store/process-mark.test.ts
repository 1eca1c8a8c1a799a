import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { exists, isProcessAlive, processMark } from "./process-mark.ts";

test("a mark names this process, and no other that has or had its number", ({
  skip,
}) => {
  const mark = processMark(process.pid);
  expect(isProcessAlive(mark)).toBe(true);
  if (mark.endsWith("-0"))
    return skip("this system does not tell when a process started");
  expect(isProcessAlive(`${process.pid}-1`)).toBe(false);
  expect(isProcessAlive(mark.replace(/^\d+/, "2147483647"))).toBe(false);
});

test.each(["", "0-0", "-1-0", "1", "1-", "no-mark"])(
  "%j is no living process",
  (mark) => {
    expect(isProcessAlive(mark)).toBe(false);
  },
);

test("a process that has ended and was not yet buried does not exist", async ({
  skip,
}) => {
  if (process.platform !== "linux") return skip("only Linux tells of it");
  const parent = spawn("sh", ["-c", "sleep 0.2 & echo $!; exec sleep 30"]);
  try {
    const [chunk] = await once(parent.stdout, "data");
    const pid = Number(String(chunk));
    expect(exists(pid)).toBe(true);
    await sleep(1000);
    expect(exists(pid)).toBe(false);
  } finally {
    parent.kill("SIGKILL");
  }
});
