import type { FC } from "hono/jsx";
import { sayChecked } from "./check-said.ts";
import { say, sayWith } from "./lang/say.ts";
import type { LastCheck } from "./overview.ts";
import { When } from "./when.tsx";

/** What the office's own run of the stranger's check could not say. */
export const LastChecked: FC<{ readonly check: LastCheck | undefined }> = ({
  check,
}) => (
  <>
    <h2>{say("What the last check could not check")}</h2>
    {check === undefined ? (
      <p>{say("No check has ended yet since this program was started.")}</p>
    ) : (
      <>
        <p>
          {sayWith(
            "The office ran the stranger's check on itself at {at}: {conclusion}. Code from the office cannot clear the office: run your own copy.",
            {
              at: <When at={check.at} />,
              conclusion: (
                <strong>
                  <Checked line={check.conclusion} />
                </strong>
              ),
            },
          )}
        </p>
        <pre tabindex={0}>
          {check.lines.map((line, index) => (
            <>
              {index > 0 && "\n"}
              <Checked line={line} />
            </>
          ))}
        </pre>
      </>
    )}
  </>
);

/** A line of the check, and where nothing is known of it, as it was printed. */
const Checked: FC<{ readonly line: string }> = ({ line }) => {
  const said = sayChecked(line);
  return said === undefined ? <span lang="en">{line}</span> : <>{said}</>;
};
