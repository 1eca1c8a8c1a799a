import { formatVerifierKey } from "../../log/verifier-key.ts";
import { monitoringPath } from "../../log/witness.ts";
import { primitives } from "../../store/crypto.ts";
import type { WitnessMemory } from "./memory.ts";

/** What a witness says of itself, and the page that shows it. */
export type WitnessSays = {
  readonly name: string;
  readonly verifierKey: string;
  readonly logs: readonly {
    readonly origin: string;
    /** Below the address of the witness: the newest checkpoint that it cosigned. */
    readonly checkpoint: string;
    /** Undefined where it cosigned nothing yet. */
    readonly size: number | undefined;
    /** The second of its last cosignature, in UTC. */
    readonly cosigned: string | undefined;
  }[];
};

export async function says(memory: WitnessMemory): Promise<WitnessSays> {
  const logs = memory.origins.map(async (origin) => {
    const last = await memory.remembered(origin);
    return {
      origin,
      checkpoint: monitoringPath(primitives, origin),
      size: last?.size,
      cosigned:
        last?.timeSeconds === undefined
          ? undefined
          : `${new Date(last.timeSeconds * 1000).toISOString().slice(0, 19)}Z`,
    };
  });
  return {
    name: memory.key.name,
    verifierKey: formatVerifierKey(memory.key),
    logs: await Promise.all(logs),
  };
}

export function pageOf({ name, verifierKey, logs }: WitnessSays): string {
  const rows = logs.map(
    ({ origin, checkpoint, size, cosigned }) =>
      `<tr><td>${escaped(origin)}</td><td>${size === undefined ? "nothing yet" : `<a href="${checkpoint}">${size}</a>`}</td><td>${cosigned ?? ""}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Witness ${escaped(name)}</title>
<style>body{font:1rem/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse}th,td{text-align:left;padding:.2rem 1.5rem .2rem 0;overflow-wrap:anywhere}code{overflow-wrap:anywhere}</style>
<h1>Witness ${escaped(name)}</h1>
<p>It cosigns the checkpoints of these logs as long as each log is one history, and keeps the last one. It does not look at what stands in a log.</p>
<p>Verifier key: <code>${escaped(verifierKey)}</code></p>
<table>
<tr><th scope="col">log</th><th scope="col">entries</th><th scope="col">cosigned</th></tr>
${rows.join("\n")}
</table>
<p>For programs: <a href="index.json">index.json</a>, and <code>POST add-checkpoint</code> as C2SP tlog-witness has it.</p>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}
