import type { FC } from "hono/jsx";
import { Form } from "./account/form.tsx";
import { say } from "./lang/say.ts";

/** What was typed and its papers go for good: asked once more, by a second button that stands behind the first. */
export const DiscardDraft: FC<{ action: string }> = ({ action }) => (
  <details>
    <summary>{say("Throw this draft away")}</summary>
    <Form action={action} label={say("Throw this draft away")}>
      <p>
        {say("What you typed and the papers that you added are gone then.")}
      </p>
      <button type="submit" class="mild">
        {say("Yes, throw it away")}
      </button>
    </Form>
  </details>
);
