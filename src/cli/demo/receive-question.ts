import { join } from "node:path";
import { toBase64url } from "../../acts/bytes.ts";
import { receivedAct } from "../../gateway/citizen/questions.ts";
import { postsWith } from "../../rules/posts.ts";
import { questionKept } from "../../store/citizens.ts";
import { CouldNot } from "../exit.ts";
import type { House } from "../house.ts";
import { readKeyFile } from "../keys.ts";
import { draft, sign, type SignerKey } from "../signing.ts";

/** On a demonstration the post that receives questions enters one at once, with its key that lies there. */
export function demoReceiver(
  folder: string,
  { office, sql }: Pick<House, "office" | "sql">,
): (question: string) => Promise<void> {
  return async (id) => {
    const { register, published, origin } = office;
    const kept = await questionKept(sql, id);
    const [post] = postsWith(register, "receiveQuestions");
    if (kept === undefined || post === undefined)
      throw new CouldNot(
        `Cannot enter ${id}: ${kept === undefined ? "it is not kept here" : "no post receives questions"}`,
      );
    const key = await readKeyFile(
      join(folder, "keys", "posts", `${post}.json`),
    );
    if (key.person === undefined)
      throw new CouldNot(`Cannot enter ${id}: nobody holds ${post}`);
    const signer: SignerKey = {
      ...{ person: key.person, post, role: "approved", key },
    };
    const now = Date.now();
    const seen = { size: published.size, root: toBase64url(published.root) };
    const act = receivedAct(kept, register, now);
    const entered = await office.enter(
      sign(draft(origin, seen, act, [signer], now), [signer]),
    );
    if ("turnedAway" in entered) throw new CouldNot(entered.turnedAway);
    if (entered.ruling.outcome === "refused")
      throw new CouldNot(`Cannot enter ${id}: the rules refuse it`);
  };
}
