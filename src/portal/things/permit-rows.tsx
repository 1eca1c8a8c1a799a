import type { FC } from "hono/jsx";
import { say } from "../lang/say.ts";
import type { PermitInLine } from "./permit-lines.ts";
import { Rows, SpanOf, Thing } from "./parts.tsx";
import type { When } from "./show.ts";

export const PermitRows: FC<{
  readonly title: string;
  readonly caption: string;
  readonly none: string;
  readonly rows: readonly PermitInLine[];
  readonly when: When;
}> = ({ title, caption, none, rows, when }) => (
  <Rows
    title={title}
    caption={caption}
    none={none}
    head={[
      [say("Permit")],
      [say("Organisation")],
      [say("Product")],
      [say("Purpose")],
      [say("How long")],
    ]}
    rows={rows.map((one) => [
      <Thing of={one.permit} />,
      <Thing of={one.organisation} />,
      <Thing of={one.product} />,
      one.purpose.title,
      <SpanOf span={one.span} when={when} />,
    ])}
  />
);
