"""What the cases of vectors/invalid/ have in common: one fault each, all else made consistent as an office with every key would make it."""
import wire
from lantern import COMPANIES, STEP_FEE, serving
from wire import b64u, sha

faults = {}


def fault(build):
    faults[build.__name__.replace("_", "-")] = build
    return build


def slot(minute):
    return f"2026-01-05 01:{minute:02}"


def swapped(raw, old, new):
    assert old in raw
    return raw.replace(old, new)


def used(rows=12, **permit_terms):
    """A log of the minute with two blocks, the head of the hour entered."""
    o = serving(**permit_terms)
    log = o.logs[0]
    log.block(slot(20), o.use("credit", slot(20), STEP_FEE, rows=rows), o.use("credit", slot(20), STEP_FEE))
    log.block(slot(22), o.use("credit", slot(22), STEP_FEE, rows=60))
    o.head(log, "2026-01-05 02:00:20")
    return o, log


def closing(rows=None, **use):
    """A log of the minute that was closed when its quarter was over, with these rows of totals before the closing head."""
    o = serving("2026-03-31 01:00")
    log = o.logs[0]
    log.block("2026-03-31 02:00", o.use("credit", "2026-03-31 02:00", STEP_FEE, rows=60, **use))
    o.head(log, "2026-03-31 03:00:20")
    if rows is not None:
        o.record({"kind": "totals", "log": log.origin, "rows": rows}, "gate-1", "2026-04-01 00:00:20")
    o.head(log, "2026-04-01 00:00:21", closed=True)
    return o


def totals_rows():
    return [{"permit": "credit", "month": "2026-03", "fee": "fee-records", "uses": 1, "calls": 1, "steps": 2, "charged": 50, "currency": "CNY"}]


def vintage(**other):
    return {"kind": "vintage", "dataset": "companies", "vintage": 1, "rows": 9, "digest": b64u(sha(b"file")),
            "schema": b64u(sha(wire.encode_bytes(COMPANIES["fields"]))), **other}
