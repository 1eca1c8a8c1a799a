import type { Child, FC } from "hono/jsx";
import {
  actOf,
  type Draft,
  isToSign,
  type OpenDraft,
  type SigningDraft,
} from "../../accounts/drafts.ts";
import type { UnfitPasskey } from "../../accounts/signing-passkeys.ts";
import { showInstant } from "../../acts/dates.ts";
import type { Primitives } from "../../acts/primitives.ts";
import type { EnrolledKey, ReadRegister } from "../../register/register.ts";
import { postsWith } from "../../rules/posts.ts";
import { isGranting } from "../../rules/signing.ts";
import { Form } from "../account/form.tsx";
import { PASSKEY_SCRIPT_PATH, PasskeyForm } from "../account/passkey-form.tsx";
import { formText, placeText } from "../keys-page.tsx";
import { sayList, sayNumber } from "../lang/figures.ts";
import { type Message, say, sayCount, sayWith } from "../lang/say.ts";
import { titleOf } from "../lang/title-in.ts";
import { Table } from "../table.tsx";
import { When } from "../when.tsx";
import type { Official } from "./desk.ts";
import { DeskPage } from "./desk-page.tsx";
import { keysOfPerson, newKeyOf, useOf } from "./signing-keys.ts";

export const UNFIT = {
  expired:
    "It took longer than ten minutes, or cookies are not allowed here. Begin again.",
  used: "This answer was used before. Begin again.",
  isSignInKey:
    "This passkey signs you in. Signing in and signing acts take different ones, so that nobody who has you sign in has a signature of yours.",
  isEnrolled: "This key is enrolled already, for you or for somebody else.",
  notHeld:
    "What the passkey answered does not hold: it was made for another place, without PIN, fingerprint or face, or at a page that you have opened again since. Begin again.",
} as const satisfies Record<UnfitPasskey | "isEnrolled", Message>;

export type Unfit = keyof typeof UNFIT;

type Props = {
  readonly who: Official;
  readonly register: ReadRegister;
  readonly primitives: Primitives;
  readonly now: number;
  /** Where this page stands. */
  readonly origin: URL;
  /** Enrolments of their keys that not everybody has signed. */
  readonly drafts: readonly Enrolling[];
  readonly making: Making;
  readonly wrong?: Unfit;
  /** The public key of a key file as it was typed, where it cannot be read. */
  readonly typed?: string;
};

/** What the browser is asked to make, or why it is not asked here. */
export type Making =
  | { readonly options: object; readonly host: string }
  | { readonly byName: string }
  | "no address";

export type Enrolling = OpenDraft | SigningDraft;

/** Drafts that enrol a key for a person. */
export function enrollingFor(
  drafts: readonly Draft[],
  person: number,
): readonly Enrolling[] {
  return drafts.flatMap((draft) => {
    const act = actOf(draft);
    return draft.stage !== "entered" &&
      act.kind === "keyEnrolled" &&
      act.person === person
      ? [draft]
      : [];
  });
}

/** With which keys somebody signs, and how they get the next one. */
export const OwnKeysPage: FC<Props> = (props) => {
  const { wrong, making } = props;
  return (
    <DeskPage
      title={say("Your keys for signing")}
      lead={say(
        "With these keys you sign acts, and with nothing else. What you sign in with is another passkey, which signs no act.",
      )}
      {...(typeof making === "object" && "options" in making
        ? { script: PASSKEY_SCRIPT_PATH }
        : {})}
    >
      {wrong !== undefined && (
        <p class="notice refused" role="alert">
          {say(UNFIT[wrong])}
        </p>
      )}
      <Enrolled {...props} />
      {props.drafts.length > 0 && <OnTheirWay {...props} />}
      <section aria-labelledby="make">
        <h2 id="make">{say("Make a passkey for signing")}</h2>
        <Make {...props} />
        <h3>{say("What comes then")}</h3>
        <Steps {...props} />
      </section>
      <KeyFile {...props} />
      <Lost {...props} />
    </DeskPage>
  );
};

const Enrolled: FC<Props> = ({ register, who, origin, now }) => (
  <Table
    label={say("Your keys for signing")}
    caption={say(
      "Keys of everybody who holds a post stand in public, by number and post.",
    )}
    head={[
      [say("Key"), false],
      [say("Lies in"), false],
      [say("Enrolled"), false],
      [say("At this page"), false],
    ]}
    none={say("No key is enrolled for you: you cannot sign yet.")}
    rows={keysOfPerson(register, who.person).map(([id, key]) => [
      <code>{id}</code>,
      formText(key.key.form === "ed25519" ? {} : { passkey: key.key }),
      placeText(placeOf(key, register)),
      useText(key, { register, origin, now }),
    ])}
  />
);

function placeOf(
  { entry, at }: Pick<EnrolledKey, "entry" | "at">,
  { offsetMinutes }: ReadRegister,
): { readonly entry: number; readonly at: string } {
  return { entry, at: showInstant(at, offsetMinutes) };
}

function useText(
  enrolled: EnrolledKey,
  { register, origin, now }: Pick<Props, "register" | "origin" | "now">,
): Child {
  const { key, revoked, activeFrom } = enrolled;
  switch (useOf(enrolled, origin, now)) {
    case "here":
      return say("signs here");
    case "elsewhere":
      return say("does not sign here: it was enrolled for {pages}", {
        pages: sayList(key.form === "webauthn" ? key.origins : []),
      });
    case "file":
      return say("signs at the command line");
    case "later":
      return sayWith("signs from {at} on", {
        at: <When at={showInstant(activeFrom, register.offsetMinutes)} />,
      });
    case "revoked":
      return sayWith("revoked by {place}", {
        place:
          revoked === undefined ? "" : placeText(placeOf(revoked, register)),
      });
  }
}

const OnTheirWay: FC<Props> = ({ drafts, primitives, who }) => (
  <section>
    <h2>{say("On their way")}</h2>
    <Table
      label={say("On their way")}
      caption={say("No draft is an act before everybody has signed it.")}
      head={[
        [say("Key"), false],
        [say("State"), false],
      ]}
      none=""
      rows={drafts.map((draft) => [
        <a href={`/desk/drafts/${draft.id}`}>
          <code>{newKeyOf(primitives, actOf(draft))?.id ?? ""}</code>
        </a>,
        isToSign(draft, who.person)
          ? say("waits for your signature with the new key")
          : say("waits for whoever enrols it"),
      ])}
    />
  </section>
);

const Make: FC<Props> = ({ making }) => {
  if (making === "no address")
    return (
      <p class="notice">
        {say(
          "This office does not say at which address it is reached, and a passkey belongs to one. A key in a file signs without.",
        )}
      </p>
    );
  if ("byName" in making)
    return (
      <p class="notice">
        {sayWith(
          "A passkey belongs to the name of a host, and you came by a number. Open {page}.",
          { page: <a href={making.byName}>{making.byName}</a> },
        )}
      </p>
    );
  return (
    <>
      <p>
        {say(
          "Your browser makes it for {host} alone. It asks for a PIN, a fingerprint or your face now, and at every signature. A security key that you carry, a phone or this computer can hold it.",
          { host: making.host },
        )}
      </p>
      <PasskeyForm
        action="/desk/keys"
        kind="create"
        options={making.options}
        label={say("Make a passkey for signing")}
        button={say("Make a passkey for signing")}
      />
    </>
  );
};

const Steps: FC<Props> = ({ register, who }) => {
  const wanted = who.posts.some((post) => isGranting(register, post)) ? 2 : 1;
  const hours = register.rulebook?.act.limits.keyDelayHours ?? 24;
  return (
    <ol>
      <li>
        {say(
          "The draft of the act that enrols the key opens, with everything filled in. You sign it with the new key, which proves that you have it.",
        )}
      </li>
      <li>
        {sayCount(
          wanted,
          "{n} other person signs it, who enrols keys: {posts}. Nobody enrols their own.",
          "{n} other persons sign it, who enrol keys: {posts}. Nobody enrols their own.",
          { n: wanted, posts: enrollers(register, who) },
        )}
      </li>
      <li>
        {sayCount(
          hours,
          "It signs acts from {n} hour after its entry on. Until then everybody can object who sees it there.",
          "It signs acts from {n} hours after its entry on. Until then everybody can object who sees it there.",
          { n: sayNumber(hours) },
        )}
      </li>
    </ol>
  );
};

const KeyFile: FC<Props> = ({ who, typed, wrong }) => {
  const isWrong = typed !== undefined;
  const [post = "POST"] = who.posts;
  return (
    <details open={isWrong || wrong === "isEnrolled"}>
      <summary>{say("A key in a file, without a passkey or a script")}</summary>
      <p>
        {say(
          "Make it on a machine of your own, and keep the file there. It prints the public key:",
        )}
      </p>
      <pre
        tabindex={0}
      >{`vitrine keygen my.key --person ${who.person} --post ${post}`}</pre>
      <Form
        action="/desk/keys/file"
        label={say("A key in a file, without a passkey or a script")}
      >
        <label for="publicKey">{say("Public key, as it was printed")}</label>
        {isWrong && (
          <p class="refused" id="publicKey-wrong">
            {say(
              "Give the 43 characters that stand behind “public”: letters, digits, hyphens and underscores.",
            )}
          </p>
        )}
        <input
          id="publicKey"
          name="publicKey"
          value={typed ?? ""}
          spellcheck={false}
          autocomplete="off"
          required
          {...(isWrong
            ? { "aria-invalid": "true", "aria-describedby": "publicKey-wrong" }
            : {})}
        />
        <p>
          <button type="submit">{say("Prepare the act that enrols it")}</button>
        </p>
      </Form>
      <p>
        {say(
          "The draft says how a key in a file signs it: at the command line, with vitrine sign.",
        )}
      </p>
    </details>
  );
};

const Lost: FC<Props> = ({ register, who }) => (
  <section>
    <h2>{say("If you lose one")}</h2>
    <p>
      {say(
        "Tell {posts} at once: they revoke it by an act, and from its entry on it signs nothing. Nobody can bring a passkey back, so have two.",
        { posts: enrollers(register, who) },
      )}
    </p>
  </section>
);

/** Posts that enrol keys, other than their own. */
function enrollers(register: ReadRegister, who: Official): string {
  const posts = postsWith(register, "enrol").filter(
    (post) => !who.posts.includes(post),
  );
  return posts.length === 0
    ? say("nobody")
    : sayList(posts.map((post) => titleOf(register.posts.get(post), post)));
}
