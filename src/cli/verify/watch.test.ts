import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { officeCase } from "../../../test/vector-office.ts";
import { must } from "../../../test/story-founding.ts";
import { parsePolicy } from "../../log/policy.ts";
import { primitives } from "../../store/crypto.ts";
import { askWitnesses } from "./watch.ts";

const office = officeCase("valid", "policy-of-the-office");
/** w0 and w2 cosigned it, w1 did not. */
const note = office.register.checkpoint;
const policyText = must(officeCase("valid", "cosigned").policy);

/** What is heard when each witness answers like this; undefined: it does not know the log. */
async function heard(
  answers: Readonly<Record<"w0" | "w1" | "w2", string | undefined>>,
) {
  const server = createServer((request, response) => {
    const [, name] = (request.url ?? "").split("/");
    const text = name === undefined ? undefined : Reflect.get(answers, name);
    response.statusCode = typeof text === "string" ? 200 : 404;
    response.end(text ?? "not found");
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  const port =
    address === null || typeof address === "string" ? 0 : address.port;
  const addressed = policyText.replace(
    /^witness (w\d) .*$/gm,
    (line: string, name: string) => `${line} http://127.0.0.1:${port}/${name}`,
  );
  const policy = parsePolicy(primitives, addressed);
  const { held, silent } = await askWitnesses(policy, must(policy.logs[0]).key);
  return { sizes: held.map(({ size }) => size), silent };
}

test("a witness is heard with the checkpoint that it cosigned itself", async () => {
  expect(await heard({ w0: note, w1: undefined, w2: note })).toEqual({
    sizes: [3, 3],
    silent: [],
  });
});

test("one that answers with what it did not sign, or with anything else, is as good as silent", async () => {
  expect(await heard({ w0: note, w1: note, w2: "two histories" })).toEqual({
    sizes: [3],
    silent: ["w1", "w2"],
  });
  const other = note.replace("\n3\n", "\n4\n");
  expect(await heard({ w0: other, w1: undefined, w2: "" })).toEqual({
    sizes: [],
    silent: ["w0", "w2"],
  });
});
