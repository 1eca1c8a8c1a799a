import { promises as fs } from "node:fs";
import { join } from "node:path";
import { toBase64url } from "../acts/bytes.ts";
import { paperPath } from "../acts/statement.ts";
import { FormatError } from "../log/format-error.ts";
import { parsePolicy } from "../log/policy.ts";
import type { WitnessPolicies } from "../office/witnesses.ts";
import { primitives } from "../store/crypto.ts";

/** The witness policies of an office, as they lie among its public papers. */
export function policiesIn(folder: string): WitnessPolicies {
  return async (paper) => {
    const path = join(folder, "public", paperPath(paper));
    const bytes = await fs.readFile(path);
    if (toBase64url(primitives.sha256(bytes)) !== paper)
      throw new FormatError(
        `witness policy ${path}`,
        "its bytes are not those that the act commits to",
      );
    return parsePolicy(primitives, bytes);
  };
}
