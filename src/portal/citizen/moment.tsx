import type { FC } from "hono/jsx";
import { showInstant } from "../../acts/dates.ts";
import { sayTime } from "../lang/figures.ts";
import { When } from "../when.tsx";

/** An instant in the office's own zone. */
export const Moment: FC<{ at: number; offsetMinutes: number }> = ({
  at,
  offsetMinutes,
}) => <When at={showInstant(at, offsetMinutes)} />;

export function dayOf(at: number, offsetMinutes: number): string {
  return sayTime(showInstant(at, offsetMinutes).slice(0, 10));
}
