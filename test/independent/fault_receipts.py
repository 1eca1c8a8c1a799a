"""Faults of receipts: what they promise, and what their openings say of a use."""
import wire
from fault import fault, slot
from lantern import DIRECTOR, REGISTRAR, STEP_FEE, answer, answering, body, founded, machine_key, registered, serving
from office import DAY, HOUR, MINUTE, utc
from valid import opened, opening_data


def receipted(about, finding, change=None, **how):
    o = serving()
    raws = o.logs[0].block(slot(20), *(o.use("credit", slot(20), STEP_FEE) for _ in range(3)))
    o.head(o.logs[0], "2026-01-05 02:00:20")
    receipts = o.use_receipts(o.logs[0], raws, utc(slot(20)))
    return o.case(about, finding, receipts=[change(receipts), receipts[2]], **how)


@fault
def receipt_path_wrong():
    return receipted("A receipt's path does not lead to the root that was signed", "receipt",
                     lambda all: {**all[0], "group": {**all[0]["group"], "path": all[0]["group"]["path"][::-1]}})


@fault
def receipt_signature_wrong():
    return receipted("A receipt's signature is for a later publication", "receipt", lambda all: {**all[0], "publishBy": all[0]["publishBy"] + HOUR})


@fault
def receipt_opening_wrong():
    return receipted("A receipt's opening does not open the entry's commitment", "receipt", lambda all: {**all[0], "opening": all[1]["opening"]})


@fault
def receipt_entry_missing():
    o = serving()
    slot20 = slot(20)
    promised = wire.encode_bytes(o.use("credit", slot20, STEP_FEE))
    raws = o.logs[0].block(slot20, o.use("credit", slot20, STEP_FEE))
    o.head(o.logs[0], "2026-01-05 02:00:20")
    return o.case("A gateway promised an entry that is not in its log when it was due", "receipt-missing",
                  receipts=o.use_receipts(o.logs[0], [promised, *raws], utc(slot20)))


@fault
def receipt_of_an_act_that_is_not_there():
    kept, o = registered(), founded()
    o.act(body("north"), REGISTRAR)
    return o.case("The office promised an act's entry, and another stands at its index", "receipt-missing", receipts=kept.act_receipt(1))


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


# Openings: the entry is lawful and charged right, its private part says something else.


def opening_of(about, **said):
    """A use of 60 rows of the minute, whose private part differs from what was entered."""
    o = serving()
    raws = o.logs[0].block(slot(20), o.use("credit", slot(20), STEP_FEE, **{"rows": 60, **said}))
    o.head(o.logs[0], "2026-01-05 02:00:20")
    return o.case(about, "receipt", receipts=o.use_receipts(o.logs[0], raws, utc(slot(20))))


def asking(**change):
    plan = {"form": "records", "dataset": "companies", "fields": ["number", "name", "status"], "order": [], "limit": 60,
            "where": [{"field": "number", "op": "eq", "value": "L-1001"}]}
    return {**plan, **change}


@fault
def receipt_opening_of_more_rows():
    return opening_of("Three steps were entered and charged, and the opening says 60 rows, which are two", steps=3)


@fault
def receipt_opening_of_rows_not_asked_for():
    return opening_of("The opening says 60 rows, and that 50 were asked for at most", plan=asking(limit=50))


@fault
def receipt_opening_of_more_bytes():
    return opening_of("The opening says one byte more than the unit of bytes that was entered", bytes=65_537)


@fault
def receipt_opening_of_another_organisation():
    return opening_of("The opening names another organisation than the permit", organisation="clearwater")


@fault
def receipt_opening_of_another_form():
    count = {"form": "aggregate", "dataset": "companies", "measures": [{"measure": "count"}], "by": ["number", "name", "status"],
             "where": asking()["where"], "limit": 60}
    return opening_of("Records were entered, and the opening asks for a count by all their fields", plan=count)


@fault
def receipt_opening_of_another_dataset():
    return opening_of("The opening asks for a dataset that the product is not of", plan=asking(dataset="residence"))


@fault
def receipt_opening_of_other_fields():
    return opening_of("The opening asks for one field less than was entered", plan=asking(fields=["number", "name"]))


@fault
def receipt_opening_of_other_conditions():
    return opening_of("The opening orders by a field for which no condition was entered", plan=asking(order=[{"field": "name", "direction": "asc"}]))


@fault
def receipt_opening_beyond_the_product():
    return opening_of("The opening asks for a field that the product does not have", plan=asking(fields=["number", "name", "status", "owner"]))


@fault
def receipt_opening_of_another_time():
    return opening_of("The opening is of the millisecond after the slot that was entered", at=utc(slot(21)))


@fault
def receipt_opening_with_free_text_member():
    return opening_of("The opening has a member that no schema names", remark="ask for me at the side door")


@fault
def receipt_opening_of_more_persons():
    o = answering(serving(minutes=False))
    hour = o.open_log("hour", "2026-01-05 01:00")
    one = answer(o, "answers-relief", "2026-01-05 02:00")
    raws = hour.block("2026-01-05 02:00", {**one, "subjects": 10})
    o.head(hour, "2026-01-05 03:00:20")
    return o.case("Up to ten persons were entered, and the opening names one", "receipt", receipts=o.use_receipts(hour, raws, utc("2026-01-05 02:00")))


@fault
def receipt_opening_of_open_data():
    o, log = opening_data()
    (raw,) = log.block(slot(10), opened(slot(10)))
    private = o.use("credit", slot(10))["private"]
    receipt = {**o.use_receipts(log, [raw], utc(slot(10)))[0], "opening": o.openings[private]}
    return o.case("A receipt of open data, which commits to nothing, brings an opening", "receipt", receipts=[receipt], now=slot(10) + ":30")
