import { join } from "node:path";
import { generateKey } from "../../store/crypto.ts";
import { inForce, type ReadRegister } from "../../register/register.ts";
import { CouldNot } from "../exit.ts";
import { type KeyFile, writeKeyFile } from "../keys.ts";
import type { SignerKey } from "../signing.ts";

/** The invented officials' keys. In an office that is no demonstration they lie with their holders and nowhere else. */
export class Identities {
  readonly #keys = new Map<number, KeyFile>();

  keyOf(person: number): KeyFile {
    const known = this.#keys.get(person) ?? { ...generateKey(), person };
    this.#keys.set(person, known);
    return known;
  }

  /** Whoever holds the posts at that time, signing as prepared and, the last one, approved. */
  signers(
    register: ReadRegister,
    posts: readonly string[],
    at: number,
  ): readonly SignerKey[] {
    return posts.map((name, index) => {
      // Of what two approve, the first of them is named so.
      const post = name.replace(/^approved:/, "");
      const holder = (register.tenures.get(post) ?? []).find((tenure) =>
        inForce(tenure, at),
      );
      if (holder === undefined)
        throw new CouldNot(`Cannot sign as ${post}: nobody holds it at ${at}`);
      return {
        person: holder.act.person,
        post,
        role:
          index === posts.length - 1 || name !== post ? "approved" : "prepared",
        key: this.keyOf(holder.act.person),
      };
    });
  }

  /** Keys by the posts that are held now, for `--as`; and one file a person, for what a former holder's key could do. */
  async write(
    folder: string,
    register: ReadRegister,
    at: number,
  ): Promise<void> {
    for (const [person, key] of this.#keys)
      await writeKeyFile(
        join(folder, "keys", "persons", `${person}.json`),
        key,
      );
    for (const [post, tenures] of register.tenures) {
      const holder = tenures.find((tenure) => inForce(tenure, at));
      if (holder !== undefined)
        await writeKeyFile(join(folder, "keys", "posts", `${post}.json`), {
          ...this.keyOf(holder.act.person),
          post,
        });
    }
  }
}
