import type { FC } from "hono/jsx";
import type { ActOf } from "../../acts/act.ts";
import type { ReadRegister } from "../../register/register.ts";
import { Moment } from "../citizen/moment.tsx";
import type { FindingLine } from "../findings.ts";
import { saidLaw } from "../lang/law-in.ts";
import { type Message, say, sayWith } from "../lang/say.ts";
import { RestsOn } from "../rests-on.tsx";
import { Terms } from "./terms.tsx";

export const REDRESS = {
  administrativeReview: "administrative review",
  court: "a court",
  supervisor: "the supervising authority",
  impartialBody: "an impartial body",
} as const satisfies Record<
  ActOf<"applicationRefused">["redress"][number],
  Message
>;

/** The act by which an application was refused, and what its paper says where this office keeps it. */
export type Refusal = {
  readonly entry: number;
  readonly act: ActOf<"applicationRefused">;
  readonly reasons: string | undefined;
  /** What the rules noted beside it: that somebody alike has what this applicant is refused, above all. */
  readonly noted: readonly FindingLine[];
};

export const Refused: FC<{
  refusal: Refusal | undefined;
  register: ReadRegister;
}> = ({ refusal, register }) => {
  if (refusal === undefined)
    return (
      <p class="notice">
        {say("It was refused. The act is public in a moment: look again then.")}
      </p>
    );
  const { act, entry, reasons, noted } = refusal;
  const law = saidLaw(act.rule);
  return (
    <section>
      <h2>{say("Why it was refused, and where to go against it")}</h2>
      <Terms
        rows={[
          [say("Rule"), law.says],
          [say("Article"), `${law.cites} (${act.rule})`],
          [
            say("Its reasons"),
            <span class="own-words">
              {reasons ??
                say(
                  "They stand in the office's letter; this page does not have it.",
                )}
            </span>,
          ],
          [
            say("Go against it at"),
            act.redress.map((one) => say(REDRESS[one])).join(say(", ")),
          ],
          [
            say("In time until"),
            <Moment
              at={act.redressUntil}
              offsetMinutes={register.offsetMinutes}
            />,
          ],
        ]}
      />
      <Noted noted={noted} />
      <p class="quiet">
        {say(
          "An appeal is handed in where it is decided, not here: the office enters it when it hears of it.",
        )}
      </p>
      <p class="quiet">
        {sayWith("The refusal is {entry} of the register log.", {
          entry: (
            <a href={`/acts/${entry}`}>{say("entry {entry}", { entry })}</a>
          ),
        })}
      </p>
    </section>
  );
};

const Noted: FC<Pick<Refusal, "noted">> = ({ noted }) =>
  noted.length === 0 ? null : (
    <div class="notice">
      <p>{say("What the rules noted beside the refusal:")}</p>
      <ul>
        {noted.map((finding) => (
          <li>
            <strong>{finding.says}</strong>
            <RestsOn finding={finding} />
            {finding.rule === "V-ALIKE" && (
              <div>
                {say(
                  "The reasons of the refusal say what is different in your case; where they do not, you can go against it for that.",
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
