import {
  aGateway,
  aGatewayEnd,
  aMachineKey,
  aWitnessPolicy,
} from "../../test/story-acts.ts";
import {
  day,
  keyIdNamed,
  paperOf,
  publicKeyOf,
  without,
} from "../../test/story-founding.ts";
import { approved, check } from "../../test/story.ts";

check(
  "witnesses are named by who keeps the machines",
  [day(1), aWitnessPolicy, "granted"],
  [
    day(2),
    { ...aWitnessPolicy, policy: paperOf("second policy") },
    approved("head"),
    "I4 breach post head, lacks-power administer",
  ],
);

check(
  "a machine's key is for named records, new, and has an end",
  [day(1), without(aMachineKey(), "until"), "I5 missing end none"],
  [day(1), aMachineKey(), "granted"],
  [day(2), aMachineKey(), `V-NEW breach key ${keyIdNamed("importer")}`],
  [
    day(2),
    aMachineKey({ publicKey: publicKeyOf("second") }),
    approved("head"),
    "I4 breach post head, lacks-power administer",
  ],
);

check(
  "what a usage log comes to is said by its gateway and nobody else",
  [
    day(1),
    aMachineKey({ records: ["vintage", "head"] }),
    "V-SCOPE breach record head",
  ],
  [
    day(1),
    aMachineKey({ records: ["totals", "head"] }),
    "V-SCOPE breach record totals; V-SCOPE breach record head",
  ],
  [
    day(1),
    aMachineKey({ records: ["vintage", "suspended", "dropped", "erased"] }),
    "granted",
  ],
);

check(
  "a gateway has its own name and its own key, also after it was closed",
  [day(1), aGateway(), "granted"],
  [
    day(1),
    aGateway({ publicKey: publicKeyOf("second") }),
    "V-NEW breach gateway gate",
  ],
  [
    day(1),
    aGateway({ gateway: "second" }),
    `V-NEW breach key ${keyIdNamed("gate")}`,
  ],
  [
    day(1),
    aMachineKey({ publicKey: publicKeyOf("gate") }),
    `V-NEW breach key ${keyIdNamed("gate")}`,
  ],
  [day(1), aGatewayEnd({ gateway: "never" }), "V-REF missing gateway never"],
  [day(2), aGatewayEnd(), "granted"],
  [day(2), aGatewayEnd(), "V-ENDED breach gateway gate"],
  [
    day(3),
    aGateway(),
    `V-NEW breach gateway gate; V-NEW breach key ${keyIdNamed("gate")}`,
  ],
  [
    day(3),
    aGateway({ gateway: "second", publicKey: publicKeyOf("second") }),
    approved("head"),
    "I4 breach post head, lacks-power administer",
  ],
);

check("a machine's key does not end before it begins", [
  day(1),
  aMachineKey({ until: day(0) }),
  `V-ORDER breach from ${day(1)}, to ${day(0)}`,
]);
