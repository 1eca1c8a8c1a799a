import type { Finding } from "../acts/entry.ts";
import type { PersonKey } from "../acts/shapes.ts";
import { breach, when } from "./findings.ts";

const ORIGIN = /^(https?):\/\/([^:]+)(?::([0-9]+))?$/;
const LOCAL = "localhost";

/** A passkey whose host or origins no browser would take, or that says two things of itself, is enrolled for nobody. */
export function decidePersonKey(key: PersonKey): readonly Finding[] {
  if (key.form === "ed25519") return [];
  const { rpId, origins, backedUp, backupEligible } = key;
  return [
    ...when(!isHost(rpId), () => breach("V-KEY", ["rp-id", rpId])),
    ...origins
      .filter((one, i) => !isAt(one, rpId) || origins.indexOf(one) < i)
      .map((origin) => breach("V-KEY", ["origin", origin])),
    ...when(backedUp && !backupEligible, () =>
      breach("V-KEY", ["backed-up", "not-backup-eligible"]),
    ),
  ];
}

/** A registrable name: no address of a machine, and no name that every host below a whole country shares. */
function isHost(name: string): boolean {
  return name === LOCAL || /\.(?=[^.]*[a-z])[^.]+$/.test(name);
}

function isAt(origin: string, rpId: string): boolean {
  const [, scheme, host = "", port] = ORIGIN.exec(origin) ?? [];
  const isThere = host === rpId || host.endsWith(`.${rpId}`);
  const isLocal = host === LOCAL || host.endsWith(`.${LOCAL}`);
  // A browser leaves the usual port out: with it the origin would match nothing.
  return (
    isThere && (scheme === "https" ? port !== "443" : isLocal && port !== "80")
  );
}
