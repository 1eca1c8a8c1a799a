import type { Command } from "commander";
import { isMailAddress } from "../../accounts/mail-address.ts";
import {
  type MailContact,
  Mails,
  type WaitingLetter,
} from "../../accounts/mails.ts";
import { realSurroundings } from "../../store/surroundings.ts";
import { inOffice, type OfficeHere } from "../citizen/office-here.ts";
import { CouldNot, EXIT, runCommand } from "../exit.ts";
import { langOf, langOption } from "../lang.ts";

const SHOWN = 50;

export function addMail(program: Command): void {
  const mail = program
    .command("mail")
    .description(
      "letters of an office: who hears of what was entered in their name, and what could not be sent",
    );
  mail
    .command("contact")
    .description(
      "say where a signer hears of every act that is entered in their name",
    )
    .argument("<folder>", "the office's folder")
    .requiredOption("--person <n>", "the number of the person in the register")
    .option("--address <address>", "their e-mail address")
    .option("--remove", "forget the address")
    .addOption(langOption())
    .addHelpText(
      "after",
      "\nExample:\n  vitrine mail contact my-office --person 4 --address registrar@data.example --lang zh",
    )
    .action((folder: string, options: ContactOptions) =>
      runCommand(() => contact(folder, options)),
    );
  mail
    .command("waiting")
    .description("list letters that are not sent yet, and why")
    .argument("<folder>", "the office's folder")
    .action((folder: string) => runCommand(() => waiting(folder)));
}

type ContactOptions = {
  readonly person: string;
  readonly address?: string;
  readonly remove?: boolean;
  readonly lang?: string;
};

async function contact(
  folder: string,
  options: ContactOptions,
): Promise<number> {
  const { person, address, remove } = options;
  if (!/^[0-9]{1,15}$/.test(person))
    throw new CouldNot(
      `Cannot use --person ${person}: want the number of a person`,
    );
  if ((address === undefined) === (remove !== true))
    throw new CouldNot(
      "Cannot change a contact: want --address or --remove, one of them",
    );
  if (address !== undefined && !isMailAddress(address))
    throw new CouldNot(
      `Cannot use --address ${address}: want one e-mail address`,
    );
  await withMails(folder, async (mails, { register }) => {
    if (!register.persons.has(Number(person)))
      throw new CouldNot(
        `Cannot use --person ${person}: the register knows no such person`,
      );
    if (address === undefined) {
      const was = await mails.dropContact(Number(person));
      console.log(
        was
          ? `removed   contact of person ${person}`
          : `nothing   person ${person} has no contact`,
      );
      return;
    }
    const of: MailContact = { address, lang: langOf(options) };
    await mails.setContact(Number(person), of);
    console.log(
      `contact   person ${person}, in ${of.lang === "zh" ? "Chinese" : "English"}`,
    );
  });
  return EXIT.done;
}

async function waiting(folder: string): Promise<number> {
  await withMails(folder, async (mails) => {
    const found = await mails.waiting(SHOWN);
    if (found.length === 0) console.log("waiting   nothing");
    for (const one of found) console.log(lineOf(one));
  });
  return EXIT.done;
}

/** Who follows what is nobody's to read, also not the operator's. */
function lineOf({ to, subject, failed, isFollower }: WaitingLetter): string {
  return `waiting   ${isFollower ? "a follower" : to}   ${subject}${failed === undefined ? "" : `   (${failed})`}`;
}

function withMails(
  folder: string,
  work: (mails: Mails, here: OfficeHere) => Promise<void>,
): Promise<void> {
  return inOffice(folder, "look after letters", (here) => {
    const { sql, key, register } = here;
    const { now } = realSurroundings;
    return work(new Mails({ sql, key, office: register.origin, now }), here);
  });
}
