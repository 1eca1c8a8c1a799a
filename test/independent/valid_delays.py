"""Stories of acts that take effect after a delay, and of whoever signed one and disowns it."""
from lantern import DIRECTOR, FEE, PERMIT_OFFICER, PREPARER, PRICE_OFFICER, RULEBOOK, STEP_FEE, permit, serving
from office import breach, refused, utc
from valid import story

#: Entered at 01:20 with a delay of two hours: whole hours count.
EFFECT = utc("2026-01-05 04:00")
CHEAPER = ("fee-cheaper", 20, "step")


def disowned(entry):
    return {"kind": "disowned", "entry": entry}


def delayed():
    """Entries 12 to 15: the delay, a permit, a price, and a permit by a key that was stolen. The last one's number as well."""
    o = serving(minutes=False)
    o.act({"kind": "rulebookAdopted", "rulebook": {**RULEBOOK, "limits": {**RULEBOOK["limits"], "effectDelayHours": 2}}}, DIRECTOR)
    o.act(permit("late"), PREPARER, PERMIT_OFFICER, at="2026-01-05 01:20")
    o.act({**FEE, "fee": "fee-cheaper", "amount": 20}, PREPARER, PRICE_OFFICER, at="2026-01-05 01:20:01")
    o.act(permit("stolen"), PREPARER, PERMIT_OFFICER, at="2026-01-05 01:20:02")
    return o, len(o.entries) - 1


def opened(o, at="2026-01-05 03:58"):
    return o.open_log("minute", at, at + ":01")


@story
def effect_delayed():
    o, stolen = delayed()
    o.act(disowned(stolen), DIRECTOR, ruling=refused(breach("V-DISOWN", ["entry", stolen], ["not-signed-by", DIRECTOR[1]])))
    o.act(disowned(stolen), PERMIT_OFFICER)
    o.act(disowned(stolen), PERMIT_OFFICER, ruling=refused(breach("V-DISOWN", ["entry", stolen], ["by-entry", stolen + 2])))
    log = opened(o)
    log.block("2026-01-05 03:59", o.use("credit", "2026-01-05 03:59", STEP_FEE))
    log.block("2026-01-05 04:00", o.use("credit", "2026-01-05 04:00", CHEAPER), o.use("late", "2026-01-05 04:00", CHEAPER))
    o.head(log, "2026-01-05 04:10")
    o.act(disowned(stolen - 2), PERMIT_OFFICER, ruling=refused(breach("V-DISOWN", ["entry", stolen - 2], ["in-force-from", EFFECT])))
    o.act({"kind": "permitRevoked", "permit": "late", "reason": "breach"}, PERMIT_OFFICER)
    log.block("2026-01-05 04:12", o.use("credit", "2026-01-05 04:12", CHEAPER))
    o.head(log, o.clock + 30_000)
    return o.case("A permit and a price take effect after the delay of the rulebook; a permit is disowned in time by whoever had signed it, another too late, and revoked")
