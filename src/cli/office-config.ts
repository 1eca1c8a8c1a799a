import { isIP } from "node:net";
import * as z from "zod/mini";
import { documentCode } from "../accounts/document-numbers.ts";
import { gateConfig } from "./gate-config.ts";
import { mailConfig } from "./mail/smtp.ts";
import { optional } from "./whole.ts";
import { signInConfig } from "./sign-in-config.ts";

const text = z.string("text");
const flag = z.boolean("true or false");

const listen = z.strictObject({
  host: z.exactOptional(
    z.string("an address of this machine such as 127.0.0.1").check(
      z.refine((one) => isIP(one) > 0, "an IP address such as 127.0.0.1"),
      z.describe(
        "the address of this machine on which it listens. Only a proxy should reach it: it speaks no TLS",
      ),
    ),
  ),
  port: optional(
    0,
    65_535,
    "its port, where the command names no `--port`; 0 is any free one",
  ),
});

const metrics = z.strictObject({
  on: z.exactOptional(
    flag.check(z.describe("whether figures for Prometheus are served")),
  ),
  host: z.exactOptional(
    z.string("an address of this machine such as 127.0.0.1").check(
      z.refine((one) => isIP(one) > 0, "an IP address such as 127.0.0.1"),
      z.describe(
        "the address on which they are served; nobody outside should reach it",
      ),
    ),
  ),
  port: optional(
    0,
    65_535,
    "their port. 0 is any free one; the line `metrics` at the start and the file `metrics-address` name it",
  ),
});

export const LEVELS = ["debug", "info", "warn", "error"] as const;
export const FORMS = ["auto", "json", "text"] as const;

const log = z.strictObject({
  level: z.exactOptional(
    z
      .enum(LEVELS, "debug, info, warn or error")
      .check(
        z.describe(
          "the least that is logged. `debug` has one line for every request, with its route and never its address",
        ),
      ),
  ),
  form: z.exactOptional(
    z
      .enum(FORMS, "auto, json or text")
      .check(
        z.describe(
          "one JSON object a line, or text for people; `auto` is text on a terminal and JSON elsewhere",
        ),
      ),
  ),
});

const stop = z.strictObject({
  seconds: optional(
    1,
    600,
    "how long a stop waits for answers that are on their way, before their connections are cut",
  ),
});

const documents = z.strictObject({
  codes: z.exactOptional(
    z.array(documentCode).check(
      z.refine(
        (all) => new Set(all.map(({ body }) => body)).size === all.length,
        "one code for each body",
      ),
      z.describe(
        'under which code each body numbers its decision letters, such as `{ "body": "lan-data", "code": "澜数据" }`; a body that is not named is numbered under its id',
      ),
    ),
  ),
});

/** What lies in an office's folder as `office.json`. The descriptions are what docs/operating.md and `config check` say. */
export const officeConfig = z.strictObject({
  origin: text.check(
    z.describe(
      "the origin of the register log, for ever; `--origin` wrote it at the first start",
    ),
  ),
  demonstration: flag.check(z.describe("whether everything in it is invented")),
  portal: z.exactOptional(
    text.check(
      z.describe(
        "the organisation of the state's portal, which asks with its own token for whoever signed in there",
      ),
    ),
  ),
  listen: z.exactOptional(listen),
  metrics: z.exactOptional(metrics),
  log: z.exactOptional(log),
  stop: z.exactOptional(stop),
  gate: z.exactOptional(gateConfig),
  mail: z.exactOptional(mailConfig),
  documents: z.exactOptional(documents),
  signIn: z.exactOptional(signInConfig),
});

export type OfficeConfig = z.infer<typeof officeConfig>;

/** What an operator says of how the office runs, with everything said. */
export type RunSettings = {
  readonly listen: { readonly host: string; readonly port: number };
  readonly metrics: {
    readonly on: boolean;
    readonly host: string;
    readonly port: number;
  };
  readonly log: {
    readonly level: (typeof LEVELS)[number];
    readonly form: (typeof FORMS)[number];
  };
  readonly stop: { readonly seconds: number };
};

const RUN_DEFAULTS: RunSettings = {
  listen: { host: "127.0.0.1", port: 8080 },
  metrics: { on: true, host: "127.0.0.1", port: 0 },
  log: { level: "info", form: "auto" },
  stop: { seconds: 20 },
};

export function runSettings(
  config: Pick<OfficeConfig, keyof RunSettings> = {},
): RunSettings {
  return {
    listen: { ...RUN_DEFAULTS.listen, ...config.listen },
    metrics: { ...RUN_DEFAULTS.metrics, ...config.metrics },
    log: { ...RUN_DEFAULTS.log, ...config.log },
    stop: { ...RUN_DEFAULTS.stop, ...config.stop },
  };
}
