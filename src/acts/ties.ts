import * as z from "zod/mini";
import { partialDate, person, privatePaper, slug } from "./shapes.ts";

/** A tie of a person, a number in public, to an organisation or to another person; what it is in full says the private paper. */
export const tieDeclared = z.strictObject({
  kind: z.literal("tieDeclared"),
  tie: slug,
  person,
  to: z.union(
    [z.strictObject({ organisation: slug }), z.strictObject({ person })],
    "{organisation} or {person}",
  ),
  nature: z.enum(
    ["family", "ownership", "employment", "hospitality", "gift"],
    "one of family, ownership, employment, hospitality, gift",
  ),
  from: partialDate,
  until: z.exactOptional(partialDate),
  paper: privatePaper,
});

/** A tie that had no end when it was declared is over. */
export const tieEnded = z.strictObject({
  kind: z.literal("tieEnded"),
  tie: slug,
  paper: privatePaper,
});

/** A person stays out of what is about an application or an organisation. */
export const recused = z.strictObject({
  kind: z.literal("recused"),
  person,
  from: z.union(
    [
      z.strictObject({ application: slug }),
      z.strictObject({ organisation: slug }),
    ],
    "{application} or {organisation}",
  ),
  paper: privatePaper,
});
