import type { Context, Hono } from "hono";
import type { Child, FC, PropsWithChildren } from "hono/jsx";
import type { Entered, ReadRegister } from "../register/register.ts";
import { ProofStatus } from "./proof-status.tsx";
import { showPage } from "./show-page.ts";
import type { Proofs, ProofStatus as Status } from "./things/proof.ts";
import { whenIn } from "./things/show.ts";

export type Proving = {
  readonly office: { readonly register: ReadRegister };
  readonly proofs: Pick<Proofs, "newest">;
};

/** What a page ends with and its twin has: the entries that both rest on, and how each is proved. */
export async function provedBy(
  { office: { register }, proofs }: Proving,
  entries: readonly Entered[],
): Promise<{ readonly proof: Status; readonly shown: Child }> {
  const proof = await proofs.newest(entries);
  const when = whenIn(register.offsetMinutes);
  return { proof, shown: <ProofStatus status={proof} when={when} /> };
}

/** A page that shows a view, and its twin that ends in `.json`, each with what it rests on. */
export function provedRoutes<V extends object>(
  app: Hono,
  proving: Proving,
  path: string,
  {
    view,
    restsOn,
    Page,
  }: {
    readonly view: (c: Context) => V;
    readonly restsOn: (register: ReadRegister, view: V) => readonly Entered[];
    readonly Page: FC<PropsWithChildren<{ readonly view: V }>>;
  },
): void {
  const proved = (of: V) =>
    provedBy(proving, restsOn(proving.office.register, of));
  app.get(path, async (c) => {
    const found = view(c);
    const { shown } = await proved(found);
    return showPage(c, <Page view={found}>{shown}</Page>);
  });
  app.get(`${path}.json`, async (c) => {
    const found = view(c);
    const { proof } = await proved(found);
    return c.json({ ...found, proof });
  });
}
