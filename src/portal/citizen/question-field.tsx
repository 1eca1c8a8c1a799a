import type { FC } from "hono/jsx";
import { QUESTION_CHARACTERS_MAX } from "../../gateway/citizen/questions.ts";
import { say } from "../lang/say.ts";

/** What is asked, as it was typed; what is wrong with it stands at the field. */
export const QuestionField: FC<{
  id: string;
  text: string;
  wrong?: string;
}> = ({ id, text, wrong }) => (
  <>
    <label for={id}>{say("Your question")}</label>
    <p class="quiet" id={`${id}-hint`}>
      {say(
        "At most {n} characters. It is kept sealed; the post that receives questions reads it.",
        { n: QUESTION_CHARACTERS_MAX },
      )}
    </p>
    {wrong !== undefined && (
      <p class="refused" id={`${id}-wrong`}>
        {wrong}
      </p>
    )}
    <textarea
      id={id}
      name="text"
      rows={4}
      required
      aria-describedby={
        wrong === undefined ? `${id}-hint` : `${id}-wrong ${id}-hint`
      }
      {...(wrong === undefined ? {} : { "aria-invalid": "true" })}
    >
      {text}
    </textarea>
  </>
);
