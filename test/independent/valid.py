"""Stories in which a checker finds no contradiction: vectors/valid/<story>.json."""
import wire
from lantern import (
    ANSWERS, AUTHORISATION, CALL_FEE, CEILING, COMPANIES, DIRECTOR, FEE, OPERATOR, PAYER, PERMIT_OFFICER, PREPARER, PRICE_OFFICER, PRODUCT,
    REGISTRAR, RESIDENCE, RULEBOOK, STEP_FEE, STOPS, SYSTEM, answer, answering, body, enrolment, founded, gateway, granting, machine_key, offered,
    permit, priced, registered, serving, tenure,
)
from office import DAY, HOUR, MINUTE, breach, granted, key_of, missing, public_paper, refused, utc
from passkeys import person_passkey
from wire import b64u, leaf, sha
from witnesses import WITNESSES, grease, policy_of

stories = {}


def story(build):
    stories[build.__name__.replace("_", "-")] = build
    return build


@story
def founding():
    return founded().case("An office with its founding act and nothing else")


@story
def key_enrolment():
    o = registered()
    o.act(OPERATOR, REGISTRAR)
    o.act(PAYER, REGISTRAR)
    o.act(AUTHORISATION, PREPARER, DIRECTOR)
    o.act(PRODUCT, PREPARER, DIRECTOR)
    granting(o)
    deputy = ("approved", 4, "permit-deputy")
    young = o.clock - MINUTE + DAY
    o.act(permit("early"), PREPARER, deputy, ruling=refused(breach("I4", ["key", key_of("person-4")], ["signs-from", young])))
    o.act(permit("last-moment"), PREPARER, deputy, at=young - 1, ruling=refused(breach("I4", ["key", key_of("person-4")], ["signs-from", young])))
    o.act(permit("first-moment"), PREPARER, deputy, at=young)
    o.act(enrolment(4, "person-4-second"), DIRECTOR, REGISTRAR, ("holder", 4, None), keys={4: "person-4-second"})
    o.act({"kind": "keyRevoked", "key": key_of("person-4"), "reason": "replaced"}, DIRECTOR)
    o.act(permit("new-key"), PREPARER, deputy, keys={4: "person-4-second"}, at=o.clock + 25 * HOUR)
    again = b64u(sha(b"an id that comes twice")[:16])
    o.act(body("north"), REGISTRAR, id=again, until=o.clock + MINUTE)
    o.act(body("south"), REGISTRAR, id=again, at=o.clock + 1)
    o.act(body("east"), REGISTRAR, until=o.clock + MINUTE + 14 * DAY)
    return o.case("A key signs 24 hours after its entry to the millisecond and is replaced by a second one; an id is free again when its "
                  "statement's time is over; a statement may live 14 days")


@story
def batch():
    o = founded()
    o.act(SYSTEM, REGISTRAR)
    systems = [{**SYSTEM, "system": name, "title": f"System {name}", "description": "existence"} for name in ("tax", "water", "bureau.post")]
    o.batch(systems, REGISTRAR)
    o.batch([{**SYSTEM, "system": f"s{i}", "title": f"System {i}"} for i in range(4)] + [body("bureau")], PREPARER, REGISTRAR,
            rulings={4: refused(breach("V-NEW", ["body", "bureau"]))})
    o.batch([body("alone")], REGISTRAR)
    return o.case("Batches of three, five and one, each signed once; one act of the second is refused")


@story
def public_body_fee_refused():
    o = offered(product={**PRODUCT, "authorisation": None})
    fee = {**FEE, "fee": "fee-bureau", "payee": {"body": "bureau"}, "ground": None}
    o.act(fee, PREPARER, PRICE_OFFICER, ruling=refused(
        breach("CN-PRC-18", ["payee-kind", "body"]), missing("CN-PRC-03", ["ceiling", "none"]), breach("CN-DEP-04", ["payee-kind", "body"])))
    o.act(fee, PREPARER, PRICE_OFFICER, ruling=refused(
        breach("CN-PRC-18", ["payee-kind", "body"]), missing("CN-PRC-03", ["ceiling", "none"]), breach("CN-DEP-04", ["payee-kind", "body"])))
    return o.case("A public body asks for a price of its own: no power over it, no ceiling, no ground; asking again does not help")


@story
def refusals():
    o = priced()
    late = utc("2026-01-05 00:00")

    def no(act, *signers, **how):
        *signers, findings = signers
        o.act(act, *signers, ruling=refused(*findings), **how)

    no(body("bureau"), REGISTRAR, [breach("V-NEW", ["body", "bureau"])])
    no(tenure(2, "auditor"), DIRECTOR, [breach("I17", ["post", "auditor"], ["appointed-by", "director"])])
    no(tenure(2, "director"), DIRECTOR, [breach("V-NEW", ["post", "director"], ["tenure", "full"]), breach("I17", ["post", "director"], ["appointed-by", "director"])])
    no(permit("wide", fields=["number", "owner"], rowsMax=5000, to=None), PREPARER, PERMIT_OFFICER, [
        breach("V-SCOPE", ["product", "companies.records"], ["field", "owner"]), breach("V-SCOPE", ["rows", 5000], ["rows-max", 1000]),
        missing("I5", ["end", "none"])])
    no(permit("planning", "city-planning"), PREPARER, PERMIT_OFFICER, [breach("V-SCOPE", ["product", "companies.records"], ["purpose", "city-planning"])])
    no(permit("lobbying", "lobbying"), PREPARER, PERMIT_OFFICER, [breach("V-PUR", ["purpose", "lobbying"])])
    no({**STOPS, "system": "no-system"}, REGISTRAR, [missing("I1", ["described-system", "no-system"])])
    no({**AUTHORISATION, "authorisation": "for-ever", "to": None}, PREPARER, DIRECTOR, [missing("CN-OPS-10", ["end", "none"])])
    no({**FEE, "fee": "fee-high", "amount": 31}, PREPARER, PRICE_OFFICER, [breach("CN-PRC-03", ["amount", 31], ["ceiling", 30])])
    no({**FEE, "fee": "fee-early", "from": late}, PREPARER, PRICE_OFFICER, [missing("CN-PRC-03", ["ceiling", "none"]), breach("CN-PRC-14", ["from", late], ["entered", o.clock + MINUTE])])
    no(permit("both-roles"), ("prepared", 3, "permit-officer"), PERMIT_OFFICER, [breach("I4", ["same-person", "prepared-and-approved"])])
    no({**FEE, "fee": "fee-both"}, ("prepared", 3, "price-officer"), PRICE_OFFICER, [breach("I4", ["same-person", "prepared-and-approved"])])
    no({**PRODUCT, "product": "companies.more"}, DIRECTOR, [missing("I4", ["role", "prepared"], ["power", "prepareProducts"])])
    no(permit("not-held"), PREPARER, ("approved", 1, "permit-officer"), [breach("I4", ["not-held-by-signer", "permit-officer"])])
    no(permit("no-power"), PREPARER, DIRECTOR, [breach("I4", ["post", "director"], ["lacks-power", "permit"])])
    no(body("nobody-approves"), ("prepared", 2, "registrar"), [missing("I4", ["role", "approved"], ["power", "register"])])
    no({"kind": "keyEnrolled", "person": 3, "key": person_passkey("passkey-3", rpId="lantern")}, DIRECTOR, REGISTRAR, 
       [breach("V-KEY", ["rp-id", "lantern"]), breach("V-KEY", ["origin", "https://data.lantern.example"]), missing("I4", ["role", "holder"])])
    no({"kind": "rulebookAdopted", "rulebook": {**RULEBOOK, "limits": {**RULEBOOK["limits"], "permitMonthsMax": 36}}}, DIRECTOR,
       [breach("I13", ["limit", "permitMonthsMax"], ["number", 36], ["parent", 24])])
    no({"kind": "permitRevoked", "permit": "never-given", "reason": "breach"}, PERMIT_OFFICER, [missing("V-REF", ["permit", "never-given"])])
    o.act(RESIDENCE, REGISTRAR)
    no({**ANSWERS, "form": "aggregate", "key": None, "limits": None, "rowsPerStep": 99, "authorisation": None}, PREPARER, DIRECTOR,
       [breach("I12", ["product", "residence.answer"]), breach("V-STEP", ["rows-per-step", 99])])
    o.act({"kind": "rulebookAdopted", "rulebook": {**RULEBOOK, "until": utc("2026-01-05 02:00")}}, DIRECTOR)
    no({**CEILING, "ceiling": "too-late"}, PRICE_OFFICER, [breach("I5", ["rulebook-until", utc("2026-01-05 02:00")])], at="2026-01-05 02:00")
    return o.case("One refusal after the other, each with the rule that stands in its way")


@story
def reported_and_confirmed():
    o = registered()
    o.act(OPERATOR, REGISTRAR)
    report = public_paper("gazette", b"gazette of 2019")
    reported = {"kind": "reportedAuthorisation", "reported": "old-right", "operator": "clearwater", "datasets": ["companies"], "from": "2019", "to": "2027-06", "source": report}
    o.act(reported, REGISTRAR)
    o.act({"kind": "confirmed", "reported": "old-right", "authorisation": "confirmed-right"}, PREPARER, DIRECTOR, ruling=granted(breach("V-CONFIRMED", ["reported", "old-right"])))
    original = utc("2027-05-31 16:00")  # 1 June 2027 begins eight hours earlier in UTC
    o.act({"kind": "confirmed", "reported": "old-right", "authorisation": "longer-right", "to": original + HOUR}, PREPARER, DIRECTOR,
          ruling=refused(breach("V-NEW", ["confirmed", "old-right"]), breach("V-SCOPE", ["to", original + HOUR], ["original", original])))
    o.act({**PRODUCT, "authorisation": "confirmed-right"}, PREPARER, DIRECTOR)
    o.act({"kind": "reportedDecision", "reported": "old-fee", "about": "fee", "title": "Fee of 2019", "on": "2019-05-03", "source": report}, REGISTRAR)
    return o.case("A right from before the office is reported, confirmed with a flag, and not longer than the original",
                  papers={sha(b"gazette of 2019").hex(): b64u(b"gazette of 2019")})


@story
def every_kind_of_act():
    policy = b"quorum none\n"
    paper = public_paper("witness-policy", policy)
    o = priced()
    o.act({"kind": "rulebookAdopted", "rulebook": {**RULEBOOK, "limits": {**RULEBOOK["limits"], "keyDelayHours": 25}}}, DIRECTOR)
    o.act({"kind": "witnessPolicyAdopted", "policy": paper}, DIRECTOR)
    o.act(machine_key("warehouse", "vintage"), DIRECTOR)
    o.act(gateway(), DIRECTOR)
    o.act({"kind": "gatewayClosed", "gateway": "gate-1", "reason": "closed"}, DIRECTOR)
    o.act(body("harbour"), REGISTRAR)
    o.act(body("harbour-unit", parent="harbour"), REGISTRAR)
    o.act({"kind": "bodySucceeded", "body": "harbour", "successors": ["bureau", "price-office"], "how": "split"}, REGISTRAR)
    granting(o)
    o.act({"kind": "post", "post": "archivist", "title": "Archivist", "body": "bureau", "powers": ["report"], "superior": "director"}, DIRECTOR)
    o.act(tenure(4, "archivist", mode="acting", to=utc("2026-06-30 16:00")), PREPARER, DIRECTOR)
    o.act(tenure(4, "price-officer", mode="delegated", delegator=3, to=utc("2026-06-30 16:00")), DIRECTOR)
    o.act({"kind": "tenureEnded", "person": 4, "post": "archivist", "reason": "request"}, DIRECTOR)
    o.act({"kind": "reportedTenure", "person": 2, "post": "director", "mode": "acting", "from": "2019-05", "to": "2020-01-31", "source": public_paper("gazette", b"g")}, REGISTRAR)
    o.act({"kind": "keyRevoked", "key": key_of("person-4"), "reason": "breach", "doubtfulSince": o.clock - HOUR}, REGISTRAR)
    o.act(permit("credit"), PREPARER, PERMIT_OFFICER)
    o.act({"kind": "permitRevoked", "permit": "credit", "reason": "order"}, PERMIT_OFFICER)
    o.act({"kind": "feeEnded", "fee": "fee-records", "reason": "replaced"}, PRICE_OFFICER)
    o.act({"kind": "productWithdrawn", "product": "companies.records", "reason": "mistake"}, DIRECTOR)
    o.act({"kind": "authorisationEnded", "authorisation": "operate-2026", "reason": "expired"}, DIRECTOR)
    return o.case("Every kind of act that reported-and-confirmed has not, granted once", papers={sha(policy).hex(): b64u(policy)})


@story
def priced_uses():
    o = answering(serving(minutes=False))
    minute = o.open_log("minute", "2026-01-05 01:20")
    hour = o.open_log("hour", "2026-01-05 01:00")
    given = minute.block("2026-01-05 01:25", o.use("credit", "2026-01-05 01:25", STEP_FEE, rows=12), o.use("credit", "2026-01-05 01:25", STEP_FEE, rows=500),
                         o.use("relief", "2026-01-05 01:25", rows=101))
    receipts = o.use_receipts(minute, given, utc("2026-01-05 01:25"))
    o.head(minute, "2026-01-05 02:00:20")
    slot = "2026-01-05 02:00"
    answers = hour.block(slot, *(answer(o, "answers", slot, CALL_FEE, rows=i % 2) for i in range(3)), answer(o, "answers-relief", slot))
    receipts += o.use_receipts(hour, answers, utc(slot))
    minute.block("2026-01-05 02:59", o.use("credit", "2026-01-05 02:59", STEP_FEE, rows=51))
    o.head(hour, "2026-01-05 03:00:20")
    o.head(minute, "2026-01-05 03:00:21")
    return o.case("Uses in a log of the hour and a log of the minute: business is charged, public welfare is free of charge; receipts hold", receipts=receipts)


def counted(dataset, slot, opened, first=1, before=None):
    """Counts an `open` entry; with `before`, so many uses that its leaf sorts before or after the open entry."""
    uses = first
    while True:
        entry = {"v": 1, "kind": "counted", "dataset": dataset, "operation": "records", "slot": utc(slot), "of": b64u(leaf(opened)), "uses": uses, "bytes": uses * 2}
        if before is None or (leaf(wire.encode_bytes(entry)) < leaf(opened)) is before:
            return entry
        uses += 1


def opened(slot, dataset="bus-stops"):
    return wire.encode_bytes({"v": 1, "kind": "open", "dataset": dataset, "operation": "records", "slot": utc(slot)})


def opening_data():
    """Entries 0 to 4: open data needs no permit and no price."""
    o = founded()
    o.act(SYSTEM, REGISTRAR)
    o.act(STOPS, REGISTRAR)
    o.act(gateway(), DIRECTOR)
    return o, o.open_log("minute", o.clock + MINUTE)


@story
def open_data():
    o, minute = opening_data()
    slots = [f"2026-01-05 01:{i:02}" for i in (10, 11, 12)]
    first, second, third = map(opened, slots)
    refusal = {"v": 1, "kind": "refused", "slot": utc(slots[0]), "organisation": "brightline", "dataset": "companies", "rule": "I1", "count": 3}
    minute.block(slots[0], first, counted("bus-stops", slots[0], first, before=True), refusal)
    minute.block(slots[1], second, counted("bus-stops", slots[1], second, before=False))
    minute.block(slots[2], third)
    o.act(body("north"), REGISTRAR, at=slots[2] + ":20")
    minute.block(slots[2], counted("bus-stops", slots[2], third))
    o.head(minute, "2026-01-05 02:00:20")
    receipts = [one for slot, raw in zip(slots, (first, second, third)) for one in o.use_receipts(minute, [raw], utc(slot))]
    return o.case("Open data is counted, not traced: a count may sort before what it counts, or stand in the slot's next block", receipts=receipts)


@story
def revocation():
    o = answering(serving(minutes=False))
    o.act(permit("second"), PREPARER, PERMIT_OFFICER)
    minute = o.open_log("minute", "2026-01-05 01:30", "2026-01-05 01:30")
    hour = o.open_log("hour", "2026-01-05 01:00", "2026-01-05 01:30:01")
    slot = "2026-01-05 01:40"
    given = minute.block(slot, *(o.use(name, slot, STEP_FEE) for name in ("credit", "credit", "second")))
    hour.block("2026-01-05 01:00", answer(o, "answers", "2026-01-05 01:00", CALL_FEE))
    o.act({"kind": "permitRevoked", "permit": "credit", "reason": "breach"}, PERMIT_OFFICER, at=slot + ":30")
    refusal = {"v": 1, "kind": "refused", "slot": utc(slot), "organisation": "brightline", "dataset": "companies", "rule": "I2", "count": 2}
    minute.block(slot, o.use("second", slot, STEP_FEE), refusal)
    hour.block("2026-01-05 01:00")
    o.head(minute, slot + ":50")
    o.head(hour, "2026-01-05 01:41:30")
    minute.block("2026-01-05 01:45", o.use("second", "2026-01-05 01:45", STEP_FEE))
    o.head(minute, "2026-01-05 02:00:20")
    return o.case("A permit is revoked in the middle of a slot: both logs cut their block, anchor beyond the act and enter their heads within 60 seconds",
                  receipts=o.use_receipts(minute, given, utc(slot)))


@story
def price_change():
    o = serving()
    minute = o.logs[0]
    minute.block("2026-01-05 01:20", o.use("credit", "2026-01-05 01:20", STEP_FEE, rows=60))
    o.act({**FEE, "fee": "fee-lower", "amount": 20}, PREPARER, PRICE_OFFICER, at="2026-01-05 01:20:10")
    o.act({**FEE, "fee": "fee-next-hour", "amount": 30, "from": utc("2026-01-05 02:00")}, PREPARER, PRICE_OFFICER, at="2026-01-05 01:20:20")
    minute.block("2026-01-05 01:20", o.use("credit", "2026-01-05 01:20", ("fee-lower", 20, "step"), rows=60))
    o.head(minute, "2026-01-05 01:20:50")
    minute.block("2026-01-05 01:59", o.use("credit", "2026-01-05 01:59", ("fee-lower", 20, "step")))
    o.head(minute, "2026-01-05 02:00:00")
    minute.block("2026-01-05 02:00", o.use("credit", "2026-01-05 02:00", ("fee-next-hour", 30, "step")))
    o.head(minute, "2026-01-05 03:00:10")
    return o.case("A lower price works at once in a new block, a higher one from the hour it names; of the fees in force the one entered last counts")


@story
def price_above_its_ceiling():
    o = serving()
    minute = o.logs[0]
    o.act({**CEILING, "ceiling": "ceiling-lower", "amount": 20, "to": utc("2026-01-05 03:00")}, PRICE_OFFICER, at="2026-01-05 01:20:10")
    minute.block("2026-01-05 01:20", o.use("credit", "2026-01-05 01:20", None))
    o.head(minute, "2026-01-05 01:20:50")
    minute.block("2026-01-05 02:59", o.use("credit", "2026-01-05 02:59", None))
    o.head(minute, "2026-01-05 03:00:00")
    minute.block("2026-01-05 03:00", o.use("credit", "2026-01-05 03:00", STEP_FEE))
    o.head(minute, "2026-01-05 04:00:10")
    return o.case("While a lower ceiling is in force, the fee above it is not charged; when that ceiling has ended, the older one and the fee stand again")


@story
def closed_quarter():
    o = serving("2026-03-30 01:00")
    o.act({"kind": "organisation", "organisation": "harbour-hospital", "title": "Harbour Hospital", "class": "welfare"}, REGISTRAR)
    o.act(permit("relief", "flood-relief", "harbour-hospital"), PREPARER, PERMIT_OFFICER)
    log = o.logs[0]
    for slot, uses in [
        ("2026-03-30 01:20", [("credit", STEP_FEE, 60), ("relief", None, 160)]), ("2026-03-31 15:59", [("credit", STEP_FEE, 500)]),
        ("2026-03-31 16:00", [("credit", STEP_FEE, 1), ("relief", None, 1)]),
    ]:
        log.block(slot, *(o.use(name, slot, fee, rows=rows) for name, fee, rows in uses))
        o.head(log, utc(slot) // HOUR * HOUR + HOUR + 20_000)
    o.record(totals_of(log), "gate-1", "2026-04-01 00:00:20")
    o.head(log, "2026-04-01 00:00:21", closed=True)
    o.open_log("minute", "2026-04-01 00:00", "2026-04-01 00:00:30", quarter="2026q2")
    return o.case("A quarter is over: the log's totals by permit, month in the office's own time, and fee are entered, it is closed, and the next log opens")


def totals_of(log):
    rows = [
        {"permit": "credit", "month": "2026-03", "fee": "fee-records", "uses": 2, "calls": 2, "steps": 12, "charged": 300, "currency": "CNY"},
        {"permit": "credit", "month": "2026-04", "fee": "fee-records", "uses": 1, "calls": 1, "steps": 1, "charged": 25, "currency": "CNY"},
        {"permit": "relief", "month": "2026-03", "uses": 1, "calls": 1, "steps": 4, "charged": 0},
        {"permit": "relief", "month": "2026-04", "uses": 1, "calls": 1, "steps": 1, "charged": 0},
    ]
    return {"kind": "totals", "log": log.origin, "rows": rows}


@story
def gateway_closed():
    o = answering(serving("2026-03-31 01:00", minutes=False))
    minute = o.open_log("minute", "2026-03-31 01:20", "2026-03-31 01:20")
    hour = o.open_log("hour", "2026-03-31 01:00", "2026-03-31 01:20:01")
    slot = "2026-03-31 02:10"
    raws = minute.block(slot, o.use("credit", slot, STEP_FEE, rows=60))
    hour.block("2026-03-31 02:00", answer(o, "answers", "2026-03-31 02:00", CALL_FEE))
    o.head(minute, "2026-03-31 03:00:20")
    o.head(hour, "2026-03-31 03:00:21")
    for log, permit_of, fee, steps, charged in ((minute, "credit", "fee-records", 2, 50), (hour, "answers", "fee-answers", 1, 150)):
        row = {"permit": permit_of, "month": "2026-03", "fee": fee, "uses": 1, "calls": 1, "steps": steps, "charged": charged, "currency": "CNY"}
        o.record({"kind": "totals", "log": log.origin, "rows": [row]}, "gate-1", "2026-04-01 00:00:20")
        o.head(log, "2026-04-01 00:00:20", closed=True)
    o.act({"kind": "gatewayClosed", "gateway": "gate-1", "reason": "closed"}, DIRECTOR)
    o.act({"kind": "permitRevoked", "permit": "credit", "reason": "request"}, PERMIT_OFFICER)
    return o.case("A gateway closes its two logs when their quarter is over, and an act then closes the gateway: it owes no head to what is revoked "
                  "later, and its receipts hold", receipts=o.use_receipts(minute, raws, utc(slot)))


@story
def streamed_and_asked_again():
    o = serving()
    log = o.logs[0]
    of = lambda raw: b64u(leaf(raw))
    streams = [o.use("credit", "2026-01-05 01:20", STEP_FEE, state="open", rows=rows) for rows in (500, 400, 300)]
    keyed = {**o.use("credit", "2026-01-05 01:20", STEP_FEE), "keyed": True}
    settle = lambda use, result, steps, charge, n: {
        "v": 1, "kind": "settle", "of": of(wire.encode_bytes(use)), "result": result, "units": {"calls": 1, "steps": steps, "bytes": 3},
        "subjects": 0, "charge": charge, "private": b64u(sha(b"settled %d" % n))}
    again = lambda slot, n: {"v": 1, "kind": "repeat", "of": of(wire.encode_bytes(keyed)), "slot": utc(slot), "private": b64u(sha(b"again %d" % n))}
    log.block("2026-01-05 01:20", *streams, keyed, settle(streams[0], "complete", 9, 225, 1), again("2026-01-05 01:20", 1))
    log.block("2026-01-05 01:22", settle(streams[1], "cancelled", 2, 50, 2), settle(streams[2], "broken", 1, 0, 3), again("2026-01-05 01:22", 2))
    o.head(log, "2026-01-05 02:00:20")
    return o.case("Three streamed answers: one came to its end, one was cut short and is charged as far as it went, one broke and is free; and a keyed "
                  "use is answered anew twice, free of charge")


@story
def slot_still_open():
    o = serving()
    minute = o.logs[0]
    public = minute.block("2026-01-05 01:24", o.use("credit", "2026-01-05 01:24", STEP_FEE))
    shown = len(minute.entries)
    waiting = minute.block("2026-01-05 01:25", o.use("credit", "2026-01-05 01:25", STEP_FEE), o.use("credit", "2026-01-05 01:25", STEP_FEE))
    o.head(minute, "2026-01-05 01:25:20")
    receipts = o.use_receipts(minute, public, utc("2026-01-05 01:24")) + o.use_receipts(minute, waiting, utc("2026-01-05 01:25"))
    return o.case("A head names uses whose slot has not ended: they are not public yet and nothing is withheld", now="2026-01-05 01:25:30",
                  usage=[minute.shown(shown)], receipts=receipts)


@story
def two_gateways():
    o = serving()
    o.act(gateway("gate-2"), DIRECTOR)
    second = o.open_log("minute", "2026-01-05 01:13", gateway="gate-2")
    for log, slots in ((o.logs[0], ("01:20", "01:22")), (second, ("01:20", "01:21", "01:22"))):
        for slot in slots:
            log.block(f"2026-01-05 {slot}", o.use("credit", f"2026-01-05 {slot}", STEP_FEE))
        o.head(log, "2026-01-05 02:00:20")
    return o.case("One permit at two gateways: the sum over their logs is just its quota")


@story
def small_office():
    o = answering(serving(minutes=False))
    o.act(STOPS, REGISTRAR)
    o.act(machine_key("warehouse", "vintage"), DIRECTOR)
    granting(o)
    o.batch([{**SYSTEM, "system": name, "title": f"System {name}", "description": "existence"} for name in ("tax", "water", "works")], REGISTRAR)
    o.record({"kind": "vintage", "dataset": "companies", "vintage": 1, "rows": 1204, "digest": b64u(sha(b"companies, first vintage")),
              "schema": b64u(sha(wire.encode_bytes(COMPANIES["fields"])))}, "warehouse")
    o.act({**FEE, "fee": "fee-bureau", "payee": {"body": "bureau"}, "ground": None}, PREPARER, PRICE_OFFICER,
          ruling=refused(breach("CN-PRC-18", ["payee-kind", "body"]), breach("CN-DEP-04", ["payee-kind", "body"])))
    minute = o.open_log("minute", "2026-01-05 01:40", "2026-01-05 01:40")
    hour = o.open_log("hour", "2026-01-05 01:00", "2026-01-05 01:40:01")
    slot = "2026-01-05 01:45"
    seen = opened(slot)
    raws = minute.block(slot, seen, counted("bus-stops", slot, seen), o.use("credit", slot, STEP_FEE, rows=160),
                        o.use("relief", slot))
    receipts = o.use_receipts(minute, raws, utc(slot))
    hour.block("2026-01-05 01:00", answer(o, "answers", "2026-01-05 01:00", CALL_FEE), answer(o, "answers-relief", "2026-01-05 01:00"))
    remembered = [minute.checkpoint(), o.checkpoint(cosigned=[(WITNESSES[0], o.clock // 1000 + 2)])]
    o.head(minute, "2026-01-05 02:00:20")
    o.head(hour, "2026-01-05 02:00:21")
    slot = "2026-01-06 03:10"
    o.act(permit("by-deputy", quota={"steps": 20}), PREPARER, ("approved", 4, "permit-deputy"), at="2026-01-06 03:00")
    receipts += o.act_receipt(len(o.entries) - 1)
    minute.block(slot, *(o.use("by-deputy", slot, STEP_FEE, rows=rows) for rows in (260, 300)), o.use("credit", slot, STEP_FEE))
    o.act({"kind": "permitRevoked", "permit": "credit", "reason": "breach"}, PERMIT_OFFICER, at=slot + ":30")
    minute.block(slot, o.use("by-deputy", slot, STEP_FEE, rows=400))
    hour.block("2026-01-06 03:00", answer(o, "answers", "2026-01-06 03:00", CALL_FEE))
    o.head(minute, slot + ":45")
    o.head(hour, slot + ":46")
    newest = o.checkpoint(cosigned=[(witness, o.clock // 1000 + 1) for witness in WITNESSES[:2]], more=[grease(o)])
    return o.case("A small office: keys, rights, prices, a refused fee, open data, uses in two logs, a revocation, receipts, witnesses of the register log",
                  checkpoint=newest, policy=policy_of(o), receipts=receipts, remembered=remembered)
