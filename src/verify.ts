/**
 * What outsiders may import: the checker, pure. Formats are in docs/spec/, findings in `FaultCode`.
 *
 * `audit(primitives, world)` decides everything again from the logs' entries: `world` gives the logs (sizes, roots and bundles of
 * 256 entries), the editions that the caller brings along by digest, and the time of the check in milliseconds UTC. It never
 * throws for what a log holds: what is wrong is a `Fault`.
 */
export { audit, type AuditResult, type AuditWorld } from "./audit/audit.ts";
export type { Fault, FaultCode } from "./audit/report.ts";
export type { LogSource } from "./audit/source.ts";
export { editions } from "./rules/editions.ts";
export { parseReceipt, type Receipt } from "./uses/receipt.ts";
