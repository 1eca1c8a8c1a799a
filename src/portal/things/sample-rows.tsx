import type { FC } from "hono/jsx";
import type { Dataset } from "../../register/register.ts";
import { say } from "../lang/say.ts";
import { English } from "../when.tsx";
import { Rows } from "./parts.tsx";
import type { Sample } from "./samples.ts";
import { inNumber, type When } from "./show.ts";

const COUNTED = ["integer", "decimal"];

/** The first rows of open data, as the gate gave them: as they stand there, in no language's way of writing. */
export const SampleRows: FC<{
  readonly dataset: Dataset;
  readonly sample: Sample;
  readonly when: When;
}> = ({ dataset: { fields }, sample: { vintage, at, rows }, when }) => (
  <div class="sample">
    <Rows
      title={say("Its first rows")}
      caption={say(
        "Of vintage {vintage}, as this page got them from the gate at {time}. Data leave by that one way, so the page asked as everybody does; its question was counted as a use, once for all readers.",
        { vintage: inNumber(vintage), time: when(at) },
      )}
      none={say("The vintage has no rows.")}
      head={fields.map(({ name, type }) =>
        COUNTED.includes(type) ? [name, "number"] : [name],
      )}
      rows={rows.map((row) =>
        fields.map(({ name }) => <English text={String(row[name] ?? "")} />),
      )}
    />
  </div>
);
