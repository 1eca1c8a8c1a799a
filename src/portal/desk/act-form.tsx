import type { FC } from "hono/jsx";
import { Form as SentForm } from "../account/form.tsx";
import { say } from "../lang/say.ts";
import { DeskPage } from "./desk-page.tsx";
import { Fields, type Form } from "./fields.tsx";
import { sayField } from "./field-said.ts";
import { KIND_WORDS } from "./kinds.ts";
import { isAdopted } from "./prefill.ts";
import { type Member, shapeOf } from "./shape.ts";
import { CHOSEN, textAt } from "./typed.ts";

/** Fields that may be left empty and are wanted all the same, where most people look for them first. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  permit: [
    "decides",
    "organisation",
    "product",
    "purpose",
    "fields",
    "where",
    "rowsMax",
    "quota",
    "to",
  ],
  permitRevoked: ["permit", "reason", "paper"],
  feeStandard: [
    "product",
    "payee",
    "classes",
    "amount",
    "currency",
    "unit",
    "ground",
    "from",
    "to",
  ],
  feeCeiling: [
    "product",
    "amount",
    "currency",
    "unit",
    "revenue",
    "volume",
    "hearing",
    "to",
  ],
  applicationRefused: [
    "application",
    "rule",
    "paper",
    "redress",
    "redressUntil",
  ],
  questionAnswered: ["question", "paper"],
  tenure: ["post", "person", "mode", "to"],
  authorisation: ["operator", "datasets", "exclusive", "procedureOf", "to"],
  dataset: ["title", "system", "fields", "subject"],
};

/** The form of one kind of act. */
export const ActForm: FC<{
  form: Form;
  /** The draft that is changed; a new one where there is none. */
  draft: string | undefined;
  /** What whoever fills it in should know of the case. */
  notices: readonly string[];
}> = ({ form, draft, notices }) => {
  const { kind, wrong } = form;
  const { first, more } = partsOf(kind);
  const title = say(KIND_WORDS[kind]);
  const isOpen = more.some(({ name }) => isTyped(form, name));
  return (
    <DeskPage
      title={title}
      lead={say(
        "What you state here is looked at by the rules before anybody signs it. Nothing is entered yet.",
      )}
    >
      {kind === "keyEnrolled" && (
        <p class="notice">
          {say(
            "A passkey is made at the page of whoever will hold it, and need not be typed here:",
          )}{" "}
          <a href="/desk/keys">{say("Your keys for signing")}</a>
        </p>
      )}
      {[...notices, ...notAdopted(form)].map((one) => (
        <p class="notice">{one}</p>
      ))}
      {wrong.length > 0 && <WhatIsWrong form={form} />}
      <SentForm action={`/desk/acts/new/${kind}`} files label={title}>
        {/* Whoever presses Enter goes on, and takes no row away. */}
        <button
          type="submit"
          name="do"
          value="keep"
          class="skip"
          tabindex={-1}
          aria-hidden="true"
        >
          {say("See how the rules would rule")}
        </button>
        {draft !== undefined && (
          <input type="hidden" name="draft" value={draft} />
        )}
        <Fields form={form} members={first} path="" />
        {more.length > 0 && (
          <details open={isOpen} class="more">
            <summary>{say("More that can be stated")}</summary>
            <Fields form={form} members={more} path="" />
          </details>
        )}
        <p>
          <button type="submit" name="do" value="keep" class="main">
            {say("See how the rules would rule")}
          </button>
        </p>
      </SentForm>
    </DeskPage>
  );
};

/** Nothing else than what was asked for is granted: whoever decides has to know that this cannot be. */
function notAdopted({ kind, register, typed }: Form): readonly string[] {
  if (kind !== "permit") return [];
  const id = textAt(typed, "decides");
  const purpose = register.applications.get(id)?.act.purpose;
  return purpose === undefined || isAdopted(register, purpose)
    ? []
    : [
        say(
          "The application is for “{purpose}”, which is not on the list of the rulebook. No permit can be granted for that, and one for another purpose is not what was asked for.",
          { purpose },
        ),
      ];
}

function isTyped({ typed, wrong }: Form, name: string): boolean {
  const isIn = (path: string): boolean =>
    path === name || path.startsWith(`${name}.`);
  return (
    [...typed].some(
      ([path, values]) => isIn(path) && values.some((one) => one !== ""),
    ) || wrong.some(({ path }) => isIn(path))
  );
}

/** What a form asks for first, and what can be stated beside it. */
function partsOf(kind: Form["kind"]): {
  readonly first: readonly Member[];
  readonly more: readonly Member[];
} {
  const { members } = shapeOf(kind);
  const shown = SHOWN[kind] ?? [];
  const named = shown.flatMap((name) =>
    members
      .filter((member) => member.name === name)
      // The rules want an end of almost everything: a form that says otherwise leads into a refusal.
      .map((member) => ({
        ...member,
        isOptional: member.isOptional && name !== "to",
      })),
  );
  const others = members.filter(({ name }) => !shown.includes(name));
  return {
    first: [...named, ...others.filter(({ isOptional }) => !isOptional)],
    more: others.filter(({ isOptional }) => isOptional),
  };
}

const WhatIsWrong: FC<{ form: Form }> = ({ form: { kind, wrong } }) => (
  <div class="notice" role="alert" tabindex={-1} autofocus>
    <h2>{say("Mend this first")}</h2>
    <ul class="plain">
      {wrong.map(({ path, says }) => (
        <li>
          {path === "" ? (
            say(says)
          ) : (
            <a href={`#${path}`}>
              {sayField(kind, path.replace(new RegExp(`\\.${CHOSEN}$`), ""))}:{" "}
              {say(says)}
            </a>
          )}
        </li>
      ))}
    </ul>
  </div>
);
