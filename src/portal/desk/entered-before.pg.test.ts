import { expect, test } from "vitest";
import { asDemonstration } from "../../../test/desk-office.ts";
import { atDesk, leadsTo } from "../../../test/desk-visitor.ts";
import { decoded } from "../../../test/page-forms.ts";
import { leftOver } from "../../../test/simulation/small-office-story.ts";
import {
  logKeyOf,
  watched,
} from "../../../test/simulation/small-office-witness.ts";
import { webOf } from "../../../test/web-office.ts";

test("an act was entered, its witness is away, and the office stops: what comes back shows the draft as entered, before the entry is public", async () => {
  const { office, court } = await watched("entered_before");
  const registrar = await atDesk(webOf(office, asDemonstration), "registrar");
  await registrar.text("/desk/acts/new/organisation");
  const draft = await leadsTo(
    registrar.send("/desk/acts/new/organisation", {
      ...{ do: "keep", organisation: "late", title: "Late" },
      class: "research",
    }),
  );
  const page = await registrar.text(draft);
  const [, statement = ""] =
    /name="statement" value="([^"]*)"/.exec(page) ?? [];
  await court.stop();
  const { size } = office.house.office.register;
  const signing = registrar.send(`${draft}/sign`, {
    statement: decoded(statement),
  });
  await expect.poll(() => office.house.office.register.size).toBe(size + 1);
  await office.restart();
  await signing;

  const log = office.house.office;
  expect(log.published.size).toBe(size);
  expect(log.register.size).toBe(size + 1);
  const web = webOf(office, asDemonstration);
  const again = await atDesk(web, "registrar");
  expect((await again.get(draft)).headers.get("location")).toBe(draft);
  const seen = await again.text(draft);
  expect(seen).toMatch(
    new RegExp(`Granted\\.[\\s\\S]*href="/acts/${size}"[\\s\\S]*no receipt`),
  );
  expect(seen).not.toContain(`action="${draft}/sign"`);
  // Nobody outside sees an entry before its witness has.
  expect((await web.ask(`/acts/${size}`)).status).toBe(404);
  expect(await log.entries(size, size + 1)).toEqual([]);

  await court.start(logKeyOf(office));
  await office.house.tick();
  expect((await web.ask(`/acts/${size}`)).status).toBe(200);
  expect(web.bugs).toEqual([]);
  expect(await leftOver(office)).toEqual([]);
});
