import { execFile } from "node:child_process";
import { promises as fs } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ActOf } from "../../acts/act.ts";
import { startPostgres } from "../../store/postgres-server.ts";
import { describeAct } from "../../portal/words.ts";
import { inForce, type ReadRegister } from "../../register/register.ts";
import { CouldNot, EXIT } from "../exit.ts";
import { isThere } from "../is-there.ts";
import { sign, type SignerKey, submissionText } from "../signing.ts";
import type { Betrayal } from "./betrayal.ts";
import { type History, readHistory, registerAt } from "./history.ts";
import { followed } from "./serving.ts";
import { draftAt } from "./signing.ts";
import type { Stage } from "./stage.ts";
import { builtProgram } from "./stranger.ts";

/** Which rule is loosened, and how: in fees.ts a public body may from then on charge what it likes. */
const RULE = "src/rules/fees.ts";
const BEFORE = /const payeeKind = [^;]*;/;
const LOOSER = ' if (payeeKind === "body") return { findings: [] };';

export const loosen: Betrayal = {
  name: "loosen",
  title: "loosen a rule in the code",
  does: "builds the office's program with one rule loosened, and lets it rule on an unlawful fee that officials signed",
  who: "whoever builds or installs the office's program; the officials need not know, their signatures are true",
  finds:
    "the stranger brings a program and a copy of the rules of another origin, and decides the act again",
  needs: "a verifying program that did not come from the office",
  run: async (stage) => {
    const { history } = stage;
    const register = registerAt(history, history.lines.length);
    const act = unlawfulFee(history);
    const shown = await stage.showBuilt(stage.built);
    await stage.copyKeysTo(shown.folder);
    const signers = await signersOf(stage, register);
    const end = history.lines.length;
    const statement = draftAt(stage, end, register.at, act, signers);
    const submission = join(stage.dir, "unlawful-fee.json");
    await fs.writeFile(submission, submissionText(sign(statement, signers)));
    const program = await buildLoosened(stage.dir);
    await enter(stage.dir, program, [shown.folder, submission], register.at);
    const after = await readHistory(shown.folder);
    return [
      {
        done: `one line of ${RULE} was changed, the program built and run: it granted ${describeAct(act)} to a public body, as entry ${end}`,
        checks: [
          await stage.ask(await stage.show(followed(after.history)), {
            having: "with a program that did not come from the office",
            expected: ["ruling"],
          }),
        ],
      },
    ];
  },
};

/** The fee for a public body that this office refused. */
function unlawfulFee({ lines }: History): ActOf<"feeStandard"> {
  for (const line of lines.toReversed()) {
    if (line.kind !== "entry" || line.entry.type !== "act") continue;
    const { act } = line.entry.statement;
    if (act.kind === "feeStandard" && "body" in act.payee)
      return { ...act, fee: `${act.fee}.again` };
  }
  throw new CouldNot("Cannot cheat: no fee for a public body was refused here");
}

async function signersOf(
  stage: Stage,
  register: ReadRegister,
): Promise<readonly SignerKey[]> {
  const signer = async (power: string, role: SignerKey["role"]) => {
    for (const [post, tenures] of register.tenures) {
      const powers = register.posts.get(post)?.act.powers ?? [];
      const holder = tenures.find((one) => inForce(one, register.at));
      if (holder === undefined || !powers.some((one) => one === power))
        continue;
      const { person } = holder.act;
      return { person, post, role, key: await stage.personKey(person) };
    }
    throw new CouldNot(`Cannot cheat: nobody here has the power ${power}`);
  };
  return [
    await signer("prepareFees", "prepared"),
    await signer("approveFees", "approved"),
  ];
}

/** Copies the sources, changes one line and builds the program from them. */
async function buildLoosened(dir: string): Promise<string> {
  const root = clone();
  const esbuild = join(root, "node_modules", ".bin", "esbuild");
  if (!(await isThere(esbuild)))
    throw new CouldNot(
      "Cannot build a loosened office: esbuild is not installed; run `npm install`",
    );
  const copy = join(dir, "loosened");
  await fs.cp(join(root, "src"), join(copy, "src"), { recursive: true });
  const rule = join(copy, RULE);
  const text = await fs.readFile(rule, "utf8");
  const looser = text.replace(BEFORE, (line) => `${line}${LOOSER}`);
  if (looser === text)
    throw new CouldNot(`Cannot loosen ${RULE}: no line has ${BEFORE.source}`);
  await fs.writeFile(rule, looser);
  const program = join(copy, "office.mjs");
  const entry = join(copy, "src", "cli", "cheat", "loosened-office.ts");
  const format = ["--bundle", "--platform=node", "--format=esm"];
  // Packages lie in the clone, not beside the copy.
  const env = { ...process.env, NODE_PATH: join(root, "node_modules") };
  await run(esbuild, [entry, ...format, `--outfile=${program}`], env);
  await fs.cp(
    join(copy, "src", "store", "migrations"),
    join(copy, "migrations"),
    { recursive: true },
  );
  return program;
}

/** The clone whose sources and packages can be built: this source lies in it, or the dist/ beside it. */
function clone(): string {
  const dist = builtProgram("vitrine.mjs");
  const root =
    dist === undefined
      ? fileURLToPath(new URL("../../../", import.meta.url))
      : join(dist, "..", "..");
  return root;
}

/** Runs the loosened office over an empty database of its own: the office's own is never touched. */
async function enter(
  dir: string,
  program: string,
  [folder = "", submission = ""]: readonly string[],
  at: number,
): Promise<void> {
  const server = await startPostgres({
    folder: dir,
    log: () => undefined,
  });
  try {
    const rest = [program, folder, server.url, submission, String(at)];
    const outcome = await run(process.execPath, rest, process.env);
    if (outcome.trim() !== "granted")
      throw new CouldNot(`Cannot loosen ${RULE}: the office still refuses`);
  } finally {
    await server.stop();
  }
}

function run(
  program: string,
  rest: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, [...rest], { env }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else if (error.code === EXIT.refused) resolve(stdout);
      else reject(new CouldNot(`Cannot run ${program}: ${stderr.trim()}`));
    });
  });
}
