import { isOpen } from "../../register/fields.ts";
import { inForce, type ReadRegister } from "../../register/register.ts";
import { idsIn, isDatasetServed, lookUp, servedSystems } from "./look-up.ts";
import { refTo } from "./ref.ts";
import { baseOf, historyOf, pageOf, type World } from "./world.ts";

const SHOWN = 200;

export function systemsView(
  world: World,
  page: number,
  { show = "" }: Readonly<Record<string, string | undefined>>,
) {
  const { register, now } = world;
  const served = servedSystems(register, now);
  const all = idsIn(register, register.systems);
  const shown =
    show === "served"
      ? all.filter((one) => served.has(one))
      : show === "notServed"
        ? all.filter((one) => !served.has(one))
        : all;
  const list = pageOf(shown, page, (id) => ({
    system: refTo(register, "system", id),
    body: refTo(register, "body", register.systems.get(id)?.act.body ?? ""),
    served: served.has(id),
    described: register.systems.get(id)?.act.description === "described",
    datasets: lookUp(register, "datasetsOfSystem", id).length,
  }));
  return {
    ...baseOf(world),
    ...{ show, known: all.length, served: served.size },
    ...list,
  };
}
export type SystemsView = ReturnType<typeof systemsView>;

export async function systemView(world: World, id: string) {
  const { register, now, acts, proofs } = world;
  const found = register.systems.get(id);
  if (found === undefined) return undefined;
  const datasets = lookUp(register, "datasetsOfSystem", id);
  return {
    ...baseOf(world),
    system: found.act,
    entry: found.entry,
    body: refTo(register, "body", found.act.body),
    served: servedSystems(register, now).has(id),
    datasets: datasets.slice(0, SHOWN).map((dataset) => ({
      dataset: refTo(register, "dataset", dataset),
      ...whyServed(register, dataset, now),
    })),
    datasetsInAll: datasets.length,
    proof: await proofs.of([found]),
    history: await historyOf(world, [acts.about("system", id)]),
  };
}
export type SystemView = NonNullable<Awaited<ReturnType<typeof systemView>>>;

export type Serving =
  "open" | "byPermit" | "withheld" | "notLoaded" | "notOffered";

/** Whether anybody could be given it, and if not, what stands in the way first. */
export function whyServed(
  register: ReadRegister,
  dataset: string,
  now: number,
): { readonly serving: Serving } {
  const act = register.datasets.get(dataset)?.act;
  if (act === undefined) return { serving: "notOffered" };
  if (withheldBy(register, dataset, now) !== undefined)
    return { serving: "withheld" };
  if (isDatasetServed(register, dataset, now))
    return { serving: isOpen(act) ? "open" : "byPermit" };
  const hasRows = act.live !== undefined || register.vintages.has(dataset);
  return { serving: hasRows ? "notOffered" : "notLoaded" };
}

/** What keeps a dataset from being shown to anybody now. */
export function withheldBy(
  register: ReadRegister,
  dataset: string,
  now: number,
) {
  return lookUp(register, "withholdingsOfDataset", dataset)
    .map((id) => register.withholdings.get(id))
    .find((one) => inForce(one, now));
}
