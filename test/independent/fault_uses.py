"""Faults of uses, charges and open data."""
from fault import closing, fault, slot, totals_rows
from lantern import (
    CEILING, COMPANIES, DIRECTOR, FEE, PERMIT_OFFICER, PREPARER, PRICE_OFFICER, REGISTRAR, RULEBOOK, STEP_FEE, SYSTEM, answer, answering, founded,
    gateway, offered, permit, priced, serving,
)
from office import public_paper, utc
from valid import counted, opened, opening_data
from wire import b64u, leaf, sha


# Uses and charges.


def one_use(about, *findings, fee=STEP_FEE, name="credit", spent=None, **use):
    o = serving()
    o.logs[0].block(slot(20), {**o.use(name, slot(20), fee, **use), "spent": spent}, o.use("credit", slot(20), STEP_FEE))
    o.head(o.logs[0], "2026-01-05 02:00:20")
    return o.case(about, *findings)


@fault
def use_beyond_the_fields():
    return one_use("A use returned a field that its permit does not name", "use", fields="f")


@fault
def use_beyond_the_conditions():
    return one_use("A condition stood on a field that the permit names for return only", "use", where="3")


@fault
def use_of_another_form():
    return one_use("A use was entered as a file under a permit for records", "use", operation="file")


@fault
def use_of_too_many_rows():
    return one_use("One call took more steps than the permit's rows allow", "use", rows=501)


@fault
def use_of_no_step():
    return one_use("A use costs no step", "use", steps=0)


@fault
def use_of_two_calls():
    return one_use("One answer is entered, and charged, as two calls", "use", fee=("fee-records", 25, "step"), calls=2)


@fault
def use_with_exact_subjects():
    return one_use("A use states the number of its subjects, not their size class", "use", subjects=7)


@fault
def use_under_an_unknown_permit():
    return one_use("A use names a permit that was never given", "use", name="never-given")


@fault
def use_beyond_the_quota():
    o = serving(quota={"calls": 2})
    for minute in (20, 21, 22):
        o.logs[0].block(slot(minute), o.use("credit", slot(minute), STEP_FEE))
    o.head(o.logs[0], "2026-01-05 02:00:20")
    return o.case("A third call under a permit for two", "use")


@fault
def use_beyond_the_quota_at_two_gateways():
    o = serving(quota={"steps": 6})
    o.act(gateway("gate-2"), DIRECTOR)
    o.open_log("minute", slot(13), gateway="gate-2")
    for log in o.logs:
        log.block(slot(20), o.use("credit", slot(20), STEP_FEE, rows=151))
        o.head(log, "2026-01-05 02:00:20")
    return o.case("Four steps at each of two gateways under a permit for six", "use")


@fault
def use_after_the_permits_end():
    o = serving(to=utc("2026-01-05 02:00"))
    o.logs[0].block("2026-01-05 01:59", o.use("credit", "2026-01-05 01:59", STEP_FEE))
    o.logs[0].block("2026-01-05 02:00", o.use("credit", "2026-01-05 02:00", STEP_FEE))
    o.head(o.logs[0], "2026-01-05 03:00:20")
    return o.case("A use in the slot that begins when the permit has ended", "use")


@fault
def use_before_the_permit_begins():
    o = serving(**{"from": utc("2026-01-05 02:00")})
    o.logs[0].block(slot(59), o.use("credit", slot(59), STEP_FEE))
    o.head(o.logs[0], "2026-01-05 02:00:20")
    return o.case("A use in the slot before the permit begins", "use")


@fault
def use_after_the_revocation():
    o = serving()
    log = o.logs[0]
    o.act({"kind": "permitRevoked", "permit": "credit", "reason": "breach"}, PERMIT_OFFICER, at=slot(20) + ":10")
    log.block(slot(20), o.use("credit", slot(20), STEP_FEE))
    o.head(log, slot(20) + ":40")
    return o.case("A use under a revoked permit, in a block anchored beyond the revocation", "use")


@fault
def use_after_the_product_was_withdrawn():
    o = serving()
    log = o.logs[0]
    o.act({"kind": "productWithdrawn", "product": "companies.records", "reason": "mistake"}, DIRECTOR, at=slot(20) + ":10")
    log.block(slot(20), o.use("credit", slot(20), STEP_FEE))
    o.head(log, slot(20) + ":40")
    return o.case("A use of a product that was withdrawn", "use")


@fault
def use_after_the_authorisation_ended():
    o = serving()
    log = o.logs[0]
    o.act({"kind": "authorisationEnded", "authorisation": "operate-2026", "reason": "breach"}, DIRECTOR, at=slot(20) + ":10")
    log.block(slot(20), o.use("credit", slot(20), STEP_FEE))
    o.head(log, slot(20) + ":40")
    return o.case("A use of a product whose operator has lost the authorisation", "use")


@fault
def use_of_a_purpose_dropped():
    o = serving()
    log = o.logs[0]
    rest = [one for one in RULEBOOK["purposes"] if one["purpose"] != "credit-check"]
    o.act({"kind": "rulebookAdopted", "rulebook": {**RULEBOOK, "purposes": rest}}, DIRECTOR, at=slot(20) + ":10")
    log.block(slot(20), o.use("credit", slot(20), STEP_FEE))
    o.head(log, slot(20) + ":40")
    return o.case("A use under a permit whose purpose the rulebook has dropped", "use")


@fault
def use_with_budget_spent():
    return one_use("A use spends a privacy budget, which its edition does not know", "use", spent={"numerator": 1, "denominator": 1000})


@fault
def use_of_personal_data_under_the_minute():
    o = answering(serving(minutes=False))
    log = o.open_log("minute", slot(20))
    log.block(slot(21), answer(o, "answers", slot(21), ("fee-answers", 150, "call")))
    o.head(log, "2026-01-05 02:00:20")
    return o.case("A use of personal data stands in a log of the minute", "use")


@fault
def charge_one_unit_too_high():
    return one_use("A use is charged one unit more than its fee", "charge", charge=26)


@fault
def charge_left_out():
    return one_use("A use that costs a fee is free of charge for one payer", "charge", fee=None)


@fault
def charge_by_call_not_step():
    return one_use("A fee per step is charged per call", "charge", fee=("fee-records", 25, "call"), rows=130)


@fault
def charge_for_public_welfare():
    o = priced()
    o.act({"kind": "organisation", "organisation": "harbour-hospital", "title": "Harbour Hospital", "class": "welfare"}, REGISTRAR)
    o.act(permit("relief", "flood-relief"), PREPARER, PERMIT_OFFICER)
    o.act(gateway(), DIRECTOR)
    log = o.open_log("minute", slot(12))
    log.block(slot(20), o.use("relief", slot(20), STEP_FEE))
    o.head(log, "2026-01-05 02:00:20")
    return o.case("A use for public welfare is charged", "charge")


@fault
def charge_above_the_ceiling_of_the_day():
    o = serving()
    log = o.logs[0]
    o.act({**CEILING, "ceiling": "ceiling-lower", "amount": 20}, PRICE_OFFICER, at=slot(20) + ":10")
    log.block(slot(20), o.use("credit", slot(20), STEP_FEE))
    o.head(log, slot(20) + ":40")
    return o.case("The fee of the day of approval was charged after the ceiling had fallen below it", "charge")


@fault
def charge_on_a_dropped_ground():
    o = serving()
    log = o.logs[0]
    o.act({"kind": "rulebookAdopted", "rulebook": {**RULEBOOK, "grounds": []}}, DIRECTOR, at=slot(20) + ":10")
    log.block(slot(20), o.use("credit", slot(20), STEP_FEE))
    o.head(log, slot(20) + ":40")
    return o.case("A fee was charged after the rulebook had dropped the provision that lets it be charged", "charge")


@fault
def charge_of_the_old_fee():
    o = serving()
    log = o.logs[0]
    o.act({**FEE, "fee": "fee-lower", "amount": 20}, PREPARER, PRICE_OFFICER, at=slot(20) + ":10")
    log.block(slot(20), o.use("credit", slot(20), STEP_FEE))
    o.head(log, slot(20) + ":40")
    return o.case("A use is charged the fee that a lower one had replaced", "charge")


@fault
def charge_before_the_fee_begins():
    o = serving()
    log = o.logs[0]
    o.act({**FEE, "fee": "fee-later", "amount": 30, "from": utc("2026-01-05 02:00")}, PREPARER, PRICE_OFFICER, at=slot(20) + ":10")
    log.block(slot(20))
    o.head(log, slot(20) + ":40")
    log.block(slot(59), o.use("credit", slot(59), ("fee-later", 30, "step")))
    o.head(log, "2026-01-05 02:00:20")
    return o.case("A use is charged a fee in the slot before it begins", "charge")


@fault
def reported_approval_used_as_a_price():
    o = offered()
    gazette = public_paper("gazette", b"gazette of 2019")
    o.act({"kind": "reportedDecision", "reported": "old-fee", "about": "fee", "title": "Fee of 2019", "on": "2019-05-03", "source": gazette}, REGISTRAR)
    o.act(permit("credit"), PREPARER, PERMIT_OFFICER)
    o.act(gateway(), DIRECTOR)
    log = o.open_log("minute", slot(10))
    log.block(slot(20), o.use("credit", slot(20), ("old-fee", 25, "step")))
    o.head(log, "2026-01-05 02:00:20")
    return o.case("A use is charged on a reported approval; no fee was ever granted", "charge")


# Open data, streamed answers.


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
    return o.case("A count names another dataset than the open entry it counts, which nothing else counts", "counted", "open-uncounted")


@fault
def counted_without_open():
    o, log = opening_data()
    log.block(slot(10), counted("bus-stops", slot(10), opened(slot(10))))
    o.head(log, "2026-01-05 02:00:20")
    return o.case("Open data is counted that was never opened", "counted")


@fault
def counted_twice():
    o, log = opening_data()
    log.block(slot(10), opened(slot(10)), counted("bus-stops", slot(10), opened(slot(10))), counted("bus-stops", slot(10), opened(slot(10)), first=2))
    o.head(log, "2026-01-05 02:00:20")
    return o.case("One slot of open data is counted twice", "counted")


@fault
def open_never_counted():
    o, log = opening_data()
    log.block(slot(10), opened(slot(10)))
    log.block(slot(11))
    o.head(log, "2026-01-05 02:00:20")
    return o.case("Open data was opened in a slot and never counted", "open-uncounted")


def settle(o, of, **other):
    use = o.use("credit", slot(20), STEP_FEE)
    return {"v": 1, "kind": "settle", "of": b64u(leaf(of)), "result": "complete", "units": use["units"], "subjects": 0, "charge": 25, "private": use["private"], **other}


@fault
def settle_twice():
    o = serving()
    log = o.logs[0]
    (streamed,) = log.block(slot(20), o.use("credit", slot(20), STEP_FEE, state="open"))
    log.block(slot(21), settle(o, streamed))
    log.block(slot(22), settle(o, streamed))
    o.head(log, "2026-01-05 02:00:20")
    return o.case("A streamed use is settled twice", "settle")


@fault
def settle_of_another_log():
    o = serving()
    o.act(gateway("gate-2"), DIRECTOR)
    second = o.open_log("minute", slot(13), gateway="gate-2")
    (used_there,) = o.logs[0].block(slot(20), o.use("credit", slot(20), STEP_FEE))
    second.block(slot(21), settle(o, used_there))
    for log in o.logs:
        o.head(log, "2026-01-05 02:00:20")
    return o.case("A use of one log is settled in another", "settle")


@fault
def open_use_never_settled():
    o = closing(totals_rows(), state="open")
    return o.case("A use with state open was never settled, and its log is closed", "settle")


@fault
def settle_of_more():
    o = serving()
    log = o.logs[0]
    (streamed,) = log.block(slot(20), o.use("credit", slot(20), STEP_FEE, state="open"))
    more = o.use("credit", slot(20), STEP_FEE, rows=200)
    log.block(slot(21), settle(o, streamed, units=more["units"], charge=more["charge"]))
    o.head(log, "2026-01-05 02:00:20")
    return o.case("A streamed use is settled with more than was entered before its first byte", "settle")


@fault
def settle_of_broken_charged():
    o = serving()
    log = o.logs[0]
    (streamed,) = log.block(slot(20), o.use("credit", slot(20), STEP_FEE, state="open"))
    log.block(slot(21), settle(o, streamed, result="broken"))
    o.head(log, "2026-01-05 02:00:20")
    return o.case("An answer that broke is charged", "settle")


def keyed(o):
    return {**o.use("credit", slot(20), STEP_FEE), "keyed": True}


def repeat(of, at, n=1):
    return {"v": 1, "kind": "repeat", "of": b64u(leaf(of)), "slot": utc(at), "private": b64u(sha(b"again %d" % n))}


@fault
def repeat_without_a_key():
    o = serving()
    log = o.logs[0]
    (used,) = log.block(slot(20), o.use("credit", slot(20), STEP_FEE))
    log.block(slot(21), repeat(used, slot(21)))
    o.head(log, "2026-01-05 02:00:20")
    return o.case("A use that was asked without a key is answered anew, free of charge", "repeat")


@fault
def repeated_four_times():
    o = serving()
    log = o.logs[0]
    (used,) = log.block(slot(20), keyed(o))
    log.block(slot(21), *[repeat(used, slot(21), n) for n in range(4)])
    o.head(log, "2026-01-05 02:00:20")
    return o.case("A use is answered anew four times", "repeat")


@fault
def repeat_of_another_log():
    o = serving()
    o.act(gateway("gate-2"), DIRECTOR)
    second = o.open_log("minute", slot(13), gateway="gate-2")
    (used_there,) = o.logs[0].block(slot(20), keyed(o))
    second.block(slot(21), repeat(used_there, slot(21)))
    for log in o.logs:
        o.head(log, "2026-01-05 02:00:20")
    return o.case("A use of one log is answered anew in another", "repeat")
