import { Malformed } from "../acts/canonical.ts";
import { type Dataset } from "../register/register.ts";
import { isPersonal } from "../register/fields.ts";
import type {
  OpenAdmission,
  PermitAdmission,
  Refusal,
  Spent,
} from "../uses/admit.ts";
import {
  type FilePlan,
  LIMIT_MAX,
  type Plan,
  type Request,
} from "../uses/plan.ts";
import { SLOT, slotOf } from "../uses/use.ts";
import { tokensOf } from "./answer.ts";
import { whileAdmitted } from "./cut-short.ts";
import type { Desk, Entered, Reserved } from "./desk.ts";
import type { BulkFiles, FileKey, Lease } from "./forms/file.ts";
import { type How, knownOf } from "./how.ts";
import type { Held } from "./lease-line.ts";
import { asked, datasetOf, fromOf } from "./run-plan.ts";
import { useOf } from "./use-of.ts";

type Admission = OpenAdmission | PermitAdmission;
/** What is known of the rows of a file beside the file. */
type Contents = {
  readonly rows: number;
  readonly subjects: readonly string[];
};

/** A file that may be served, and how its use is entered before its first byte. */
export type FileAnswer = {
  readonly outcome: "file";
  readonly lease: Lease;
  readonly rows: number;
  /** Enters the use, of open data so many bytes; ranges of one file under a permit and one ETag within a slot are one use. */
  readonly enter: (bytes?: number) => Promise<Entered | Refusal>;
  /** Asked before each piece that leaves; throws when the right to it has ended. */
  readonly mayGoOn: () => void;
};

/** Files as they are asked for: each is made once, and entered once a slot. */
export class Files {
  readonly #desk: Desk;
  readonly #bulk: BulkFiles;
  readonly #contents = new Map<string, Promise<Contents>>();
  /** The uses of the running slots, by permit and ETag. */
  readonly #entered = new Map<
    string,
    {
      readonly permit: string;
      readonly slot: number;
      readonly use: Promise<Entered | Refusal>;
    }
  >();

  constructor(desk: Desk, bulk: BulkFiles) {
    this.#desk = desk;
    this.#bulk = bulk;
  }

  async ask(
    request: Request,
    organisation: string | undefined,
    how: How = {},
  ): Promise<FileAnswer | Refusal> {
    const desk = this.#desk;
    const plan = mustBeFile(request);
    desk.mustServe();
    const known = knownOf(how);
    const spent = (permit: string) => this.#spentBeside(permit);
    const first = desk.admit(
      ...([request, organisation, desk.now(), known, spent] as const),
    );
    if (first.outcome === "refused") return desk.decline(first, organisation);
    const dataset = datasetOf(desk.register, plan);
    if (dataset.live !== undefined)
      throw new Malformed(
        `Cannot give a file of ${plan.dataset}: it is kept live and has no vintages, want records`,
      );
    const made = await asked(
      ...([desk, plan.dataset, organisation] as const),
      () => this.#make(plan, dataset, first),
    );
    const { lease, contents } = made;
    const { rows } = contents;
    const pinned =
      first.outcome === "open" ? known : { permit: first.permit.act.permit };
    // Only now is it known how many rows there are.
    const counted = { ...pinned, rows };
    const again = desk.admit(
      ...([request, organisation, desk.now(), counted, spent] as const),
    );
    if (again.outcome === "refused") {
      lease.release();
      return desk.decline(again, organisation);
    }
    const given = { request, plan, organisation, known: counted, made, how };
    const enter = (bytes = lease.size) => this.#enter({ ...given, bytes });
    const mayGoOn = whileAdmitted(desk, request, organisation, again, counted);
    return { outcome: "file", lease, rows, enter, mayGoOn };
  }

  async #make(plan: FilePlan, dataset: Dataset, admission: Admission) {
    const { engine, sealKey } = this.#desk.options;
    const { from, state, number } = fromOf(
      ...([this.#desk.register, plan.dataset, admission] as const),
    );
    const permit = admission.outcome === "open" ? undefined : admission.permit;
    const token =
      permit === undefined || !isPersonal(dataset)
        ? undefined
        : tokensOf(sealKey, permit.act.permit);
    // In the order of the dataset: another order is no other file.
    const fields = dataset.fields.filter(({ name }) =>
      plan.fields.includes(name),
    );
    const columns = fields.map((field) => {
      const { name } = field;
      return {
        name,
        type: field.type,
        ...(field.identifier && token !== undefined ? { token } : {}),
      } as const;
    });
    const key: FileKey = {
      permit: permit?.act.permit,
      entry: permit?.entry ?? 0,
      vintage: state,
    };
    const all: Plan & { form: "records" } = {
      form: "records",
      dataset: plan.dataset,
      fields: fields.map(({ name }) => name),
      where: [],
      order: [],
      limit: LIMIT_MAX,
    };
    const name = `${key.permit ?? ""} ${key.entry} ${state}`;
    const contents = this.#contentsOf(name, async () => ({
      rows: await countOf(engine, plan.dataset, from),
      subjects: isPersonal(dataset) ? await engine.subjectsOf(all, from) : [],
    }));
    const lease = await this.#bulk.take(key, columns, () =>
      engine.stream(all, from),
    );
    try {
      return { lease, contents: await contents, number };
    } catch (error) {
      lease.release();
      throw error;
    }
  }

  #contentsOf(name: string, find: () => Promise<Contents>): Promise<Contents> {
    const known = this.#contents.get(name);
    if (known !== undefined) return known;
    const found = find();
    this.#contents.set(name, found);
    found.catch(() => this.#contents.delete(name));
    const [oldest] = this.#contents.keys();
    if (this.#contents.size > CONTENTS_MAX && oldest !== undefined)
      this.#contents.delete(oldest);
    return found;
  }

  async #enter(asked: AskedFile): Promise<Entered | Refusal> {
    const { request, organisation, known } = asked;
    const desk = this.#desk;
    const first = desk.admit(
      ...([request, organisation, desk.now(), known] as const),
      (permit) => this.#spentBeside(permit),
    );
    if (first.outcome === "refused") return desk.decline(first, organisation);
    const slotName = first.outcome === "open" ? "minute" : first.slotName;
    await desk.logs.prepare(slotName);
    desk.mustServe();
    const slot = slotOf(desk.now(), SLOT[slotName]);
    const name = nameOf(asked);
    const before = this.#entered.get(name);
    if (first.outcome !== "open" && before?.slot === slot) {
      const entered = await before.use;
      if (entered !== undefined) return entered;
    }
    const reserved = await desk.reserve(request, organisation, known);
    // Another range may have come meanwhile, and taken all that the permit had left.
    const same = this.#entered.get(name);
    const isSame = first.outcome !== "open" && same?.slot === slot;
    if (reserved.outcome === "refused")
      return isSame ? same.use : desk.decline(reserved, organisation);
    try {
      desk.mustServe();
      if (isSame) return await same.use;
      return await this.#enterNow(asked, reserved);
    } finally {
      reserved.held.release();
    }
  }

  async #enterNow(
    asked: AskedFile,
    reserved: Reserved,
  ): Promise<Entered | Refusal> {
    const { request, plan, organisation, known, bytes } = asked;
    const desk = this.#desk;
    const now = desk.now();
    const again = desk.admitReserved(
      ...([request, organisation, now, known, reserved] as const),
    );
    if (again.outcome === "refused") return desk.decline(again, organisation);
    // Open data are counted: each range that is asked for.
    if (again.outcome === "open")
      return desk.enterOpen(plan.dataset, "file", again.basis, now, bytes);
    const { held } = reserved;
    const use = enterFile(desk, asked, again, { now, held });
    const slot = slotOf(now, SLOT[again.slotName]);
    const name = nameOf(asked);
    const permit = known.permit ?? "";
    this.#sweep(now);
    this.#entered.set(name, { permit, slot, use });
    use.catch(() => this.#entered.delete(name));
    return use;
  }

  /** Of a file that was entered a moment ago more ranges may leave, though its permit is used up by it. */
  #spentBeside(permit: string): Spent {
    const now = this.#desk.latest;
    for (const one of this.#entered.values())
      if (one.permit === permit && now < one.slot + SLOT.hour)
        return { calls: -1, steps: -Infinity };
    return this.#desk.spending.of(permit);
  }

  #sweep(now: number): void {
    for (const [name, { slot }] of this.#entered)
      if (slot + SLOT.hour <= now) this.#entered.delete(name);
  }
}

/** Where the rulebook demands a case, each case is a use of its own. */
function nameOf({ request, known, made }: AskedFile): string {
  return `${known.permit ?? ""} ${request.case ?? ""} ${made.lease.etag}`;
}

const CONTENTS_MAX = 200;

type Made = {
  readonly lease: Lease;
  readonly contents: Contents;
  readonly number: number | undefined;
};

/** A file that was asked for and made, of which so many bytes are to leave. */
type AskedFile = {
  readonly request: Request;
  readonly plan: FilePlan;
  readonly organisation: string | undefined;
  readonly known: { readonly permit?: string; readonly rows: number };
  readonly made: Made;
  readonly how: How;
  readonly bytes: number;
};

function mustBeFile({ plan }: Request): FilePlan {
  if (plan.form === "file") return plan;
  throw new Malformed(`Cannot give a file of form ${plan.form}: want file`);
}

async function countOf(
  engine: Desk["options"]["engine"],
  dataset: string,
  from: Parameters<Desk["options"]["engine"]["run"]>[1],
): Promise<number> {
  const counted = await engine.run(
    {
      form: "aggregate",
      dataset,
      measures: [{ measure: "count" }],
      by: [],
      where: [],
      limit: 1,
    },
    from,
  );
  return counted.kind === "rows" ? Number(counted.rows[0]?.[0] ?? 0) : 0;
}

async function enterFile(
  desk: Desk,
  { request, made, how }: AskedFile,
  admission: PermitAdmission,
  { now, held }: { readonly now: number; readonly held: Held },
): Promise<Entered> {
  const { lease, contents, number } = made;
  const { permit, price } = admission;
  const { use, opening, log, slot, named } = useOf(desk, request, admission, {
    given: { rows: contents.rows, bytes: lease.size, answer: lease.sha256 },
    subjects: contents.subjects,
    ...{ vintage: number, how, now },
  });
  desk.spend(permit.act.permit, use.units, held);
  const { receipt, leaf } = await desk.enterSealed(
    ...([log, slot, use, opening, named] as const),
  );
  return {
    ...{ receipt, leaf, charge: use.charge, price },
    permit: use.permit,
  };
}
