import type { Context } from "hono";
import { type Form, MEDIA_TYPES, writeRows } from "../gateway/forms/form.ts";
import { type Encode, stream, type Streaming } from "../gateway/stream.ts";
import { isPersonal } from "../register/fields.ts";
import type { Request } from "../uses/plan.ts";
import type { GateOptions } from "./app.tsx";
import { type Admitted, shed } from "./at-the-door.ts";
import { gatewayOf } from "./gateway-of.ts";
import { declinedBody } from "./errors.ts";
import { whenIdle } from "./idle.ts";
import { headEntered } from "./labels.ts";

/** Rows as they come, in a turn among the asker's other streams. Its price is the most that it can cost; the receipt of its settle says what it came to. */
export async function streamed(
  c: Context,
  options: GateOptions,
  came: Admitted,
  request: Request,
  form: Form,
): Promise<Response> {
  const turn = await options.door.streamPlace(
    came.name,
    () => c.req.raw.signal,
  );
  if (turn.outcome === "shed") return shed(c, turn);
  let isLeaving = false;
  const takeOver = () => {
    isLeaving = true;
    const leave = came.takeOver();
    return () => {
      turn.leave();
      leave();
    };
  };
  try {
    return await begun(c, options, { ...came, takeOver }, request, form);
  } finally {
    if (!isLeaving) turn.leave();
  }
}

async function begun(
  c: Context,
  options: GateOptions,
  came: Admitted,
  request: Request,
  form: Form,
): Promise<Response> {
  const gateway = gatewayOf(options);
  const organisation = came.asker?.organisation;
  const result = await stream(
    ...([gateway.desk, request, organisation] as const),
    encoderOf(form),
    came.how,
  );
  if (result.outcome === "refused")
    return c.json(
      declinedBody(result, options.office.register.offsetMinutes),
      403,
    );
  const kept = headEntered(c, result, options, organisation);
  if (kept !== undefined)
    result.settled.then(
      (settle) => {
        if (settle !== undefined)
          gateway.shelf.put(result.leaf, { ...kept, settle });
      },
      () => undefined,
    );
  const body = bodyOf(
    ...([result, came.takeOver(), came.mayGoOn, c.req.raw.signal] as const),
  );
  return c.body(body, 200, {
    "Content-Type": MEDIA_TYPES[form],
    "Content-Disposition": `attachment; filename="${request.plan.dataset}.${form}"`,
  });
}

function encoderOf(form: Form): Encode {
  return (batches, { dataset, fields, token }) => {
    const hides = token !== undefined && isPersonal(dataset);
    const columns = fields.map((name) => {
      const field = dataset.fields.find((one) => one.name === name);
      return {
        name,
        type: field?.type ?? "text",
        ...(hides && field?.identifier === true ? { token } : {}),
      } as const;
    });
    return writeRows(form, columns, batches);
  };
}

/** As fast as the client takes it; however it ends, its place is given back. A stream that breaks ends its connection. */
function bodyOf(
  { bytes, abandon, settled }: Streaming,
  leave: () => void,
  mayGoOn: () => Promise<void>,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const end = async () => {
    idle.stop();
    signal.removeEventListener("abort", whenGone);
    abandon();
    await bytes.return(undefined).catch(() => undefined);
    leave();
  };
  // A client may go before anybody reads the body, and then nobody cancels it.
  const whenGone = () => void end().catch(() => undefined);
  signal.addEventListener("abort", whenGone);
  let broken: (error: Error) => void = () => undefined;
  const idle = whenIdle(() => {
    broken(new Error("nobody took the next bytes for 30 seconds"));
    whenGone();
  });
  idle.wait();
  if (signal.aborted) whenGone();
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        broken = (error) => controller.error(error);
      },
      async pull(controller) {
        try {
          idle.stop();
          await mayGoOn();
          const next = await bytes.next();
          idle.wait();
          if (next.done !== true) return controller.enqueue(next.value);
          idle.stop();
          signal.removeEventListener("abort", whenGone);
          // Whoever has it whole finds its receipts.
          await settled;
          leave();
          controller.close();
        } catch (error) {
          await end();
          throw error;
        }
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}
