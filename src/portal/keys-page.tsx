import type { Child, FC } from "hono/jsx";
import type { Keys, Place } from "./keys.ts";
import { Frame } from "./frame.tsx";
import { say, sayWith } from "./lang/say.ts";
import { Table } from "./table.tsx";
import { When } from "./when.tsx";
import { sayWord } from "./lang/words.ts";
import { sayList, sayNumber, sayTime } from "./lang/figures.ts";

type Props = { readonly keys: Keys };

/** Who could sign what, and when: the log's own keys, machines', persons' by number and post, and who watches. */
export const KeysPage: FC<Props> = ({ keys }) => (
  <Frame
    title={say("Keys over time")}
    json="/keys.json"
    unindexed
    lead={
      <>
        <h1>{say("Keys over time")}</h1>
        <p>
          {say(
            "{office}: whose signature counted when. Persons are numbers here as in the log; whoever checks needs no names.",
            { office: keys.title === "" ? say("This office") : keys.title },
          )}
        </p>
      </>
    }
  >
    <Life keys={keys} />
    <LogKeys keys={keys} />
    <Persons keys={keys} />
    <Machines keys={keys} />
    <Policies keys={keys} />
  </Frame>
);

const Life: FC<Props> = ({ keys: { ended, predecessor } }) => (
  <>
    {ended !== undefined && (
      <p class="notice">
        {sayWith(
          "This log was ended by entry {entry} on {at}, reason {reason}. Nothing stands behind that entry.",
          {
            entry: sayNumber(ended.entry),
            at: <When at={ended.at} />,
            reason: sayWord(ended.reason),
          },
        )}{" "}
        {ended.successor === undefined
          ? say("It names no successor.")
          : say("It names its successor: {successor}.", {
              successor: ended.successor,
            })}
      </p>
    )}
    {predecessor !== undefined && (
      <p>
        {sayWith(
          "This log follows {origin} at size {size}, root {root}. Whether that is where the other log ended, only the other log shows.",
          {
            origin: predecessor.origin,
            size: sayNumber(predecessor.size),
            root: <code>{predecessor.root}</code>,
          },
        )}
      </p>
    )}
  </>
);

const LogKeys: FC<Props> = ({ keys }) => (
  <section>
    <h2>{say("The log's own key")}</h2>
    <Table
      label={say("Keys of the log")}
      caption={say(
        "For 30 days after a change, by the times of the entries, a checkpoint bears the signatures of both keys; then the newer one stands alone.",
      )}
      head={[
        [say("Verifier key"), false],
        [say("Named by entry"), true],
        [say("On"), false],
        [say("Signs"), false],
      ]}
      none={say("No founding act is public yet.")}
      rows={keys.logKeys.map((one) => [
        <code>{one.verifierKey}</code>,
        sayNumber(one.entry),
        <When at={one.at} />,
        signsHow(one),
      ])}
    />
  </section>
);

function signsHow({ signs, until }: Keys["logKeys"][number]): string {
  if (until === undefined) return say("yes, the newest");
  const at = sayTime(until);
  return signs
    ? say("yes, until {at}", { at })
    : say("no, over on {at}", { at });
}

const Persons: FC<Props> = ({ keys }) => (
  <section>
    <h2>{say("Keys of those who hold posts")}</h2>
    <Table
      label={say("Keys of persons")}
      caption={say(
        "A doubtful act stands as it was ruled: it is here to be looked at.",
      )}
      head={[
        [say("Person"), true],
        [say("Posts held"), false],
        [say("Key"), false],
        [say("Lies in"), false],
        [say("Enrolled"), false],
        [say("Counts from"), false],
        [say("Revoked"), false],
        [say("Doubtful since"), false],
        [say("Signed in doubt"), false],
      ]}
      none={say("No key is enrolled.")}
      rows={keys.persons.map((one) => [
        String(one.person),
        sayList(one.postTitles),
        <code>{one.key}</code>,
        formText(one),
        placeText(one),
        <When at={one.countsFrom} />,
        one.revoked === undefined ? "" : placeText(one.revoked),
        <When at={one.doubtfulSince ?? ""} />,
        doubtText(one.doubtful),
      ])}
    />
  </section>
);

/** What somebody's key is: in a file, or a passkey of which sort. */
export function formText({
  passkey,
}: Pick<Keys["persons"][number], "passkey">): string {
  if (passkey === undefined) return say("a file");
  const { rpId, backupEligible } = passkey;
  return backupEligible
    ? say("a passkey of {rpId}, which may be copied to other devices", { rpId })
    : say("a passkey of {rpId}, bound to one device", { rpId });
}

function doubtText(entries: readonly number[] | undefined): string {
  if (entries === undefined) return "";
  return entries.length === 0
    ? say("nothing")
    : say("entries {entries}", { entries: sayList(entries.map(sayNumber)) });
}

const Machines: FC<Props> = ({ keys }) => (
  <section>
    <h2>{say("Keys of gateways and machines")}</h2>
    <Table
      label={say("Keys of machines")}
      caption={say("A machine signs records of the named kinds, and no act.")}
      head={[
        [say("Key"), false],
        [say("Gateway"), false],
        [say("Signs records of"), false],
        [say("Enrolled"), false],
        [say("Until"), false],
        [say("Ended"), false],
      ]}
      none={say("No machine has a key.")}
      rows={keys.machines.map((one) => [
        <code>{one.key}</code>,
        one.gateway ?? "",
        sayList(one.records.map(sayWord)),
        placeText(one),
        <When at={one.until ?? ""} />,
        one.ended === undefined ? "" : placeText(one.ended),
      ])}
    />
  </section>
);

const Policies: FC<Props> = ({ keys }) => (
  <section>
    <h2>{say("Who was to watch")}</h2>
    <Table
      label={say("Witness policies")}
      caption={say(
        "The checkpoint that first covers a change bears the quorum of the old policy and of the new one.",
      )}
      head={[
        [say("Policy"), false],
        [say("Adopted"), false],
      ]}
      none={say(
        "No witness policy was ever adopted: nobody outside watches this log.",
      )}
      rows={keys.policies.map((one) => [
        <a href={`/${one.paper}`}>
          <code>{one.paper.slice(0, 22)}…</code>
        </a>,
        placeText(one),
      ])}
    />
  </section>
);

export function placeText({ entry, at }: Place): Child[] {
  return sayWith("entry {entry}, {at}", {
    entry: sayNumber(entry),
    at: <When at={at} />,
  });
}
