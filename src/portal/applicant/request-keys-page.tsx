import type { FC } from "hono/jsx";
import type { OwnKey } from "../../accounts/access.ts";
import { Form } from "../account/form.tsx";
import { Moment } from "../citizen/moment.tsx";
import { Frame } from "../frame.tsx";
import { say } from "../lang/say.ts";
import { Table } from "../table.tsx";
import { BackToAccount } from "./terms.tsx";
import { LongField, type Wrong, WrongSummary } from "./fields.tsx";

/** Keys with which an organisation signs its requests. */
export const RequestKeysPage: FC<{
  keys: readonly OwnKey[];
  offsetMinutes: number;
  typed: string;
  wrong: Wrong;
}> = ({ keys, offsetMinutes, typed, wrong }) => {
  const title = say("Request keys");
  return (
    <Frame
      title={title}
      unindexed
      lead={
        <>
          <h1>{title}</h1>
          <p>
            {say(
              "With a key of your own your programs sign every request, so that a stolen token opens nothing.",
            )}
          </p>
        </>
      }
    >
      <p class="notice">
        {say(
          "From the first key on every request of your organisation must be signed, for good: programs that only bring a token are turned away.",
        )}
      </p>
      <Table
        label={say("Your request keys")}
        caption={say("A key that has ended never comes back.")}
        none={say("Your organisation has no request key.")}
        head={[
          [say("Id"), false],
          [say("Enrolled on"), false],
          [say("End it now"), false],
        ]}
        rows={keys.map((one) => [
          <code>{one.key}</code>,
          <Moment at={one.enrolled} offsetMinutes={offsetMinutes} />,
          one.ended === null ? (
            <Form
              action={`/account/keys/${one.key}/end`}
              label={say("End key {id}", { id: one.key })}
            >
              <button type="submit" class="mild">
                {say("End key {id}", { id: one.key })}
              </button>
            </Form>
          ) : (
            <Moment at={one.ended} offsetMinutes={offsetMinutes} />
          ),
        ])}
      />
      <section>
        <h2>{say("Enrol a key")}</h2>
        <WrongSummary wrong={wrong} />
        <Form action="/account/keys" label={say("Enrol a key")}>
          <LongField
            {...{ id: "publicKey", wrong, value: typed, rows: 4 }}
            label={say("Its public half")}
            hint={say(
              "Ed25519: 32 bytes in base64url, or the PEM that openssl writes. The private half never leaves your machine.",
            )}
          />
          <button type="submit">{say("Enrol the key")}</button>
        </Form>
        <p class="quiet">{say("Make a pair of keys with openssl:")}</p>
        <pre tabindex={0}>
          openssl genpkey -algorithm ed25519 -out request.key{"\n"}openssl pkey
          -in request.key -pubout
        </pre>
      </section>
      <BackToAccount />
    </Frame>
  );
};
