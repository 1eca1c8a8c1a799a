import type { FC } from "hono/jsx";
import type { Attached } from "../../accounts/applicant-contents.ts";
import {
  PAPER_BYTES_MAX,
  PAPER_ENDINGS,
  PAPERS_MAX,
} from "../../accounts/applicant-papers.ts";
import { sayNumber, sayList } from "../lang/figures.ts";
import { say } from "../lang/say.ts";
import { FilesField, type Wrong } from "./fields.tsx";

/** Papers that are there already, each with a way to take it out again, and room for more. */
export const PapersField: FC<{
  papers: readonly Attached[];
  wrong: Wrong;
  /** Where they are opened. */
  under?: "/account" | "/desk";
}> = ({ papers, wrong, under = "/account" }) => (
  <>
    {papers.length > 0 && (
      <ul class="plain" aria-label={say("Papers that are kept already")}>
        {papers.map((one) => (
          <li>
            <PaperLink paper={one} under={under} />{" "}
            <button
              type="submit"
              name="drop"
              value={one.commitment}
              class="mild"
            >
              {say("Take out {name}", { name: one.name })}
            </button>
          </li>
        ))}
      </ul>
    )}
    <FilesField
      {...{ id: "papers", wrong, accept: PAPER_ENDINGS }}
      label={say("Add papers")}
      hint={say(
        "At most {n} papers of {megabytes} megabytes each: {kinds}. They are kept sealed; in public stands a number that tells nothing of them.",
        {
          n: PAPERS_MAX,
          megabytes: PAPER_BYTES_MAX / 1024 / 1024,
          kinds: sayList(PAPER_ENDINGS),
        },
      )}
    />
    <button type="submit" name="more" value="yes">
      {say("Keep these papers")}
    </button>
  </>
);

export const PaperLink: FC<{
  paper: Attached;
  under?: "/account" | "/desk";
}> = ({ paper, under = "/account" }) => (
  <>
    <a href={`${under}/papers/${paper.commitment}`} download>
      {paper.name}
    </a>{" "}
    <span class="quiet inline">
      {say("{n} bytes", { n: sayNumber(paper.bytes) })}
    </span>
  </>
);
