import { apply } from "../register/apply.ts";
import { emptyRegister, type ReadRegister } from "../register/register.ts";
import { primitives } from "../store/crypto.ts";
import { type ReadLog, readRegister } from "./read-register.ts";

/** The register as an office's public files add up to it: a folder's on this machine, or those at an address. */
export async function registerOf(where: string): Promise<ReadRegister> {
  return foldOf(await readRegister(where));
}

export async function foldOf({ entries }: ReadLog): Promise<ReadRegister> {
  const register = emptyRegister();
  for await (const entry of entries) apply(primitives, register, entry);
  return register;
}
