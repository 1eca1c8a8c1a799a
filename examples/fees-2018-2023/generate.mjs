// `node examples/fees-2018-2023/generate.mjs [FILE]`: writes receipts.csv, the same bytes each time. The sums are those
// of sums.csv, as an audit office reported them; every receipt, unit, system, service and payer in it is invented.
import * as fs from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
const RECEIPTS = 400_000;
const FIRST_DAY = Date.UTC(2018, 0, 1);
const LAST_DAY = Date.UTC(2023, 11, 31);
const DAY_MS = 86_400_000;

/** Who charged for what: unit, system, service, fen for one, how many a receipt is usually for. */
const SERVICES = {
  Transport: [
    ["Vehicle Register Centre", "Vehicle register", "Vehicle look-up", 300, 40],
    ["Vehicle Register Centre", "Vehicle register", "Owner check", 1_200, 20],
    [
      "Vehicle Register Centre",
      "Toll records",
      "Toll record extract",
      2_000,
      25,
    ],
    ["Traffic Services Centre", "Flight movements", "Movement file", 50_000, 2],
    ["Traffic Services Centre", "Road cameras", "Passage extract", 1_500, 30],
  ],
  Education: [
    ["Degree Centre", "Degree register", "Degree certification", 9_500, 4],
    ["Degree Centre", "School enrolment", "Enrolment check", 2_000, 12],
    ["Examination Office", "Examination results", "Score report", 3_000, 9],
  ],
  Industry: [
    ["Numbering Centre", "Number allocation", "Number status query", 50, 300],
    ["Numbering Centre", "Number portability", "Portability file", 80_000, 1],
    ["Numbering Centre", "Equipment approvals", "Approval extract", 6_000, 3],
    ["Radio Centre", "Radio licences", "Licence look-up", 800, 20],
    ["Radio Centre", "Spectrum monitoring", "Monitoring report", 120_000, 1],
  ],
  "Market Regulation": [
    ["Company Registry", "Company register", "Company report", 2_550, 6],
    ["Company Registry", "Company register", "Shareholder extract", 4_000, 5],
  ],
};

const FIRST =
  "Amber Birch Cedar Delta Ember Falcon Garnet Harbour Iris Juniper Kestrel Linden Meadow Northgate Orchard Pebble Quarry Ridge Sable Tern";
const SECOND =
  "Arc Bay Crest Dale Edge Field Gate Hill Isle Key Lane Mark Net Oak Point Rise Stone Trail Vale Way";
const THIRD = [
  "Analytics",
  "Credit",
  "Insurance",
  "Logistics",
  "Media",
  "Software",
];
const CLASSES = ["company", "company", "company", "research", "public body"];

/** Numbers from 0 to 1 that are the same each time: a linear congruence of 32 bits (Numerical Recipes). */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

function payersOf() {
  const names = [];
  for (const first of FIRST.split(" "))
    for (const second of SECOND.split(" "))
      for (const third of THIRD) names.push(`${first} ${second} ${third}`);
  return names.map((name, index) => [name, CLASSES[index % CLASSES.length]]);
}

function readSums() {
  const [, ...lines] = fs
    .readFileSync(join(folder, "sums.csv"), "utf8")
    .trim()
    .split("\n");
  return lines.map((line) => {
    const [department, , , charged] = line.split(",");
    return { department, fen: Math.round(Number(charged) * 100) };
  });
}

const yuan = (fen) =>
  `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;

/**
 * The receipts of a department: each is a whole number of its price, but for the last ones, which make the sum what was
 * reported: a price nobody approved may be any price.
 */
function* receiptsOf({ department, fen }, count, random, payers) {
  const services = SERVICES[department];
  let left = fen;
  for (let made = 0; made < count; made += 1) {
    const [unit, system, service, price, usual] =
      services[Math.floor(random() * services.length)];
    const share = left / (count - made);
    // About the share that is left for each receipt, so that the sum is met evenly over the years.
    const wanted = Math.round((share * 2 * random()) / price);
    const quantity = Math.max(1, Math.min(wanted, usual * 40));
    const rest = count - made - 1;
    const charged =
      rest === 0 ? left : Math.min(quantity * price, left - rest * 50);
    left -= charged;
    const day = FIRST_DAY + Math.floor(random() * spanDays()) * DAY_MS;
    const [payer, payerClass] =
      payers[Math.floor(random() ** 2 * payers.length)];
    yield {
      day,
      department,
      unit,
      system,
      service,
      payer,
      payerClass,
      quantity,
      charged,
    };
  }
}

const spanDays = () => (LAST_DAY - FIRST_DAY) / DAY_MS + 1;

/** Broken as such files are: a letter for a digit, a day that never was, a line that ends too early. */
const BROKEN = [
  [
    57_203,
    "2018-11-14,Transport,Vehicle Register Centre,Vehicle register,Vehicle look-up,Iris Bay Media,company,40,12O.00,R-broken-1",
  ],
  [
    201_877,
    "2021-02-30,Education,Degree Centre,Degree register,Degree certification,Linden Hill Credit,research,2,190.00,R-broken-2",
  ],
  [333_333, "2022-12-05,Industry,Radio Centre,Radio licences"],
];

function generate(file) {
  const random = randomFrom(20_240_625);
  const sums = readSums();
  const all = sums.reduce((total, { fen }) => total + fen, 0);
  const payers = payersOf();
  const receipts = sums.flatMap((sum) => {
    const count = Math.round((RECEIPTS * sum.fen) / all);
    return [...receiptsOf(sum, count, random, payers)];
  });
  receipts.sort((a, b) => a.day - b.day);
  const lines = receipts.map((one, index) => {
    const { department, unit, system, service, payer, payerClass } = one;
    const date = new Date(one.day).toISOString().slice(0, 10);
    const reference = `R-${String(index + 1).padStart(6, "0")}`;
    return `${date},${department},${unit},${system},${service},${payer},${payerClass},${one.quantity},${yuan(one.charged)},${reference}`;
  });
  for (const [at, line] of BROKEN) lines.splice(at, 0, line);
  const header =
    "date,department,unit,system,service,payer,payer class,quantity,amount CNY,reference";
  fs.writeFileSync(`${file}.new`, `${header}\n${lines.join("\n")}\n`);
  fs.renameSync(`${file}.new`, file);
}

generate(process.argv[2] ?? join(folder, "receipts.csv"));
