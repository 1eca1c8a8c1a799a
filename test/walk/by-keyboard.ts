import type { Page } from "playwright-core";
import * as z from "zod/mini";

/** Numbers what can be reached by Tab in the order of the page; of buttons that go together, the one by which they are entered. */
const NUMBER = `(() => {
  const groups = new Set();
  const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
    .filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => {
      if (one.type !== "radio") return true;
      const chosen = [...document.querySelectorAll("input[type=radio]:checked")].find(({ name }) => name === one.name);
      if (chosen !== undefined) return one === chosen;
      return !groups.has(one.name) && groups.add(one.name);
    });
  all.forEach((one, index) => { one.walked = index; });
  return all.map((one) => one.outerHTML.slice(0, 120));
})()`;

/** Where the focus is, and whether it is to be seen there. */
const LOOK = `(() => {
  const one = document.activeElement;
  if (one === null || one === document.body || one === document.documentElement) return null;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  return {
    index: one.walked ?? -1,
    says: one.outerHTML.slice(0, 120),
    shown: ((outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none")
      && box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
})()`;

const look = z.nullable(
  z.object({ index: z.number(), says: z.string(), shown: z.boolean() }),
);

/** What is wrong for whoever has only a keyboard; at most so many steps from the beginning of the page. */
export async function faultsByKeyboard(
  page: Page,
  stepsMax: number,
): Promise<readonly string[]> {
  const faults: string[] = [];
  const all = z.array(z.string()).parse(await page.evaluate(NUMBER));
  const reached = new Set<number>();
  let last = -1;
  let stays = 0;
  for (let step = 0; step < stepsMax; step++) {
    await page.keyboard.press("Tab");
    const at = look.parse(await page.evaluate(LOOK));
    if (step === 0 && at?.says.startsWith('<a class="skip"') !== true)
      faults.push(`begins at ${at?.says ?? "nothing"}`);
    if (at === null) {
      last = all.length;
      break;
    }
    if (!at.shown) faults.push(`shows no focus at ${at.says}`);
    // Parts of a date are steps inside one field.
    stays = at.index === last ? stays + 1 : 0;
    if (stays > 8) {
      faults.push(`holds whoever comes to ${at.says}`);
      break;
    }
    if (at.index < 0) continue;
    // Behind the last one the browser begins again.
    if (at.index === 0 && step > 0) {
      last = all.length;
      break;
    }
    if (at.index < last) faults.push(`goes back to ${at.says}`);
    reached.add(at.index);
    last = at.index;
  }
  for (const [index, says] of all.entries())
    if (index < last && !reached.has(index)) faults.push(`passes by ${says}`);
  return faults;
}
