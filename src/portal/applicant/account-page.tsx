import type { FC } from "hono/jsx";
import type { OwnKey, OwnToken } from "../../accounts/access.ts";
import type { ApplicationDraft, Sent } from "../../accounts/applications.ts";
import type { Organisation, ReadRegister } from "../../register/register.ts";
import { PAYER_CLASSES } from "../payer-class-words.ts";
import { Moment } from "../citizen/moment.tsx";
import { Frame } from "../frame.tsx";
import { say, sayCount } from "../lang/say.ts";
import { purposeTitle, titleIn } from "../lang/title-in.ts";
import { Table } from "../table.tsx";
import { type ApplicationState, hasSent } from "./application-view.ts";
import { STAGES } from "./application-page.tsx";
import { productTitle } from "./foresee.ts";
import {
  Charges,
  PERMIT_STATES,
  sayCharged,
  sayEnd,
  sayLeft,
} from "./permit-rows.tsx";
import type { PermitView } from "./permit-view.ts";

export type AccountProps = {
  readonly register: ReadRegister;
  /** As the register knows it; undefined where it does not. */
  readonly known: Organisation | undefined;
  readonly id: string;
  readonly now: number;
  readonly permits: readonly PermitView[];
  readonly applications: readonly ApplicationState[];
  readonly drafts: readonly ApplicationDraft[];
  readonly tokens: readonly OwnToken[];
  readonly keys: readonly OwnKey[];
  /** How it asked to be registered, if it did. */
  readonly registering: Sent | undefined;
  /** Whether passkeys for signing in can be looked after here. */
  readonly hasPasskeys: boolean;
};

/** What an organisation has here, and what it can do next. */
export const AccountPage: FC<AccountProps> = (props) => {
  const { known, id } = props;
  const title = say("Your account");
  return (
    <Frame
      title={title}
      unindexed
      lead={
        <>
          <h1>{known === undefined ? id : titleIn(known)}</h1>
          <p>
            {known === undefined
              ? say("The register does not know your organisation yet.")
              : say("Known to the register as {id}, class: {class}.", {
                  id,
                  class: say(PAYER_CLASSES[known.class]),
                })}
          </p>
        </>
      }
    >
      <Next {...props} />
      {known !== undefined && (
        <>
          <Permits {...props} />
          <Applications {...props} />
          <Access {...props} />
          <Bills {...props} />
          <More {...props} />
        </>
      )}
    </Frame>
  );
};

/** What waits for the organisation, the most urgent first; never nothing. */
const Next: FC<AccountProps> = (props) => (
  <section>
    <h2>{say("What to do next")}</h2>
    <ul class="next">
      {nextSteps(props).map(({ href, says }) => (
        <li>{href === undefined ? says : <a href={href}>{says}</a>}</li>
      ))}
    </ul>
  </section>
);

const SOON_MS = 60 * 86_400_000;

function nextSteps({
  register,
  known,
  permits,
  applications,
  drafts,
  tokens,
  registering,
  now,
}: AccountProps): readonly { readonly href?: string; readonly says: string }[] {
  if (known === undefined)
    return registering?.state === "waiting"
      ? [
          {
            says: say(
              "You asked to be registered; the registrar has to enter you. Then you can apply.",
            ),
          },
        ]
      : [
          {
            href: "/account/registration",
            says: say("Register your organisation: then you can apply"),
          },
        ];
  const live = permits.filter(({ state }) => state === "inForce");
  const open = tokens.filter((one) => !one.revoked && now < one.until);
  const steps = [
    ...applications
      .filter(
        (one) =>
          one.stage === "waiting" && hasSent(one, "completion") === undefined,
      )
      .map((one) => ({
        href: `/account/applications/${one.id}/completion`,
        says: say("Bring what is missing for {product}", {
          product: productTitle(register, one.product),
        }),
      })),
    ...drafts.map((one) => ({
      href: `/account/applications/${one.id}/purpose`,
      says: say("Go on with your application for {product}", {
        product: productTitle(register, one.typed.product),
      }),
    })),
    ...live
      .filter(
        ({ standing }) =>
          !open.some(
            ({ permit }) => permit === null || permit === standing.act.permit,
          ),
      )
      .map(({ standing }) => ({
        href: `/account/permits/${standing.act.permit}`,
        says: say("Make a token for {permit}, and ask for the first row", {
          permit: standing.act.permit,
        }),
      })),
    ...live
      .filter(
        ({ standing }) =>
          standing.to - now < SOON_MS && standing.renewal === undefined,
      )
      .map(({ standing }) => ({
        href: `/account/permits/${standing.act.permit}`,
        says: say("{permit} ends soon: ask for another term", {
          permit: standing.act.permit,
        }),
      })),
  ];
  return [
    ...steps,
    {
      href: "/account/applications/new",
      says:
        steps.length + permits.length + applications.length === 0
          ? say("You have no permit yet: apply for a product")
          : say("Apply for a permit"),
    },
  ];
}

const Permits: FC<AccountProps> = ({ register, permits }) => (
  <section>
    <h2>{say("Your permits")}</h2>
    <Table
      label={say("Your permits")}
      caption={say("What is left and what was charged, at this moment.")}
      none={say("Your organisation has no permit yet.")}
      head={[
        [say("Permit"), false],
        [say("Product"), false],
        [say("Purpose"), false],
        [say("State"), false],
        [say("Ends"), false],
        [say("Left at this moment"), false],
        [say("Charged so far"), false],
      ]}
      rows={permits.map((view) => {
        const { act } = view.standing;
        return [
          <a href={`/account/permits/${act.permit}`}>{act.permit}</a>,
          productTitle(register, act.product),
          purposeTitle(register, act.purpose),
          say(PERMIT_STATES[view.state]),
          sayEnd(view, register.offsetMinutes),
          sayLeft(view),
          sayCharged(view.charges),
        ];
      })}
    />
  </section>
);

const Applications: FC<AccountProps> = ({ register, applications, drafts }) => (
  <section>
    <h2>{say("Your applications")}</h2>
    <Table
      label={say("Your applications")}
      caption={say("Drafts are seen by your organisation alone.")}
      none={say("Your organisation has applied for nothing yet.")}
      head={[
        [say("Application"), false],
        [say("Product"), false],
        [say("How it stands"), false],
        [say("To be decided by"), false],
      ]}
      rows={[
        ...drafts.map((one) => [
          <a href={`/account/applications/${one.id}`}>{one.id}</a>,
          productTitle(register, one.typed.product),
          say("a draft"),
          "",
        ]),
        ...applications.map((one) => [
          <a href={`/account/applications/${one.id}`}>{one.id}</a>,
          productTitle(register, one.product),
          say(STAGES[one.stage]),
          one.stage === "handedIn" || one.stage === "received" ? (
            <Moment at={one.due} offsetMinutes={register.offsetMinutes} />
          ) : (
            ""
          ),
        ]),
      ]}
    />
  </section>
);

const Access: FC<AccountProps> = ({ tokens, keys, now }) => {
  const open = tokens.filter((one) => !one.revoked && now < one.until).length;
  const inForce = keys.filter(({ ended }) => ended === null).length;
  return (
    <section>
      <h2>{say("How your programs ask")}</h2>
      <ul class="plain">
        <li>
          <a href="/account/tokens">
            {sayCount(open, "{n} token in force", "{n} tokens in force", {
              n: open,
            })}
          </a>
        </li>
        <li>
          <a href="/account/keys">
            {sayCount(
              inForce,
              "{n} request key in force",
              "{n} request keys in force",
              { n: inForce },
            )}
          </a>
        </li>
      </ul>
    </section>
  );
};

const Bills: FC<AccountProps> = ({ permits }) => (
  <section>
    <h2>{say("Bills and receipts")}</h2>
    <Charges charges={permits.flatMap(({ charges }) => charges)} withPermit />
    <ul class="plain">
      <li>
        <a href="/account/bill.csv" download>
          {say("The charges by month as CSV")}
        </a>
      </li>
      <li>
        <a href="/account/receipts">
          {say("Receipts: where they are, and how one is checked")}
        </a>
      </li>
    </ul>
  </section>
);

/** What belongs to nobody's permit: how one signs in, and what one can object to. */
const More: FC<AccountProps> = ({ hasPasskeys }) => (
  <section>
    <h2>{say("Signing in, and objections")}</h2>
    <ul class="plain">
      {hasPasskeys && (
        <li>
          <a href="/account/credentials">
            {say("Your passkeys for signing in")}
          </a>
        </li>
      )}
      <li>
        <a href="/objections">{say("What can be objected to")}</a>
      </li>
    </ul>
  </section>
);
