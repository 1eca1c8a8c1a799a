import type { Command } from "commander";
import { showCount } from "../../audit/says.ts";
import { tokensIn } from "../../gateway/citizen/subject-tokens.ts";
import { indexOpenings } from "../../store/subjects.ts";
import { EXIT, runCommand } from "../exit.ts";
import { inOffice } from "./office-here.ts";

export function addIndexOpenings(openings: Command): void {
  openings
    .command("index")
    .description(
      "read the openings that were kept before there was an index of the persons they name",
    )
    .argument("<folder>", "the office's folder on this machine")
    .addHelpText("after", "\nExample:\n  vitrine openings index my-office")
    .action((folder: string) =>
      runCommand(() =>
        inOffice(folder, "index openings", async ({ sql, key }) => {
          const count = await indexOpenings(sql, tokensIn(key));
          console.log(`indexed   ${showCount(count)} openings`);
          return EXIT.done;
        }),
      ),
    );
}
