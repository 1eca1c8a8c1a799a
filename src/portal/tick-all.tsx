import type { FC } from "hono/jsx";
import { say } from "./lang/say.ts";

/** A button of a form that ticks every field: without a script, and never the first thing that a form offers. */
export const TickAll: FC<{
  name: string;
  value: string;
  formnovalidate?: boolean;
}> = (button) => (
  <p>
    <button type="submit" class="mild" {...button}>
      {say("Tick all fields")}
    </button>{" "}
    <span class="quiet">{say("Only where the purpose needs every one.")}</span>
  </p>
);
