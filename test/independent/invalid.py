"""One fault each, all else made consistent as an office with every key would make it: vectors/invalid/<fault>.json."""
import wire
from lantern import (
    AUTHORISATION, CEILING, COMPANIES, DIRECTOR, FEE, FOUNDERS, PAYER, PERMIT_OFFICER, PREPARER, PRICE_OFFICER, PRODUCT, REGISTRAR, RULEBOOK,
    STEP_FEE, SYSTEM, answer, answering, body, enrolment, founded, gateway, genesis, granting, machine_key, offered, permit, person, priced,
    registered, serving, tenure,
)
from office import DAY, GRANTED, HOUR, MINUTE, Office, UsageLog, breach, granted, key_of, missing, public_key, public_paper, refused, signature_by, utc
from valid import WITNESSES, counted, opened, opening_data, policy_of, totals_of
from wire import b64u, leaf, sha

faults = {}


def fault(build):
    faults[build.__name__.replace("_", "-")] = build
    return build


def slot(minute):
    return f"2026-01-05 01:{minute:02}"


def swapped(raw, old, new):
    assert old in raw
    return raw.replace(old, new)


# Logs: signatures, trees, histories, witnesses.


@fault
def checkpoint_by_another_key():
    o = founded()
    return o.case("The register's checkpoint is signed under the right name by a key that is not the log key", "checkpoint-signature", checkpoint=o.checkpoint(key="person-1"))


@fault
def checkpoint_signature_broken():
    o = founded()
    text = wire.checkpoint_text(o.origin, 1, o.root())
    key = wire.public("log-key")
    line = wire.signature_line(o.origin, wire.ED25519, key, wire.sign("log-key", text.encode() + b"\n"))
    return o.case("The checkpoint bears the log key's name and id, and a signature of other bytes", "checkpoint-signature", checkpoint=wire.note(text, line))


@fault
def usage_checkpoint_by_another_key():
    o = serving()
    o.head(o.logs[0], "2026-01-05 02:00:20")
    return o.case("A usage log's checkpoint is signed by the key of the register log, not the gateway's", "checkpoint-signature",
                  usage=[o.logs[0].shown(key="log-key")])


@fault
def tree_of_other_entries():
    o = registered()
    other = o.entries[:2] + [wire.encode_bytes({"not": "entered"})]
    return o.case("The register's checkpoint states the root of other entries", "tree-root", checkpoint=o.checkpoint(root=wire.root([leaf(raw) for raw in other])))


@fault
def usage_tree_of_other_entries():
    o, log = used()
    return o.case("A usage log's checkpoint states a root that its entries do not have", "tree-root", usage=[log.shown(root=sha(b"another tree"))])


def history(*names, kept):
    """A register of bodies; `kept` is where somebody outside kept a cosigned checkpoint."""
    o, note = founded(), None
    for name in names:
        o.act(body(name), REGISTRAR)
        if name == kept:
            note = o.checkpoint(cosigned=[(WITNESSES[0], o.clock // 1000 + 1)])
    return o, note


@fault
def entry_removed():
    _, kept = history("north", "south", "east", kept="east")
    o, _ = history("north", "east", "west", kept=None)
    return o.case("An entry was removed and all after it rebuilt and signed again; somebody kept an older cosigned checkpoint", "two-histories", remembered=[kept])


@fault
def entry_moved():
    _, kept = history("north", "south", "east", kept="east")
    o, _ = history("south", "north", "east", "west", kept=None)
    return o.case("Two entries changed places and all was signed again; somebody kept an older cosigned checkpoint", "two-histories", remembered=[kept])


@fault
def log_shortened():
    _, kept = history("north", "south", kept="south")
    o, _ = history("north", kept=None)
    return o.case("The register is shorter than a checkpoint that somebody kept", "two-histories", remembered=[kept])


@fault
def usage_entry_replaced():
    o, log = used()
    kept = log.checkpoint()
    o, log = used(rows=300, steps=6)
    return o.case("A use was entered smaller and replaced by a larger one; somebody kept an older checkpoint of the usage log", "two-histories", remembered=[kept])


@fault
def quorum_not_met():
    o = founded()
    note = o.checkpoint(cosigned=[(WITNESSES[0], o.clock // 1000 + 1), ("stranger.example/witness", o.clock // 1000 + 1)])
    return o.case("Two of three witnesses are wanted; one of them cosigned, and a stranger", "quorum", checkpoint=note, policy=policy_of(o))


@fault
def same_witness_twice():
    o = founded()
    note = o.checkpoint(cosigned=[(WITNESSES[0], o.clock // 1000 + 1), (WITNESSES[0], o.clock // 1000 + 2)])
    return o.case("Two of three witnesses are wanted; one of them cosigned twice", "quorum", checkpoint=note, policy=policy_of(o))


# Register log: entries and their time.


@fault
def act_with_free_text_member():
    o = founded()
    o.act(body("north", remark="ask for me at the side door"), REGISTRAR)
    return o.case("An act has a member that no schema names: a remark in free text", "bytes")


@fault
def entry_members_in_another_order():
    o = founded()
    last = registered().entries[1]
    o.append(swapped(last, b'"type":"act","v":1}', b'"v":1,"type":"act"}'))
    return o.case("An entry's last two members stand in another order", "bytes")


@fault
def entry_with_trailing_byte():
    o = founded()
    o.append(registered().entries[1] + b"\n")
    return o.case("A line feed follows an entry", "bytes")


@fault
def at_falls():
    o = registered()
    o.act(body("north"), REGISTRAR, at=o.clock - 1)
    return o.case("An entry's time is a millisecond before that of the entry before it", "at-falls")


@fault
def at_after_cosignature():
    o = founded()
    o.act(body("north"), REGISTRAR)
    note = o.checkpoint(cosigned=[(WITNESSES[0], o.clock // 1000 - 30), (WITNESSES[1], o.clock // 1000)])
    return o.case("An entry stands half a minute after the second in which a witness had already cosigned it", "at-after-cosignature", checkpoint=note, policy=policy_of(o))


@fault
def genesis_missing():
    o = Office()
    o.act(body("north"), REGISTRAR)
    return o.case("The first entry is not the founding act", "genesis")


@fault
def statement_for_another_office():
    o = founded()
    o.act(body("north"), REGISTRAR, office="data.beacon.example/register")
    return o.case("A statement for another office was entered here", "misdirected")


@fault
def seen_root_wrong():
    o = registered()
    o.act(body("north"), REGISTRAR, seen={"size": 2, "root": b64u(o.root(1))})
    return o.case("A statement's seen root is this log's root at another size", "unseen")


@fault
def seen_beyond_the_log():
    o = registered()
    o.act(body("north"), REGISTRAR, seen={"size": 4, "root": b64u(sha(b"the future"))})
    return o.case("A statement has seen a size that the log did not have", "unseen")


@fault
def until_past():
    o = founded()
    o.act(body("north"), REGISTRAR, until=o.clock + MINUTE - 1)
    return o.case("A statement was entered a millisecond after its time", "expired")


@fault
def until_too_far():
    o = founded()
    o.act(body("north"), REGISTRAR, until=o.clock + MINUTE + 14 * DAY + 1)
    return o.case("A statement lives a millisecond longer than 14 days", "expired")


@fault
def statement_id_twice():
    o = founded()
    act = body("north")
    o.act(act, REGISTRAR)
    said = o.statement(act, [REGISTRAR], o.clock, id=statement_id(o))
    o.enter(said, [signature_by("person-2", wire.act_message(said))], o.clock + MINUTE, refused(breach("V-NEW", ["body", "north"])))
    return o.case("Another statement bears the id of one that was entered and whose time is not over", "repeated")


def statement_id(o):
    return b64u(sha(f"statement {o.statements}".encode())[:16])


@fault
def statement_twice():
    o = founded()
    said = o.statement(body("north"), [REGISTRAR], o.clock + MINUTE)
    signatures = [signature_by("person-2", wire.act_message(said))]
    o.enter(said, signatures, o.clock + MINUTE)
    o.enter(said, signatures, o.clock + MINUTE, refused(breach("V-NEW", ["body", "north"])))
    return o.case("The same signed act was entered twice, the second time refused", "repeated")


# Signatures.


@fault
def signature_missing():
    o = offered()
    o.act(permit("credit"), PREPARER, PERMIT_OFFICER, sign=lambda signatures, _: signatures[:1])
    return o.case("Two signers are named and one has signed", "unsigned")


@fault
def signature_too_many():
    o = founded()
    o.act(body("north"), REGISTRAR, sign=lambda signatures, message: signatures + [signature_by("person-1", message)])
    return o.case("One signer is named and two have signed", "unsigned")


@fault
def signature_of_other_bytes():
    o = founded()
    o.act(body("north"), REGISTRAR, sign=lambda _, message: [signature_by("person-2", message + b" ")])
    return o.case("A signature does not verify", "unsigned")


@fault
def signatures_in_another_order():
    o = offered()
    o.act(permit("credit"), PREPARER, PERMIT_OFFICER, sign=lambda signatures, _: signatures[::-1])
    return o.case("Both have signed, each in the place of the other", "unknown-key")


@fault
def batch_path_wrong():
    o = founded()
    o.batch([body("north"), body("south"), body("east")], REGISTRAR, change=lambda way: {**way, "path": way["path"][::-1]} if way["index"] == 0 else way)
    return o.case("The path of a batch's first statement is turned round", "unsigned")


@fault
def statement_outside_its_batch():
    o = founded()
    said = [o.statement(body(name), [REGISTRAR], o.clock + MINUTE) for name in ("north", "south", "east")]
    leaves = [leaf(wire.encode_bytes(one)) for one in said]
    signatures = [signature_by("person-2", wire.batch_message(wire.root(leaves[:2])))]
    o.enter(said[2], signatures, o.clock + MINUTE, batch={"index": 1, "count": 2, "path": [b64u(leaves[0])]})
    return o.case("A statement bears the signature of a batch in which it was not", "unsigned")


@fault
def key_enrolled_later():
    o = founded()
    o.act(person(4), REGISTRAR)
    o.act(tenure(4, "clerk"), DIRECTOR)
    o.act(body("north"), ("approved", 4, "clerk"))
    o.act(enrolment(4, "person-4"), DIRECTOR, ("holder", 4, None))
    return o.case("An act is signed with a key that is enrolled only after it", "unknown-key")


@fault
def key_revoked():
    o = granting(founded(), "clerk")
    o.act({"kind": "keyRevoked", "key": key_of("person-4"), "reason": "breach"}, DIRECTOR)
    o.act(body("north"), ("approved", 4, "clerk"), at=o.clock + 2 * DAY)
    return o.case("An act is signed with a revoked key", "unknown-key")


@fault
def key_of_another_person():
    o = founded()
    o.act(body("north"), REGISTRAR, keys={2: "person-1"})
    return o.case("An act in the registrar's name is signed with the director's key", "unknown-key")


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
def two_genesis_entries():
    o = founded()
    o.act(genesis(), *FOUNDERS, ruling=GRANTED)
    return o.case("A second founding act was granted", "ruling")


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
    o.act({"kind": "confirmed", "reported": "old-right", "authorisation": "confirmed-right"}, DIRECTOR)
    return o.case("A reported right was confirmed without the flag", "ruling")


@fault
def flag_without_reason():
    o = founded()
    o.act(body("north"), REGISTRAR, ruling=granted(breach("V-CONFIRMED", ["reported", "north"])))
    return o.case("A grant bears a flag that its edition does not give", "ruling")


# Records, heads, papers.


def vintage(**other):
    return {"kind": "vintage", "dataset": "companies", "vintage": 1, "rows": 9, "digest": b64u(sha(b"file")),
            "schema": b64u(sha(wire.encode_bytes(COMPANIES["fields"]))), **other}


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
    log = UsageLog(o, "gate-9", "minute", "2026q1")
    o.head(log)
    return o.case("A gateway that no act opened enters the head of a log", "record-key")


@fault
def gateway_closed_before():
    o = founded()
    o.act(gateway(), DIRECTOR)
    o.act({"kind": "gatewayClosed", "gateway": "gate-1", "reason": "closed"}, DIRECTOR)
    o.head(UsageLog(o, "gate-1", "minute", "2026q1"))
    return o.case("A closed gateway entered the head of a log", "record-key")


@fault
def head_by_another_gateway():
    o = serving()
    o.act(gateway("gate-2"), DIRECTOR)
    second = o.open_log("minute", slot(14), gateway="gate-2")
    o.head(second, "2026-01-05 02:00:20", key="gate-1")
    return o.case("A gateway entered the head of another gateway's log", "record-key")


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


def used(rows=12, steps=1, **permit_terms):
    """A log of the minute with two blocks, the head of the hour entered."""
    o = serving(**permit_terms)
    log = o.logs[0]
    log.block(slot(20), o.use("credit", slot(20), STEP_FEE, rows=rows, steps=steps), o.use("credit", slot(20), STEP_FEE))
    log.block(slot(22), o.use("credit", slot(22), STEP_FEE, steps=2, rows=60))
    o.head(log, "2026-01-05 02:00:20")
    return o, log


@fault
def head_smaller_than_the_last():
    o, log = used()
    o.head(log, "2026-01-05 02:00:30", size=5)
    o.head(log, "2026-01-05 02:00:40")
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
    o, log = closing()
    rows = rows_of(log)
    rows[0]["charged"] += 1
    o.record(totals_of(log, rows), "gate-1", "2026-04-01 00:00:21")
    return o.case("The totals of a closed log are one unit higher than its uses", "totals")


@fault
def totals_without_a_permit():
    o, log = closing()
    o.record(totals_of(log, rows_of(log)[:0]), "gate-1", "2026-04-01 00:00:21")
    return o.case("The totals of a closed log leave a permit out", "totals")


def closing():
    o = serving("2026-03-31 01:00")
    log = o.logs[0]
    log.block("2026-03-31 02:00", o.use("credit", "2026-03-31 02:00", STEP_FEE, steps=2, rows=60))
    o.head(log, "2026-03-31 03:00:20")
    o.head(log, "2026-04-01 00:00:20", closed=True)
    return o, log


def rows_of(_):
    return [{"permit": "credit", "month": "2026-03", "fee": "fee-records", "uses": 1, "calls": 1, "steps": 2, "charged": 50, "currency": "CNY"}]


@fault
def paper_digest_wrong():
    o = founded()
    gazette = public_paper("gazette", b"gazette of 2019")
    o.act({"kind": "reportedDecision", "reported": "old-fee", "about": "fee", "title": "Fee of 2019", "on": "2019-05", "source": gazette}, REGISTRAR)
    return o.case("Another paper of the same length is served at an act's address", "paper-digest", papers={sha(b"gazette of 2019").hex(): b64u(b"gazette of 2020")})


# Usage logs: bytes, anchors, blocks.


@fault
def usage_entry_with_free_text_member():
    o = serving()
    log = o.logs[0]
    log.block(slot(20), {**o.use("credit", slot(20), STEP_FEE), "note": "for the minister"})
    o.head(log, "2026-01-05 02:00:20")
    return o.case("A use has a member that no schema names", "usage-bytes")


@fault
def usage_entry_with_white_space():
    o = serving()
    log = o.logs[0]
    log.block(slot(20), swapped(wire.encode_bytes(o.use("credit", slot(20), STEP_FEE)), b',"fee"', b', "fee"'))
    o.head(log, "2026-01-05 02:00:20")
    return o.case("A space stands in a use", "usage-bytes")


@fault
def use_before_the_first_anchor():
    o = serving(minutes=False)
    log = UsageLog(o, "gate-1", "minute", "2026q1")
    o.logs.append(log)
    log.add(o.use("credit", slot(15), STEP_FEE))
    log.block(slot(15), o.use("credit", slot(15), STEP_FEE))
    o.head(log)
    return o.case("A use stands before the log's first anchor", "anchor-missing")


@fault
def anchor_falls():
    o, log = used()
    log.block("2026-01-05 02:10", o.use("credit", "2026-01-05 02:10", STEP_FEE))
    log.block("2026-01-05 02:11", size=12)
    log.block("2026-01-05 02:12")
    o.head(log, "2026-01-05 03:00:20")
    return o.case("An anchor rests on an older register than the anchor before", "anchor-falls")


@fault
def anchor_root_not_of_the_register():
    o, log = used()
    log.block("2026-01-05 02:10", o.use("credit", "2026-01-05 02:10", STEP_FEE), root=b64u(sha(b"another register")))
    o.head(log, "2026-01-05 03:00:20")
    return o.case("An anchor names a root that the register log does not have at that size", "anchor-root")


@fault
def anchor_beyond_the_register():
    o, log = used()
    size = len(o.entries) + 5
    log.block("2026-01-05 02:10", o.use("credit", "2026-01-05 02:10", STEP_FEE), size=size, root=b64u(sha(b"a register to come")))
    o.head(log, "2026-01-05 03:00:20")
    return o.case("An anchor names a size that the register log does not have", "anchor-root")


def blocked(*blocks, hour="2026-01-05 02:00:20", permit_terms=None, about="", finding="slot"):
    """A log of the minute with blocks of (slot of the anchor, slots of its uses)."""
    o = serving(**(permit_terms or {}))
    for anchor, uses in blocks:
        o.logs[0].block(anchor, *(o.use("credit", one, STEP_FEE) for one in uses))
    o.head(o.logs[0], hour)
    return o.case(about, finding)


@fault
def slot_outside_the_blocks():
    return blocked((slot(20), [slot(20), slot(21)]), about="A use bears another slot than its block")


@fault
def slot_falls():
    return blocked((slot(20), [slot(20)]), (slot(19), [slot(19)]), about="A block's slot lies before that of the block before")


@fault
def slot_not_a_whole_minute():
    return blocked((slot(20) + ":30", [slot(20) + ":30"]), about="A slot is finer than a minute")


@fault
def slot_outside_the_quarter():
    return blocked(("2026-04-01 00:00", ["2026-04-01 00:00"]), hour="2026-04-01 01:00:20", about="A slot of the next quarter stands in the old quarter's log")


@fault
def block_not_sorted():
    o = serving()
    log = o.logs[0]
    log.block(slot(20), *(o.use("credit", slot(20), STEP_FEE) for _ in range(2)), order=lambda raws, key: sorted(raws, key=key, reverse=True))
    o.head(log, "2026-01-05 02:00:20")
    return o.case("A block is not sorted by leaf hash", "block-order")


# Uses and charges.


def one_use(about, *findings, fee=STEP_FEE, name="credit", **use):
    o = serving()
    o.logs[0].block(slot(20), o.use(name, slot(20), fee, **use), o.use("credit", slot(20), STEP_FEE))
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
    return one_use("One call took more steps than the permit's rows allow", "use", steps=11, rows=501)


@fault
def use_of_no_step():
    return one_use("A use costs no step", "use", steps=0)


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
    o.open_log("minute", slot(14), gateway="gate-2")
    for log in o.logs:
        log.block(slot(20), o.use("credit", slot(20), STEP_FEE, steps=4, rows=151))
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
    return blocked((slot(59), [slot(59)]), permit_terms={"from": utc("2026-01-05 02:00")}, finding="use", about="A use in the slot before the permit begins")


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
    return one_use("A fee per step is charged per call", "charge", fee=("fee-records", 25, "call"), steps=3, rows=130)


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
    log = o.open_log("minute", slot(11))
    log.block(slot(20), o.use("credit", slot(20), ("old-fee", 25, "step")))
    o.head(log, "2026-01-05 02:00:20")
    return o.case("A use is charged on a reported approval; no fee was ever granted", "charge")


# Open data, streamed answers, publishing.


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
    second = o.open_log("minute", slot(14), gateway="gate-2")
    (used_there,) = o.logs[0].block(slot(20), o.use("credit", slot(20), STEP_FEE))
    second.block(slot(21), settle(o, used_there))
    for log in o.logs:
        o.head(log, "2026-01-05 02:00:20")
    return o.case("A use of one log is settled in another", "settle")


@fault
def open_use_never_settled():
    return one_use("A use with state open was never settled", "settle", state="open")


@fault
def uses_withheld():
    o, log = used()
    return o.case("A head names entries whose slot ended a day ago, and the log does not show them", "withheld", usage=[log.shown(5)])


# Receipts.


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


# Faults that the contract names and that a checker easily overlooks.


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
