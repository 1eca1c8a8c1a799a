import { expect, test } from "vitest";
import { benchPortal } from "./portal.ts";

test("a small office is laid and every page of it is measured", async () => {
  const extent = {
    ...{ systems: 7, datasets: 240, products: 20, bodies: 12 },
    ...{ organisations: 220, acts: 2_000 },
  };
  const figures = await benchPortal(extent, 1);
  const said = figures.map(({ what }) => what).join("\n");
  for (const page of ["GET /", "/acts", "/search", "/since", "/fees", "/due"])
    expect(said).toContain(page.replace("GET ", ""));
  for (const page of [
    "/desk",
    "/desk/drafts/:id",
    "/account",
    "/my",
    "/entries/:index",
  ])
    expect(said).toContain(`${page}\n`);
  if (process.env["SHOW"] !== undefined)
    console.log(figures.map((one) => Object.values(one).join("  ")).join("\n"));
}, 120_000);
