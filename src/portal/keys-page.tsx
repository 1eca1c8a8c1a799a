import type { FC } from "hono/jsx";
import { showCount } from "../audit/says.ts";
import type { Keys, Place } from "./keys.ts";
import { Frame } from "./frame.tsx";
import { Table } from "./table.tsx";

type Props = { readonly keys: Keys };

/** Who could sign what, and when: the log's own keys, machines', persons' by number and post, and who watches. */
export const KeysPage: FC<Props> = ({ keys }) => (
  <Frame
    title="Keys over time"
    json="/keys.json"
    lead={
      <>
        <h1>Keys over time</h1>
        <p>
          {keys.title === "" ? "This office" : keys.title}: whose signature
          counted when. Persons are numbers here as in the log; whoever checks
          needs no names.
        </p>
      </>
    }
    foot={
      <p>
        <a href="/keys.json">This page as JSON</a>.{" "}
        <a href="/">The front page</a>.
      </p>
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
        This log was ended by entry {showCount(ended.entry)} on {ended.at},
        reason {ended.reason}. Nothing stands behind that entry.{" "}
        {ended.successor === undefined
          ? "It names no successor."
          : `It names its successor: ${ended.successor}.`}
      </p>
    )}
    {predecessor !== undefined && (
      <p>
        This log follows {predecessor.origin} at size{" "}
        {showCount(predecessor.size)}, root <code>{predecessor.root}</code>.
        Whether that is where the other log ended, only the other log shows.
      </p>
    )}
  </>
);

const LogKeys: FC<Props> = ({ keys }) => (
  <section>
    <h2>The log's own key</h2>
    <Table
      label="Keys of the log"
      caption="For 30 days after a change, by the times of the entries, a checkpoint bears the signatures of both keys; then the newer one stands alone."
      head={[
        ["Verifier key", false],
        ["Named by entry", true],
        ["On", false],
        ["Signs", false],
      ]}
      none="No founding act is public yet."
      rows={keys.logKeys.map((one) => [
        <code>{one.verifierKey}</code>,
        showCount(one.entry),
        one.at,
        signsHow(one),
      ])}
    />
  </section>
);

function signsHow({ signs, until }: Keys["logKeys"][number]): string {
  if (until === undefined) return "yes, the newest";
  return signs ? `yes, until ${until}` : `no, over on ${until}`;
}

const Persons: FC<Props> = ({ keys }) => (
  <section>
    <h2>Keys of those who hold posts</h2>
    <Table
      label="Keys of persons"
      caption="A doubtful act stands as it was ruled: it is here to be looked at."
      head={[
        ["Person", true],
        ["Posts held", false],
        ["Key", false],
        ["Lies in", false],
        ["Enrolled", false],
        ["Counts from", false],
        ["Revoked", false],
        ["Doubtful since", false],
        ["Signed in doubt", false],
      ]}
      none="No key is enrolled."
      rows={keys.persons.map((one) => [
        String(one.person),
        one.posts.join(", "),
        <code>{one.key}</code>,
        formText(one),
        placeText(one),
        one.countsFrom,
        one.revoked === undefined ? "" : placeText(one.revoked),
        one.doubtfulSince ?? "",
        doubtText(one.doubtful),
      ])}
    />
  </section>
);

function formText({ passkey }: Keys["persons"][number]): string {
  if (passkey === undefined) return "a file";
  const { rpId, backupEligible } = passkey;
  return `a passkey of ${rpId}, ${backupEligible ? "which may be copied to other devices" : "bound to one device"}`;
}

function doubtText(entries: readonly number[] | undefined): string {
  if (entries === undefined) return "";
  return entries.length === 0
    ? "nothing"
    : `entries ${entries.map(showCount).join(", ")}`;
}

const Machines: FC<Props> = ({ keys }) => (
  <section>
    <h2>Keys of gateways and machines</h2>
    <Table
      label="Keys of machines"
      caption="A machine signs records of the named kinds, and no act."
      head={[
        ["Key", false],
        ["Gateway", false],
        ["Signs records of", false],
        ["Enrolled", false],
        ["Until", false],
        ["Ended", false],
      ]}
      none="No machine has a key."
      rows={keys.machines.map((one) => [
        <code>{one.key}</code>,
        one.gateway ?? "",
        one.records.join(", "),
        placeText(one),
        one.until ?? "",
        one.ended === undefined ? "" : placeText(one.ended),
      ])}
    />
  </section>
);

const Policies: FC<Props> = ({ keys }) => (
  <section>
    <h2>Who was to watch</h2>
    <Table
      label="Witness policies"
      caption="The checkpoint that first covers a change bears the quorum of the old policy and of the new one."
      head={[
        ["Policy", false],
        ["Adopted", false],
      ]}
      none="No witness policy was ever adopted: nobody outside watches this log."
      rows={keys.policies.map((one) => [
        <a href={`/${one.paper}`}>
          <code>{one.paper.slice(0, 22)}…</code>
        </a>,
        placeText(one),
      ])}
    />
  </section>
);

function placeText({ entry, at }: Place): string {
  return `entry ${showCount(entry)}, ${at}`;
}
