import { isOffered, isServed } from "./offered.ts";
import type { ReadRegister } from "./register.ts";

/** Which of the known systems pass the gate. Nothing is called complete without these three numbers beside it. */
export type Coverage = {
  readonly known: number;
  readonly described: number;
  readonly served: readonly string[];
  readonly notServed: readonly string[];
};

/** A system is served when a vintage of one of its datasets was entered, or it is asked in place, and somebody could be given it: it is open, or a product of it is offered, and whoever lent it lends it. */
export function coverage(register: ReadRegister, at: number): Coverage {
  const offered = new Set<string>();
  for (const product of register.products.values()) {
    if (isOffered(register, product, at))
      for (const part of product.act.content) offered.add(part.dataset);
  }
  const served = new Set<string>();
  for (const { act } of register.datasets.values())
    if (isServed(register, act, (one) => offered.has(one), at))
      served.add(act.system);
  const all = [...register.systems.values()].map((system) => system.act);
  return {
    known: all.length,
    described: all.filter((system) => system.description === "described")
      .length,
    served: all
      .filter((system) => served.has(system.system))
      .map((system) => system.system),
    notServed: all
      .filter((system) => !served.has(system.system))
      .map((system) => system.system),
  };
}
