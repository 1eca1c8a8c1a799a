import type { Command } from "commander";
import { join } from "node:path";
import { fromBase64url } from "../../acts/bytes.ts";
import {
  generateKey,
  publicKeyText,
  type SigningKey,
  signingKey,
} from "../../store/crypto.ts";
import { readIfThere } from "../../store/durable.ts";
import { lockFolder } from "../../store/folder-lock.ts";
import { gateSettings } from "../gate-config.ts";
import { runSettings } from "../office-config.ts";
import { CouldNot, EXIT, runCommand } from "../exit.ts";
import { isKeyThere, readKeyFile, writeKeyFile } from "../keys.ts";
import { mustBeFree } from "../ports.ts";
import { readOfficeConfig } from "../running.ts";
import { portOf } from "../serve.ts";
import { leave } from "./leave.ts";
import { runGate } from "./run-gate.ts";

type Options = {
  readonly office?: string;
  readonly name: string;
  readonly port: string;
  readonly metricsPort?: string;
  readonly draft?: boolean;
  readonly leave?: boolean;
};

export function addGateway(program: Command): void {
  program
    .command("gateway")
    .description(
      "run a further gateway of an office as a process of its own, beside the office or behind a copy of its folder",
    )
    .argument("<folder>", "the office's folder")
    .requiredOption("--name <name>", "the gateway's name, such as gate-2")
    .option("--office <url>", "address of the running office")
    .option("--port <port>", "port on 127.0.0.1", "8090")
    .option(
      "--metrics-port <port>",
      "port of its figures; any free one without it",
    )
    .option("--draft", "print the act that opens the gateway, with its new key")
    .option(
      "--leave",
      "answer nobody any more: close the logs, so that an act can close the gateway",
    )
    .addHelpText(
      "after",
      "\nDATABASE_URL names the office's PostgreSQL; without it the one that the running office has in its folder is used.\nExample:\n  vitrine gateway my-office --name gate-2 --draft > gate-2.json\n  vitrine gateway my-office --name gate-2 --office http://127.0.0.1:8080 --port 8090",
    )
    .action((folder: string, options: Options) =>
      runCommand(() => gateway(folder, options)),
    );
}

const NAME = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/;

async function gateway(folder: string, options: Options): Promise<number> {
  const { name } = options;
  if (!NAME.test(name) || name.length > 60)
    throw new CouldNot(
      `Cannot use --name ${name}: want small letters, digits, dots and hyphens, such as gate-2`,
    );
  const config = await readOfficeConfig(folder);
  if (config === undefined)
    throw new CouldNot(`Cannot run a gateway of ${folder}: no office is there`);
  const key = await gatewayKey(folder, name);
  if (options.draft === true) {
    console.log(
      JSON.stringify(
        {
          ...{ kind: "gatewayOpened", gateway: name },
          ...{ title: `Gateway ${name}`, publicKey: publicKeyText(key) },
        },
        null,
        2,
      ),
    );
    return EXIT.done;
  }
  if (options.office === undefined)
    throw new CouldNot(
      `Cannot run gateway ${name}: want --office with the address of the running office`,
    );
  const address = options.office.replace(/\/+$/, "");
  const port = portOf(options.port);
  await lockFolder(join(folder, "gateways", name));
  const sealed = await readIfThere(join(folder, "keys", "seal.key"));
  if (sealed === undefined)
    throw new CouldNot(
      `Cannot run gateway ${name}: want ${join(folder, "keys", "seal.key")}, which the office made at its first start`,
    );
  const sealKey = fromBase64url(sealed.toString("utf8").trim());
  const settings = gateSettings(config.gate);
  const run = runSettings(config);
  // Of the settings' ports one is the office's, where both run on one machine.
  const metricsPort =
    options.metricsPort === undefined ? 0 : portOf(options.metricsPort);
  const of = {
    ...{ folder, origin: config.origin, name, address, key, sealKey },
    ...{
      settings,
      run: { ...run, metrics: { ...run.metrics, port: metricsPort } },
    },
  };
  if (options.leave === true) return leave(of);
  await mustBeFree(port, "--port");
  return runGate(of, port);
}

/** The gateway's own key, made the first time that it is wanted. */
async function gatewayKey(folder: string, name: string): Promise<SigningKey> {
  const path = join(folder, "keys", `gateway-${name}.json`);
  if (!(await isKeyThere(path))) await writeKeyFile(path, generateKey());
  return signingKey(await readKeyFile(path));
}
