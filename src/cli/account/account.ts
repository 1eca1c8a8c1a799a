import type { Command } from "commander";
import { Accounts, type Holder } from "../../accounts/accounts.ts";
import { postsOf } from "../../portal/account/around-request.ts";
import type { ReadRegister } from "../../register/register.ts";
import { inOffice } from "../citizen/office-here.ts";
import { CouldNot, EXIT, runCommand } from "../exit.ts";

type Options = {
  readonly person?: string;
  readonly organisation?: string;
  readonly name?: string;
};

const NAME_MAX = 100;

export function addAccount(program: Command): void {
  const account = program
    .command("account")
    .description("accounts of officials and of organisations' people");
  account
    .command("invite")
    .description(
      "make a code with which somebody makes their first passkey for signing in, or a new one for a lost one",
    )
    .argument("<folder>", "the office's folder on this machine")
    .option("--person <n>", "an official, by the number in the register")
    .option("--organisation <id>", "somebody of an organisation")
    .option("--name <name>", "what they are called at the pages; not public")
    .addHelpText(
      "after",
      "\nThe code is used once, within a day, at /account/invitation. Give it to nobody but the person: whoever has it is let in as them.\nExample:\n  vitrine account invite my-office --person 3",
    )
    .action((folder: string, options: Options) =>
      runCommand(() => invite(folder, options)),
    );
}

async function invite(folder: string, options: Options): Promise<number> {
  const { person, organisation } = options;
  if ((person === undefined) === (organisation === undefined))
    throw new CouldNot(
      "Cannot invite: want either --person N or --organisation ID",
    );
  const code = await inOffice(
    folder,
    "invite somebody",
    ({ sql, key, register }) => {
      const holder = holderOf(register, options);
      const name = options.name ?? called(register, holder);
      if (name.length > NAME_MAX || name.trim() === "")
        throw new CouldNot(
          `Cannot use --name: want 1 to ${NAME_MAX} characters`,
        );
      return new Accounts(sql, key, Date.now).invite({ holder, name });
    },
  );
  console.log(code);
  return EXIT.done;
}

function holderOf(
  { persons, organisations }: ReadRegister,
  { person, organisation = "" }: Options,
): Holder {
  if (person === undefined) {
    if (organisations.has(organisation))
      return { kind: "organisation", organisation };
    throw new CouldNot(
      `Cannot invite somebody of ${organisation}: want an organisation that is registered`,
    );
  }
  const number = /^[0-9]{1,9}$/.test(person) ? Number(person) : 0;
  if (persons.has(number)) return { kind: "official", person: number };
  throw new CouldNot(
    `Cannot invite person ${person}: want the number of a person in the register`,
  );
}

function called(register: ReadRegister, holder: Holder): string {
  if (holder.kind === "organisation")
    return (
      register.organisations.get(holder.organisation)?.act.title ??
      holder.organisation
    );
  const posts = postsOf(register, holder.person, Date.now());
  return [
    `person ${holder.person}`,
    ...posts.map((post) => register.posts.get(post)?.act.title ?? post),
  ].join(", ");
}
