import type { Command } from "commander";
import { showInstant } from "../acts/dates.ts";
import {
  newToken,
  TOKEN_DAYS_DEFAULT,
  TOKEN_DAYS_MAX,
} from "../accounts/new-token.ts";
import { slug } from "../acts/shapes.ts";
import type { ReadRegister } from "../register/register.ts";
import type { Sql } from "../store/database.ts";
import {
  keepToken,
  listTokens,
  revokeToken,
  revokeTokens,
  rotateToken,
} from "../store/tokens.ts";
import { CouldNot, EXIT, runCommand } from "./exit.ts";
import { withOrganisation } from "./with-organisation.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const OVERLAP_HOURS_MAX = 720;

type Options = {
  readonly permit?: string;
  readonly system?: string;
  readonly days?: string;
  readonly rotate?: string;
  readonly overlap?: string;
  readonly revoke?: string | true;
  readonly list?: true;
};

export function addToken(program: Command): void {
  program
    .command("token")
    .description(
      "make a token with which an organisation asks; the office keeps its hash alone",
    )
    .argument("<folder>", "the office's folder on this machine")
    .argument("<organisation>", "an organisation that an act registered")
    .option("--permit <permit>", "the one permit that it is for")
    .option("--system <id>", "which of the organisation's systems will ask")
    .option("--days <number>", `how long it lasts (${TOKEN_DAYS_DEFAULT})`)
    .option("--rotate <id>", "make a new one in the place of this one")
    .option("--overlap <hours>", "how long the old one goes on (24)")
    .option(
      "--revoke [id]",
      "make none, and end this one, or all that the organisation has",
    )
    .option("--list", "make none, and list those there are: ids, never tokens")
    .addHelpText(
      "after",
      "\nRevoked tokens are believed for two seconds more.\nExamples:\n  vitrine token my-office sanhe-textiles --system orders --days 90\n  vitrine token my-office sanhe-textiles --rotate k3Jx9_0a",
    )
    .action((folder: string, organisation: string, options: Options) =>
      runCommand(() => token(folder, organisation, options)),
    );
}

async function token(
  folder: string,
  organisation: string,
  options: Options,
): Promise<number> {
  mustFit(options);
  const days = whole(
    "--days",
    options.days,
    TOKEN_DAYS_DEFAULT,
    TOKEN_DAYS_MAX,
  );
  const overlap = whole("--overlap", options.overlap, 24, OVERLAP_HOURS_MAX);
  return withOrganisation(
    folder,
    organisation,
    "make a token",
    async (sql, register) => {
      if (options.list === true) return list(sql, register, organisation);
      if (options.revoke !== undefined)
        return revoke(sql, organisation, options.revoke);
      const made = newToken();
      const at = Date.now();
      const until = at + days * DAY;
      if (options.rotate !== undefined)
        await rotate(sql, organisation, options.rotate, {
          ...made,
          ...{ at, until, overlapUntil: at + overlap * HOUR },
        });
      else {
        const { permit, system } = options;
        if (permit !== undefined) mustHold(register, organisation, permit, at);
        await keepToken(sql, {
          ...{ digest: made.digest, organisation, permit, system },
          ...{ created: at, until },
        });
      }
      // Alone: another program takes it from there. Its id is in the list.
      console.log(`token     ${made.token}`);
      return EXIT.done;
    },
  );
}

/** What was given must be of one thing to do. */
function mustFit(options: Options): void {
  const { permit, system, days, overlap } = options;
  const asked = (["rotate", "revoke", "list"] as const).filter(
    (name) => options[name] !== undefined,
  );
  if (asked.length > 1)
    throw new CouldNot(
      `Cannot do --${asked.join(" and --")} at once: want one of them`,
    );
  const [first] = asked;
  if (overlap !== undefined && first !== "rotate")
    throw new CouldNot("Cannot take --overlap: want --rotate beside it");
  if (first !== undefined && (permit !== undefined || system !== undefined))
    throw new CouldNot(
      `Cannot take --permit or --system with --${first}: a token keeps those it was made with`,
    );
  if (days !== undefined && (first === "revoke" || first === "list"))
    throw new CouldNot(`Cannot take --days with --${first}: it makes no token`);
  if (system !== undefined && !slug.safeParse(system).success)
    throw new CouldNot(
      `Cannot make a token for system ${system}: want an id of a-z, 0-9, dots and hyphens`,
    );
}

function whole(
  name: string,
  text: string | undefined,
  unless: number,
  max: number,
): number {
  if (text === undefined) return unless;
  const number = /^(?:0|[1-9][0-9]{0,5})$/.test(text) ? Number(text) : max + 1;
  const min = name === "--days" ? 1 : 0;
  if (number < min || number > max)
    throw new CouldNot(
      `Cannot take ${name} ${text}: want a whole number from ${min} to ${max}`,
    );
  return number;
}

function mustHold(
  register: ReadRegister,
  organisation: string,
  permit: string,
  at: number,
): void {
  const standing = register.permits.get(permit);
  const fault =
    standing === undefined
      ? "no act granted a permit of that id"
      : standing.act.organisation !== organisation
        ? `it is of ${standing.act.organisation}`
        : standing.ended !== undefined || standing.to <= at
          ? "it has ended"
          : undefined;
  if (fault !== undefined)
    throw new CouldNot(
      `Cannot make a token of ${organisation} for permit ${permit}: ${fault}`,
    );
}

async function rotate(
  sql: Sql,
  organisation: string,
  id: string,
  next: {
    readonly digest: Uint8Array;
    readonly at: number;
    readonly until: number;
    readonly overlapUntil: number;
  },
): Promise<void> {
  const { at, overlapUntil } = next;
  if (!(await rotateToken(sql, organisation, id, next, at, overlapUntil)))
    throw new CouldNot(
      `Cannot rotate token ${id}: ${organisation} has none of that id in force, see --list`,
    );
}

async function revoke(
  sql: Sql,
  organisation: string,
  id: string | true,
): Promise<number> {
  if (id === true) {
    const count = await revokeTokens(sql, organisation);
    console.log(`revoked   ${count} tokens of ${organisation}`);
  } else if (await revokeToken(sql, organisation, id))
    console.log(`revoked   token ${id} of ${organisation}`);
  else
    throw new CouldNot(
      `Cannot revoke token ${id}: ${organisation} has none of that id that is not revoked, see --list`,
    );
  return EXIT.done;
}

async function list(
  sql: Sql,
  { offsetMinutes }: ReadRegister,
  organisation: string,
): Promise<number> {
  const now = Date.now();
  for (const one of await listTokens(sql, organisation)) {
    const state = one.revoked
      ? "revoked"
      : `${one.until <= now ? "ended" : "until"} ${showInstant(one.until, offsetMinutes)}`;
    const bound = [
      one.permit === null ? [] : [`permit ${one.permit}`],
      one.system === null ? [] : [`system ${one.system}`],
    ].flat();
    console.log(
      `${one.id}  made ${showInstant(one.created, offsetMinutes)}, ${[state, ...bound].join(", ")}`,
    );
  }
  return EXIT.done;
}
