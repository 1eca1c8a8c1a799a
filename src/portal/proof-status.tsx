import type { FC } from "hono/jsx";
import { say, sayCount } from "./lang/say.ts";
import { Table } from "./table.tsx";
import type { EntryProof, ProofStatus as Status } from "./things/proof.ts";
import { inNumber, type When } from "./things/show.ts";

/** Which entries a page rests on, when each was entered, since which checkpoint it is public, who outside saw it, and how it is proved. */
export const ProofStatus: FC<{
  readonly status: Status;
  readonly when: When;
}> = ({ status, when }) => (
  <section class="proofs">
    <h2>{say("What this page rests on")}</h2>
    <Table
      label={say("What this page rests on")}
      caption={say(
        "Each entry can be proved to be in the log, and the log to be the one that the witnesses saw.",
      )}
      none={say("It rests on no entry.")}
      head={[
        [say("Entry"), true],
        [say("Entered"), false],
        [say("Public since"), false],
        [say("Witnessed"), false],
        [say("Proof"), false],
      ]}
      rows={status.entries.map((one) => [
        <a href={`/acts/${one.entry}`}>{inNumber(one.entry)}</a>,
        when(one.at),
        publicSince(one),
        witnessed(one, when),
        one.checkpoint === undefined ? (
          ""
        ) : (
          <a href={one.proof} aria-label={proofOf(one)}>
            {say("proof")}
          </a>
        ),
      ])}
    />
    {status.inAll !== undefined && (
      <p class="quiet">
        {say(
          "It rests on {n} entries; these are the newest {shown}. A checkpoint over one of them is over all that stand before it, and the page of each entry has its proof.",
          {
            n: inNumber(status.inAll),
            shown: inNumber(status.entries.length),
          },
        )}
      </p>
    )}
  </section>
);

function proofOf({ entry }: EntryProof): string {
  return say("proof of entry {entry}", { entry: inNumber(entry) });
}

function publicSince({ checkpoint }: EntryProof): string {
  return checkpoint === undefined
    ? say("not public yet")
    : sayCount(
        checkpoint.size,
        "the checkpoint of {n} entry",
        "the checkpoint of {n} entries",
        { n: inNumber(checkpoint.size) },
      );
}

function witnessed({ checkpoint }: EntryProof, when: When): string {
  if (checkpoint === undefined) return "";
  const { witnesses, cosignedAt } = checkpoint;
  return cosignedAt === undefined
    ? say("nobody outside cosigned that checkpoint")
    : sayCount(
        witnesses,
        "by {n} witness, at {time}",
        "by {n} witnesses, the last at {time}",
        { n: inNumber(witnesses), time: when(cosignedAt) },
      );
}
