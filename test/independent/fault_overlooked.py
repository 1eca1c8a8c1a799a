"""Faults that the contract names and that a checker easily overlooks."""
import wire
from fault import closing, fault, slot, used
from lantern import COMPANIES, DIRECTOR, FOUNDERS, REGISTRAR, STEP_FEE, SYSTEM, body, founded, gateway, genesis, machine_key, serving
from office import DAY, MINUTE, Office, missing, refused, signature_by, utc
from valid import counted, opened, opening_data
from wire import b64u, leaf, sha


@fault
def founding_act_refused():
    o = Office()
    o.act(genesis(), *FOUNDERS[:2], ruling=refused(missing("I17", ["signature-of", 3])))
    return o.case("The first entry is a founding act that was rightly refused: there is no office", "genesis")


@fault
def open_use_of_restricted_data():
    o = founded()
    o.act(SYSTEM, REGISTRAR)
    o.act(COMPANIES, REGISTRAR)
    o.act(gateway(), DIRECTOR)
    log = o.open_log("minute", slot(4))
    raw = opened(slot(10), "companies")
    log.block(slot(10), raw, counted("companies", slot(10), raw))
    o.head(log, "2026-01-05 02:00:20")
    return o.case("Restricted data was served as open data", "use")


@fault
def counted_for_another_dataset():
    o, log = opening_data()
    raw = opened(slot(10))
    log.block(slot(10), raw, {**counted("bus-stops", slot(10), raw), "dataset": "tram-stops"})
    o.head(log, "2026-01-05 02:00:20")
    return o.case("A count names another dataset than the open entry it counts", "counted")


@fault
def hour_without_a_head():
    o = serving()
    o.logs[0].block(slot(20), o.use("credit", slot(20), STEP_FEE))
    o.logs[0].block("2026-01-05 05:20", o.use("credit", "2026-01-05 05:20", STEP_FEE))
    o.head(o.logs[0], "2026-01-05 06:00:20")
    return o.case("A log grew in an hour for which no head was entered until four hours later", "head-late")


@fault
def closed_without_totals():
    o, _ = closing()
    return o.case("A log was closed and its totals were never entered", "totals")


@fault
def receipt_by_another_machine():
    o = serving()
    o.act(machine_key("warehouse", "vintage"), DIRECTOR)
    raws = o.logs[0].block(slot(20), o.use("credit", slot(20), STEP_FEE))
    o.head(o.logs[0], "2026-01-05 02:00:20")
    due = utc(slot(20)) + 11 * MINUTE
    return o.case("A receipt is signed with a machine's key that is not its gateway's", "receipt", receipts=o.receipts(o.logs[0].origin, raws, due, "warehouse"))


@fault
def receipt_due_too_late():
    o = serving()
    raws = o.logs[0].block(slot(20), o.use("credit", slot(20), STEP_FEE))
    o.head(o.logs[0], "2026-01-05 02:00:20")
    return o.case("A gateway promised a use in public a year after its slot", "receipt",
                  receipts=o.receipts(o.logs[0].origin, raws, utc(slot(20)) + 365 * DAY, "gate-1"))


@fault
def batch_of_1025():
    o = founded()
    said = o.statement(body("north"), [REGISTRAR], o.clock + MINUTE)
    others = sha(b"the root of 1,024 other statements")
    message = wire.batch_message(wire.node(others, leaf(wire.encode_bytes(said))))
    o.enter(said, [signature_by("person-2", message)], o.clock + MINUTE, batch={"index": 1024, "count": 1025, "path": [b64u(others)]})
    return o.case("A batch has one statement more than a batch may have", "unsigned")


@fault
def usage_log_missing():
    o, _ = used()
    return o.case("A usage log that heads name is not shown at all", "withheld", usage=[])
