import type { FC } from "hono/jsx";
import { raw } from "hono/html";
import type { ReadRegister } from "../../register/register.ts";
import { lawOf } from "../../rules/law.ts";
import { REDRESS } from "../applicant/refusal.tsx";
import { around, speaking } from "../around.ts";
import { sayCapacity } from "../desk/capacity.ts";
import { sayRole } from "../desk/draft-view.ts";
import { SaidAct } from "../desk/said-act.tsx";
import { Frame } from "../frame.tsx";
import { sayInstant } from "../lang/figures.ts";
import { type Lang, TAGS } from "../lang/lang.ts";
import { citesIn } from "../lang/law-in.ts";
import { say, sayWith } from "../lang/say.ts";
import { titleOf } from "../lang/title-in.ts";
import { LETTER_STYLE } from "../styles/letters.ts";
import { sayAddressee, sayDay, sayDecided } from "./decided.ts";
import type { Letter } from "./letter.ts";

export type Shown = {
  readonly letter: Letter;
  readonly register: ReadRegister;
  /** Where browsers reach the office, without a slash at its end. */
  readonly address: string;
};

/** A letter at the office's pages: what is printed, and above it what is not. */
export const LetterPage: FC<
  Shown & { here: string; back: readonly [href: string, says: string] }
> = ({ here, back: [href, says], ...shown }) => {
  const { number, entry } = shown.letter;
  const title = say("Letter {number}", { number });
  return (
    <Frame
      title={title}
      unindexed
      lead={
        <div class="unprinted">
          <h1>{title}</h1>
          <p>
            {say(
              "Print it from the browser, or download it. Only the addressee and the office's officials can open it.",
            )}
          </p>
          <ul class="links">
            <li>
              <a href={`${here}/letter.html`} download="">
                {say("Download the letter")}
              </a>
            </li>
            <li>
              <a href={`/acts/${entry}`}>
                {say("The entry, as everybody sees it")}
              </a>
            </li>
            <li>
              <a href={href}>{says}</a>
            </li>
          </ul>
        </div>
      }
    >
      <Paper {...shown} />
    </Frame>
  );
};

/** The same letter as a file that stands alone. */
export const LetterFile: FC<Shown> = (shown) => (
  <html lang={TAGS[around().lang]}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{shown.letter.number}</title>
      <style>{raw(`body{margin:1rem}${LETTER_STYLE}`)}</style>
    </head>
    <body>
      <main>
        <Paper {...shown} />
      </main>
    </body>
  </html>
);

const Paper: FC<Shown> = (shown) => {
  const { letter, register } = shown;
  const { act, at, body, number } = letter;
  return (
    <article class="letter" aria-labelledby="decision">
      <div class="letterhead">
        <p class="from">{titleOf(register.bodies.get(body), body)}</p>
        <p>{around().office}</p>
        <p class="number">{number}</p>
      </div>
      <p class="to">
        {sayAddressee(register, letter)}
        {say(": ").trim()}
      </p>
      <h2 id="decision">{say("The decision")}</h2>
      <p>{sayDecided(register, letter)}</p>
      <SaidAct kind={act.kind} act={act} register={register} />
      <Reasons {...shown} />
      <Redress {...shown} />
      <h2>{say("By whom")}</h2>
      <ul class="plain">
        {letter.signers.map((one) =>
          one.post === undefined ? null : (
            <li>
              {sayCapacity(
                register,
                { person: one.person, post: one.post },
                at,
              )}
              {say(": ")}
              {sayRole(one)}
            </li>
          ),
        )}
      </ul>
      <p class="date">{sayDay(at, register)}</p>
      <Check {...shown} />
    </article>
  );
};

const Reasons: FC<Shown> = ({ letter: { act, told } }) => (
  <>
    <h2>{say("Why")}</h2>
    {"rule" in act && <Article rule={act.rule} />}
    {told !== undefined &&
      (told.words === undefined ? (
        <p>
          {say(
            "The entry commits to a paper, of which this office keeps no text. The paper counts.",
          )}
        </p>
      ) : (
        <>
          <p>{say("In the words of the paper to which the entry commits:")}</p>
          <blockquote>{told.words}</blockquote>
        </>
      ))}
    {!("rule" in act) && told === undefined && (
      <p>{say("The entry states no reasons beyond what stands above.")}</p>
    )}
  </>
);

/** The law in its own language; where that is not the page's, in the page's after it. */
const Article: FC<{ rule: string }> = ({ rule }) => {
  const { says, zh, cites } = lawOf(rule);
  const own: Lang = rule.startsWith("CN-") ? "zh" : "en";
  const others: readonly Lang[] = around().lang === own ? [] : [around().lang];
  return (
    <>
      {[own, ...others].map((lang) => (
        <p lang={TAGS[lang]}>
          {speaking(lang, () => citesIn(cites))} ({rule}):{" "}
          {lang === "zh" ? `${zh}。` : `${says}.`}
        </p>
      ))}
    </>
  );
};

const Redress: FC<Shown> = ({ letter: { act }, register }) => (
  <>
    <h2>{say("Where you can go against it")}</h2>
    {"redress" in act ? (
      <>
        <ul>
          {act.redress.map((one) => (
            <li>{say(REDRESS[one])}</li>
          ))}
        </ul>
        <p>
          {sayWith(
            "In time until {until}. An appeal is handed in there, not at this office.",
            {
              until: (
                <strong>
                  {sayInstant(act.redressUntil, register.offsetMinutes)}
                </strong>
              ),
            },
          )}
        </p>
      </>
    ) : (
      <p>
        {say(
          "The entry names no way to go against it, and no day. That does not say that the law gives none.",
        )}
      </p>
    )}
  </>
);

const Check: FC<Shown> = ({ letter: { entry, leaf }, register, address }) => (
  <section class="check" aria-labelledby="check">
    <h2 id="check">{say("How anybody checks it")}</h2>
    <p>
      {say(
        "This letter says in other words what stands in entry {entry} of the register log of {origin}. The entry counts, not the paper.",
        { entry, origin: register.origin },
      )}
    </p>
    <dl>
      <dt>{say("The entry")}</dt>
      <dd>{`${address}/acts/${entry}`}</dd>
      <dt>{say("Its proof")}</dt>
      <dd>{`${address}/proof/register/${leaf}`}</dd>
      <dt>{say("Leaf hash")}</dt>
      <dd>
        <code>{leaf}</code>
      </dd>
      <dt>{say("The whole log")}</dt>
      <dd>
        <code>{`node vitrine-verify.mjs ${address}`}</code>
      </dd>
    </dl>
  </section>
);
