import type { Gateway } from "../gateway/gateway.ts";
import { Unavailable } from "../gateway/unavailable.ts";
import type { GateOptions } from "./app.tsx";

export function gatewayOf({ gateway }: GateOptions): Gateway {
  const found = gateway();
  if (found === undefined)
    throw new Unavailable(
      "Cannot answer: no act has opened a gateway of this office yet",
    );
  return found;
}
