"""Faults of rulings, records, heads and papers."""
from fault import closing, fault, slot, totals_rows, used, vintage
from lantern import (
    CEILING, DIRECTOR, FEE, FOUNDERS, PERMIT_OFFICER, PREPARER, PRICE_OFFICER, PRODUCT, REGISTRAR, RULEBOOK, STEP_FEE, body, enrolment,
    founded, gateway, genesis, granting, machine_key, offered, permit, person, priced, registered, serving, tenure,
)
from office import DAY, HOUR, MINUTE, Office, UsageLog, breach, granted, missing, person_key, public_paper, refused, signature_by, utc
from wire import b64u, sha


# Editions and rulings.


@fault
def edition_not_adopted():
    o = founded()
    o.act(body("north"), REGISTRAR, edition=2)
    return o.case("A ruling names an edition that the office has not adopted", "edition")


@fault
def ruling_of_another_edition():
    o = founded()
    o.act(body("north"), REGISTRAR, ruling=refused(breach("CN-REG-99", ["body", "north"])))
    return o.case("A ruling rests on a rule that its edition does not know", "ruling")


@fault
def ruling_edited():
    o = priced()
    o.act({**FEE, "fee": "fee-high", "amount": 90}, PREPARER, PRICE_OFFICER, ruling=refused(breach("CN-PRC-03", ["amount", 31], ["ceiling", 30])))
    return o.case("A refusal states another amount than the act asked for", "ruling")


@fault
def finding_left_out():
    o = offered(product={**PRODUCT, "authorisation": None})
    o.act({**FEE, "fee": "fee-bureau", "payee": {"body": "bureau"}, "ground": None}, PREPARER, PRICE_OFFICER, ruling=refused(missing("CN-PRC-03", ["ceiling", "none"])))
    return o.case("A refusal names one of its three findings", "ruling")


@fault
def granted_with_a_breach():
    o = priced()
    o.act({**FEE, "fee": "fee-high", "amount": 31}, PREPARER, PRICE_OFFICER)
    return o.case("A price above its ceiling was granted", "ruling")


@fault
def refused_without_a_breach():
    o = offered()
    o.act(permit("credit"), PREPARER, PERMIT_OFFICER, ruling=refused(missing("I5", ["end", "none"])))
    return o.case("A permit that nothing stands in the way of was refused", "ruling")


@fault
def body_fee_granted():
    o = offered(product={**PRODUCT, "authorisation": None})
    o.act(CEILING, PRICE_OFFICER)
    o.act({**FEE, "payee": {"body": "bureau"}}, PREPARER, PRICE_OFFICER)
    return o.case("A public body's own price was granted without power and ground", "ruling")


@fault
def fee_valid_before_its_entry():
    o = offered()
    o.act({**CEILING, "from": o.clock - o.clock % HOUR + HOUR}, PRICE_OFFICER)
    o.act({**FEE, "from": utc("2026-01-05 02:00")}, PREPARER, PRICE_OFFICER, at="2026-01-05 02:00:01")
    return o.case("A price begins a second before it was entered and was granted", "ruling")


@fault
def reported_ceiling_used():
    o = offered()
    gazette = public_paper("gazette", b"gazette of 2019")
    o.act({"kind": "reportedDecision", "reported": "old-ceiling", "about": "fee", "title": "Ceiling of 2019", "on": "2019", "source": gazette}, REGISTRAR)
    o.act(FEE, PREPARER, PRICE_OFFICER)
    return o.case("A price was granted on a reported approval: no ceiling stands in the register", "ruling")


@fault
def key_for_granting_post_by_one_person():
    o = founded()
    o.act(person(4), REGISTRAR)
    o.act(tenure(4, "permit-deputy"), DIRECTOR)
    o.act(enrolment(4, "person-4"), DIRECTOR, ("holder", 4, None))
    return o.case("A key for the holder of a granting post was enrolled by one person alone", "ruling")


@fault
def granting_post_for_key_by_one_person():
    o = founded()
    o.act(person(4), REGISTRAR)
    o.act(enrolment(4, "person-4"), DIRECTOR, ("holder", 4, None))
    o.act(tenure(4, "permit-deputy"), DIRECTOR)
    return o.case("A granting post was given to a person whose key one person alone had enrolled", "ruling")


@fault
def own_enrolment():
    o = founded()
    o.act(enrolment(2, "person-2-second"), REGISTRAR, ("holder", 2, None), sign=lambda _, message: [signature_by(name, message) for name in ("person-2", "person-2-second")])
    return o.case("The registrar enrolled a second key for herself, and it was granted", "ruling")


@fault
def signed_after_the_tenure():
    o = offered()
    o.act({"kind": "tenureEnded", "person": 3, "post": "permit-officer", "reason": "expired"}, DIRECTOR)
    o.act(permit("credit"), PREPARER, PERMIT_OFFICER)
    return o.case("A permit was granted on the signature of somebody whose tenure had ended", "ruling")


@fault
def key_under_24_hours():
    o = granting(founded(), "clerk")
    o.act(body("north"), ("approved", 4, "clerk"), at=o.clock - MINUTE + DAY - 1)
    return o.case("An act was granted on a key one millisecond under 24 hours old", "ruling")


@fault
def one_person_in_two_roles():
    o = offered()
    o.act(permit("credit"), ("prepared", 3, "permit-officer"), PERMIT_OFFICER)
    return o.case("One person prepared and approved a permit, which the rulebook forbids", "ruling")


@fault
def preparer_missing():
    o = offered()
    o.act(permit("credit"), PERMIT_OFFICER)
    return o.case("A permit was granted that nobody prepared", "ruling")


@fault
def approver_without_power():
    o = offered()
    o.act(permit("credit"), PREPARER, DIRECTOR)
    return o.case("A permit was granted by a post that has no power to permit", "ruling")


@fault
def appointed_to_the_own_auditor():
    o = founded()
    o.act(tenure(2, "auditor"), DIRECTOR)
    return o.case("The director appointed the director's auditor", "ruling")


@fault
def second_genesis_key_unsigned():
    o = Office()
    more = [*genesis()["keys"], {"person": 1, "key": person_key("person-1-second")}]
    o.act(genesis(keys=more), *FOUNDERS)
    return o.case("The founding act enrols a second key for the director, which did not sign it, and was granted", "ruling")


@fault
def machine_key_for_heads():
    o = registered()
    o.act(machine_key("warehouse", "head"), DIRECTOR)
    return o.case("A machine's key that is no gateway's was enrolled for heads, and it was granted", "ruling")


@fault
def rulebook_looser():
    o = founded()
    o.act({"kind": "rulebookAdopted", "rulebook": {**RULEBOOK, "limits": {**RULEBOOK["limits"], "permitMonthsMax": 36}}}, DIRECTOR)
    return o.case("A rulebook looser than the one before was adopted", "ruling")


@fault
def confirmed_without_flag():
    o = registered()
    o.act({"kind": "organisation", "organisation": "clearwater", "title": "Clearwater", "class": "enterprise"}, REGISTRAR)
    o.act({"kind": "reportedAuthorisation", "reported": "old-right", "operator": "clearwater", "datasets": ["companies"], "from": "2019", "to": "2027",
           "source": public_paper("gazette", b"gazette of 2019")}, REGISTRAR)
    o.act({"kind": "confirmed", "reported": "old-right", "authorisation": "confirmed-right"}, PREPARER, DIRECTOR)
    return o.case("A reported right was confirmed without the flag", "ruling")


@fault
def flag_without_reason():
    o = founded()
    o.act(body("north"), REGISTRAR, ruling=granted(breach("V-CONFIRMED", ["reported", "north"])))
    return o.case("A grant bears a flag that its edition does not give", "ruling")


# Records, heads, papers.


@fault
def record_by_unknown_key():
    o = registered()
    o.record(vintage(), "warehouse")
    return o.case("A record is signed with a key that no act enrolled", "record-key")


@fault
def record_kind_outside_the_list():
    o = registered()
    o.act(machine_key("warehouse", "erased"), DIRECTOR)
    o.record(vintage(), "warehouse")
    return o.case("A machine entered a kind of record that its key was not enrolled for", "record-key")


@fault
def record_after_the_key_ended():
    o = registered()
    o.act(machine_key("warehouse", "vintage", until=utc("2026-01-05 02:00")), DIRECTOR)
    o.record(vintage(), "warehouse", "2026-01-05 02:00")
    return o.case("A machine entered a record at the instant at which its key ended", "record-key")


@fault
def record_by_a_person():
    o = registered()
    o.record(vintage(), "person-1")
    return o.case("The director's own key signed a record", "record-key")


@fault
def gateway_never_opened():
    o = registered()
    o.open_log("minute", slot(1), gateway="gate-9")
    return o.case("A gateway that no act opened enters the head of a log", "record-key")


@fault
def gateway_closed_before():
    o = founded()
    o.act(gateway(), DIRECTOR)
    o.act({"kind": "gatewayClosed", "gateway": "gate-1", "reason": "closed"}, DIRECTOR)
    o.open_log("minute", slot(1))
    return o.case("A closed gateway entered the head of a log", "record-key")


@fault
def head_by_another_gateway():
    o = serving()
    o.act(gateway("gate-2"), DIRECTOR)
    second = o.open_log("minute", slot(13), gateway="gate-2")
    o.head(second, "2026-01-05 02:00:20", key="gate-1")
    return o.case("A gateway entered the head of another gateway's log", "record-key")


@fault
def log_of_no_slot_length():
    o = registered()
    o.act(gateway(), DIRECTOR)
    log = UsageLog(o, "gate-1", "minute", "2026q1")
    log.origin = f"{o.host}/gate-1/elsewhere/2026q1"
    log.block(slot(4))
    o.head(log)
    return o.case("A gateway enters the head of a log that is neither of the hour nor of the minute", "record-key")


@fault
def record_signature_broken():
    o = registered()
    o.act(machine_key("warehouse", "vintage"), DIRECTOR)
    o.record(vintage(), "warehouse", change=lambda entry: {**entry, "record": vintage(rows=10)})
    return o.case("The rows of a record were changed after its signature", "record-signature")


@fault
def record_of_another_office():
    o = registered()
    o.act(machine_key("warehouse", "vintage"), DIRECTOR)
    o.record(vintage(), "warehouse", origin="data.beacon.example/register")
    return o.case("A record that was signed for another office was entered here", "record-signature")


@fault
def head_smaller_than_the_last():
    o, log = used()
    log.block("2026-01-05 02:00", o.use("credit", "2026-01-05 02:00", STEP_FEE))
    o.head(log, "2026-01-05 02:00:30")
    o.head(log, "2026-01-05 02:00:40", size=len(log.entries) - 1)
    o.head(log, "2026-01-05 02:00:50")
    return o.case("A head names a smaller size than the head before", "head-smaller")


@fault
def head_root_wrong():
    o, log = used()
    o.head(log, "2026-01-05 02:00:30", root=b64u(log.root(3)))
    return o.case("A head names a root that the log does not have at that size", "head-root")


@fault
def head_not_consistent_with_the_last():
    o, log = used()
    other = UsageLog(o, "gate-1", "minute", "2026q1")
    other.entries, other.leaves, other.anchors = log.entries[:5], log.leaves[:5], log.anchors[:]
    other.add(o.use("credit", slot(22), STEP_FEE))
    o.logs = [other]
    other.block("2026-01-05 02:01", o.use("credit", "2026-01-05 02:01", STEP_FEE))
    o.head(other, "2026-01-05 03:00:20")
    return o.case("The log was rewritten behind a head that was entered: the later head does not extend it", "head-root")


@fault
def head_anchored_wrong():
    o, log = used()
    o.head(log, "2026-01-05 02:00:30", anchored=len(o.entries))
    return o.case("A head says that its log is anchored on a newer register than the log does", "head-anchored")


@fault
def head_late_after_revocation():
    o = serving()
    log = o.logs[0]
    log.block(slot(20), o.use("credit", slot(20), STEP_FEE))
    o.act({"kind": "permitRevoked", "permit": "credit", "reason": "breach"}, PERMIT_OFFICER, at=slot(20) + ":30")
    log.block(slot(20))
    o.head(log, utc(slot(21) + ":30") + 1)
    return o.case("The block was cut after a revocation, and the head came a millisecond after 60 seconds", "head-late")


@fault
def block_not_cut_after_revocation():
    o = serving()
    log = o.logs[0]
    log.block(slot(20), o.use("credit", slot(20), STEP_FEE))
    o.act({"kind": "permitRevoked", "permit": "credit", "reason": "breach"}, PERMIT_OFFICER, at=slot(20) + ":30")
    o.head(log, slot(20) + ":50")
    log.block(slot(40))
    o.head(log, "2026-01-05 02:00:20")
    return o.case("The head after a revocation came in time and still rests on the register before it", "block-uncut")


@fault
def totals_unequal_to_uses():
    rows = totals_rows()
    rows[0]["charged"] += 1
    return closing(rows).case("The totals of a closed log are one unit higher than its uses", "totals")


@fault
def totals_without_a_permit():
    return closing([]).case("The totals of a closed log leave a permit out", "totals")


@fault
def closed_without_totals():
    return closing().case("A log was closed and its totals were never entered", "totals")


@fault
def paper_digest_wrong():
    o = founded()
    gazette = public_paper("gazette", b"gazette of 2019")
    o.act({"kind": "reportedDecision", "reported": "old-fee", "about": "fee", "title": "Fee of 2019", "on": "2019-05", "source": gazette}, REGISTRAR)
    return o.case("Another paper of the same length is served at an act's address", "paper-digest", papers={sha(b"gazette of 2019").hex(): b64u(b"gazette of 2020")})
