import { sayInstant, sayList } from "../lang/figures.ts";
import type { FC } from "hono/jsx";
import type { CompleteFor } from "../../gateway/citizen/complete-for.ts";
import { say, sayCount } from "../lang/say.ts";
import { dayOf } from "./moment.tsx";

/** The sentence that says for what a list is complete; never more than that. */
export function sayComplete(
  { gateways, since, notCovered, seals }: CompleteFor,
  offsetMinutes: number,
): string {
  const day = dayOf(since, offsetMinutes);
  const passed =
    gateways.length === 0
      ? say("No gateway of this office has answered anybody yet.")
      : sayCount(
          gateways.length,
          "Complete for what passed the gateway {names} since {day}.",
          "Complete for what passed the gateways {names} since {day}.",
          { names: sayList(gateways), day },
        );
  const n = seals.inForce;
  return [
    passed,
    sayCount(
      n,
      "Except {n} use under seal in the whole office, of all persons, and those of the running hour.",
      "Except {n} uses under seal in the whole office, of all persons, and those of the running hour.",
      { n },
    ),
    ...(notCovered.logs.length === 0
      ? []
      : [
          say("Seals in {n} logs cannot be counted now.", {
            n: notCovered.logs.length,
          }),
        ]),
    ...(notCovered.notIndexed === 0
      ? []
      : [
          say(
            "{n} older uses are not in the index of persons yet and may be missing.",
            { n: notCovered.notIndexed },
          ),
        ]),
    ...(notCovered.systems.length === 0
      ? []
      : [
          sayCount(
            notCovered.systems.length,
            "What happens in {n} system that the gate does not serve is not here.",
            "What happens in {n} systems that the gate does not serve is not here.",
            { n: notCovered.systems.length },
          ),
        ]),
    ...notCovered.gateways.map(({ gateway, since: from }) =>
      say("What the gateway {gateway} answered since {time} is not here yet.", {
        gateway,
        time: sayInstant(from, offsetMinutes),
      }),
    ),
  ].join(" ");
}

/** What no list of this office can show, by name. */
export const NotCovered: FC<{ complete: CompleteFor }> = ({
  complete: { notCovered, seals },
}) => (
  <details>
    <summary>{say("What this list cannot show")}</summary>
    <Named
      title={say(
        "Systems that the gate does not serve: what happens there is not entered here",
      )}
      none={say("Every known system is served through the gate.")}
      of={notCovered.systems}
    />
    {notCovered.datasets.length > 0 && (
      <Named
        title={say(
          "Data about persons that do not say which field names the person",
        )}
        none=""
        of={notCovered.datasets}
      />
    )}
    {seals.classes.length > 0 && (
      <>
        <p>
          {say(
            "Uses that a list shows only after some days, because they would tell about somebody else:",
          )}
        </p>
        <ul class="plain">
          {seals.classes.map(({ title, days }) => (
            <li>
              {sayCount(days, "{title}: {n} day", "{title}: {n} days", {
                title,
                n: days,
              })}
            </li>
          ))}
        </ul>
      </>
    )}
  </details>
);

const Named: FC<{
  title: string;
  none: string;
  of: readonly { readonly id: string; readonly title: string }[];
}> = ({ title, none, of }) =>
  of.length === 0 ? (
    <p>{none}</p>
  ) : (
    <>
      <p>{title}:</p>
      <ul class="plain">
        {of.map((one) => (
          <li>{one.title === "" ? one.id : one.title}</li>
        ))}
      </ul>
    </>
  );
