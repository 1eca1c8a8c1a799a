import type { ReadRegister } from "../src/register/register.ts";
import type { Proving } from "../src/portal/proved.tsx";
import { Proofs } from "../src/portal/things/proof.ts";
import { primitives } from "../src/store/crypto.ts";

/** A story is told in memory and published nowhere: its pages say of every entry that it is not public yet. */
export function unpublished(register: ReadRegister): Proving {
  const published = { size: 0, root: new Uint8Array(0), note: "" };
  const files = { read: async () => undefined };
  const office = { register, published };
  return { office, proofs: new Proofs({ office, primitives, files }) };
}
