"""Faults at the two ends of a usage log: the head that opens it, and what it owes when it is over."""
from fault import closing, fault, slot, totals_rows, used
from lantern import DIRECTOR, PERMIT_OFFICER, STEP_FEE, serving
from office import UsageLog, utc

LATE = "2026-01-23 01:00"


def revoked():
    """A permit is revoked while no log is there; 18 days later a log comes up. Gives the register's size from before as well."""
    o = serving(minutes=False)
    before = len(o.entries)
    o.act({"kind": "permitRevoked", "permit": "credit", "reason": "breach"}, PERMIT_OFFICER, at="2026-01-05 02:00")
    log = UsageLog(o, "gate-1", "minute", "2026q1")
    o.logs.append(log)
    return o, log, before


@fault
def first_head_after_revocation():
    o, log, before = revoked()
    log.block(LATE, size=before)
    o.head(log, LATE)
    log.block(LATE, o.use("credit", LATE, STEP_FEE), size=before)
    o.head(log, LATE + ":30")
    return o.case("A log is opened 18 days after a revocation, and rests on the register from before it", "head-late")


@fault
def log_not_empty_at_its_first_head():
    o, log, before = revoked()
    log.block(slot(30), o.use("credit", slot(30), STEP_FEE), size=before)
    log.block(LATE)
    o.head(log, LATE)
    return o.case("A log's first head, 18 days after a revocation, covers a use that says it was before", "head-late")


@fault
def first_head_before_the_first_anchor():
    o, log, before = revoked()
    o.head(log, LATE)
    log.block(LATE, o.use("credit", LATE, STEP_FEE), size=before)
    log.block(LATE)
    o.head(log, LATE + ":30")
    return o.case("A log is opened without an anchor, and its first use rests on the register from before a revocation", "head-anchored", "head-late")


@fault
def closed_and_used():
    april = [{**row, "month": "2026-04", "steps": 1, "charged": 25} for row in totals_rows()]
    o = closing(totals_rows() + april)
    log = o.logs[0]
    before = len(o.entries)
    o.act({"kind": "permitRevoked", "permit": "credit", "reason": "breach"}, PERMIT_OFFICER)
    log.block("2026-03-31 23:59", o.use("credit", "2026-03-31 23:59", STEP_FEE), size=before)
    return o.case("The totals of a closed log foretell a use, which is laid behind the closing head when its permit is revoked", "head-late")


@fault
def gateway_closed_and_used():
    o, log = used()
    row = {"permit": "credit", "month": "2026-01", "fee": "fee-records", "uses": 4, "calls": 4, "steps": 5, "charged": 125, "currency": "CNY"}
    o.record({"kind": "totals", "log": log.origin, "rows": [row]}, "gate-1", "2026-01-05 02:10:09")
    o.head(log, "2026-01-05 02:10:09", closed=True)
    o.act({"kind": "gatewayClosed", "gateway": "gate-1", "reason": "closed"}, DIRECTOR, at="2026-01-05 02:10:10")
    log.block("2026-01-05 02:11", o.use("credit", "2026-01-05 02:11", STEP_FEE))
    return o.case("A closed gateway goes on: a block rests on the register in which it is closed, and no head covers it", "record-key", "head-late")


@fault
def gateway_closed_without_totals():
    o, _ = used()
    o.act({"kind": "gatewayClosed", "gateway": "gate-1", "reason": "closed"}, DIRECTOR, at="2026-01-05 02:10:10")
    return o.case("A gateway is closed by an act, and the log of its uses was not closed before", "totals")


@fault
def quarter_over_and_not_closed():
    o, _ = used()
    renewed = o.open_log("minute", "2026-04-01 00:00", "2026-04-01 00:00:20", quarter="2026q2")
    renewed.block("2026-04-02 00:00")
    o.head(renewed, utc("2026-04-02 00:00:20") + 1)
    return o.case("A gateway works on for a day and a millisecond since the quarter was over, and has not closed the log of its uses", "totals")
