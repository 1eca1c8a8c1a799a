import {
  aBody,
  aDataset,
  aSuccession,
  aSystem,
} from "../../test/story-acts.ts";
import { day } from "../../test/story-founding.ts";
import { aLocalEnd } from "../../test/story-local-law.ts";
import {
  awarded,
  council,
  founded,
  ofJiangcheng,
  ofLanan,
} from "../../test/story-places.ts";
import { check, given } from "../../test/story.ts";

/** Bodies whose work goes to others: the law over them goes along, and power over what stood above them does not. */

const shown = "procedure.tender.noticeUntil";
const notice = (days: number, wanted: number) =>
  `CN-TND-03 breach fact ${shown}, days ${days}, wanted ${wanted}`;
const inForce = [
  ...founded,
  [day(2), ofLanan(), "granted"],
  [day(2), ofJiangcheng(), council("jiangcheng"), "granted"],
] as const;

check(
  "a new name is no way out: the law over a body holds over whoever took over its work, and over what is founded below it",
  ...inForce,
  ...given(
    day(3),
    aBody({ body: "new-city", parent: "data-office" }),
    aBody({ body: "new-district", parent: "new-city" }),
    aSuccession({ body: "jiangcheng", successors: ["new-city"] }),
    aBody({ body: "newer-district", parent: "new-city" }),
    ...["new-district", "newer-district"].flatMap((body) => [
      aSystem({ system: `${body}-register`, body }),
      aDataset({ dataset: `${body}-homes`, system: `${body}-register` }),
    ]),
  ),
  [day(4), awarded("new", "new-district", 6), notice(6, 7)],
  [day(4), awarded("newer", "newer-district", 6), notice(6, 7)],
);
check(
  "a district that takes over its province's work is not above the province, and ends nothing of it",
  ...founded,
  [day(2), ofLanan(), council("lanan"), "granted"],
  ...given(
    day(3),
    aSuccession({ body: "lanan", successors: ["east-side", "haicheng"] }),
  ),
  [
    day(4),
    aLocalEnd({ rulebook: "lanan-law" }),
    council("east-side"),
    "V-LOCAL breach post east-side-council, not-over lanan",
  ],
  [
    day(4),
    ofJiangcheng(),
    council("haicheng"),
    "V-LOCAL breach post haicheng-council, not-over jiangcheng",
  ],
  // What holds goes on holding, and whoever was above still is.
  [day(4), awarded("short", "east-side", 4), notice(4, 5)],
  [day(5), aLocalEnd({ rulebook: "lanan-law" }), council("lanan"), "granted"],
);
check(
  "nor does a way over others lead there; whoever takes over from beside is above what was",
  ...founded,
  ...given(
    day(2),
    aBody({ body: "elsewhere", parent: "data-office" }),
    aSuccession({ body: "lanan", successors: ["elsewhere"] }),
    aSuccession({ body: "elsewhere", successors: ["east-side"] }),
    aSuccession({ body: "jiangcheng", successors: ["haicheng"] }),
  ),
  [
    day(3),
    ofLanan(),
    council("east-side"),
    "V-LOCAL breach post east-side-council, not-over lanan",
  ],
  [
    day(3),
    ofJiangcheng({ parent: "national" }),
    council("haicheng"),
    "granted",
  ],
);
