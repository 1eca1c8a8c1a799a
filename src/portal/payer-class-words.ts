import type { PayerClass } from "../acts/shapes.ts";
import type { Message } from "./lang/say.ts";

export const PAYER_CLASSES = {
  publicBody: "a public body",
  welfare: "a public-welfare body",
  research: "a research body",
  smallEnterprise: "a small enterprise",
  enterprise: "an enterprise",
} as const satisfies Record<PayerClass, Message>;
