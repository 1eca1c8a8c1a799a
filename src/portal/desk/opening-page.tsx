import type { Child, FC } from "hono/jsx";
import { toBase64url } from "../../acts/bytes.ts";
import { encode } from "../../acts/canonical.ts";
import type { AuditedEntry } from "../../gateway/citizen/citizen-desk.ts";
import { named } from "../../gateway/citizen/subject-tokens.ts";
import type { ReadRegister } from "../../register/register.ts";
import type { Opened } from "../../uses/opening.ts";
import { Form } from "../account/form.tsx";
import {
  LongField,
  SelectField,
  TextField,
  type Wrong,
  WrongSummary,
} from "../applicant/fields.tsx";
import { sayInstant, sayNumber } from "../lang/figures.ts";
import { say, sayCount } from "../lang/say.ts";
import { titleOf } from "../lang/title-in.ts";
import { DeskPage } from "./desk-page.tsx";

export const WHY_CHARACTERS_MAX = 500;

export type OpeningTyped = {
  readonly leaf: string;
  readonly why: string;
  readonly post: string;
};

/** What an auditor opens an entry with. */
export const AskOpeningPage: FC<{
  register: ReadRegister;
  posts: readonly string[];
  typed: OpeningTyped;
  wrong: Wrong;
}> = ({ register, posts, typed, wrong }) => {
  const title = say("Open a sealed entry");
  return (
    <DeskPage
      title={title}
      lead={say(
        "What was asked and of whom lies sealed behind each use of personal data. An auditor may open one entry at a time. The look is itself entered before anything is shown: everybody whom the entry names finds it in their own list, with your post and your reason, once no seal hides such uses from them any more.",
      )}
    >
      <WrongSummary wrong={wrong} says={say("It was not opened:")} />
      <Form action="/desk/openings" label={title}>
        <TextField
          {...{ id: "leaf", wrong, value: typed.leaf }}
          label={say("Leaf hash of the entry")}
          hint={say(
            "As a usage log, a receipt or somebody's own list shows it.",
          )}
        />
        <LongField
          {...{ id: "why", wrong, value: typed.why }}
          label={say("Why it is opened")}
          hint={say(
            "Whoever the entry names reads this: name no other person in it. At most {n} characters.",
            { n: WHY_CHARACTERS_MAX },
          )}
        />
        <SelectField
          {...{ id: "post", wrong, value: typed.post }}
          label={say("In which post")}
          options={posts.map((value) => ({
            ...{ value, says: titleOf(register.posts.get(value), value) },
          }))}
        />
        <p>
          <button type="submit">{say("Open it and enter the look")}</button>
        </p>
      </Form>
    </DeskPage>
  );
};

/** What lay sealed, and what proves that it is what was committed to. */
export const OpenedPage: FC<{
  register: ReadRegister;
  leaf: string;
  entry: AuditedEntry;
}> = ({ register, leaf, entry: { opened, nonce, content, look } }) => (
  <DeskPage
    title={say("Entry {leaf}, opened", { leaf: leaf.slice(0, 12) })}
    lead={say(
      "This look was entered first, as entry {leaf}. It cannot be taken back. Loaded anew within a minute this page is the same look; after that the entry is opened by another one.",
      { leaf: look.leaf },
    )}
  >
    <dl class="facts">
      <Fact term={say("Entry (leaf hash)")}>
        <code>{leaf}</code>
      </Fact>
      <Fact term={say("When")}>
        {sayInstant(opened.part.at, register.offsetMinutes)}
      </Fact>
      <Who {...{ opened, register }} />
      <Fact term={say("Persons named")}>
        {sayCount(
          named(opened).length,
          "{n}, under a token that only this office can make",
          "{n}, under tokens that only this office can make",
          { n: sayNumber(named(opened).length) },
        )}
      </Fact>
    </dl>
    <h2>{say("Everything that lay sealed")}</h2>
    <pre tabindex={0}>{encode(opened.part)}</pre>
    <h2>{say("That it is what was committed to")}</h2>
    <p>
      {say(
        "SHA-256 over vitrine-private-v1, line feed, nonce and content is what the public entry holds under private.",
      )}
    </p>
    <dl class="facts">
      <Fact term={say("Nonce")}>
        <code>{toBase64url(nonce)}</code>
      </Fact>
      <Fact term={say("Content")}>
        <code>{toBase64url(content)}</code>
      </Fact>
    </dl>
    <p>
      <a href="/desk/openings">{say("Open another")}</a>
    </p>
  </DeskPage>
);

/** Who did what, in words, as far as the kind of entry says it. */
const Who: FC<{ opened: Opened; register: ReadRegister }> = ({
  opened,
  register,
}) => {
  switch (opened.kind) {
    case "use": {
      const { organisation, user, plan, case: number } = opened.part;
      return (
        <>
          <Fact term={say("Organisation")}>
            <a href={`/organisations/${organisation}`}>
              {titleOf(register.organisations.get(organisation), organisation)}
            </a>
            {user === undefined ? "" : ` (${user})`}
          </Fact>
          <Fact term={say("Dataset")}>
            <a href={`/datasets/${plan.dataset}`}>
              {titleOf(register.datasets.get(plan.dataset), plan.dataset)}
            </a>
          </Fact>
          {number !== undefined && <Fact term={say("Case")}>{number}</Fact>}
        </>
      );
    }
    case "settle":
      return (
        <Fact term={say("Rows that had left")}>
          {sayNumber(opened.part.rows)}
        </Fact>
      );
    case "look":
      return (
        <Fact term={say("What it was")}>
          {say("a look at somebody's list")}
        </Fact>
      );
    case "audit":
      return (
        <Fact term={say("What it was")}>
          {say("an auditor's look at another entry, by post {post}", {
            post: titleOf(
              register.posts.get(opened.part.asker),
              opened.part.asker,
            ),
          })}
        </Fact>
      );
  }
};

const Fact: FC<{ term: string; children?: Child }> = ({ term, children }) => (
  <>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </>
);
