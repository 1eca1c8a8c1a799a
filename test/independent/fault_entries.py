"""Faults of logs, entries and signatures."""
import wire
from fault import fault, swapped, used
from lantern import (
    DIRECTOR, FOUNDERS, PERMIT_OFFICER, PREPARER, REGISTRAR, body, enrolment, founded, genesis, granting, offered, permit, person, registered,
    serving, tenure,
)
from office import DAY, GRANTED, MINUTE, Office, breach, key_of, missing, refused, signature_by
from wire import b64u, leaf, sha
from witnesses import WITNESSES, policy_of


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
    o, log = used(rows=300)
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
def at_before_cosignature():
    o = founded()
    o.act(body("north"), REGISTRAR)
    kept = o.checkpoint(cosigned=[(WITNESSES[0], o.clock // 1000 + 601)])
    o.act(body("south"), REGISTRAR, at=o.clock + 540_000)
    newest = o.checkpoint(cosigned=[(witness, o.clock // 1000 + 120) for witness in WITNESSES[:2]])
    return o.case("An entry stands 61 seconds before a cosignature of the log without it; somebody kept that checkpoint", "at-before-cosignature",
                  checkpoint=newest, policy=policy_of(o), remembered=[kept])


@fault
def at_ahead():
    o = registered()
    return o.case("The last entry's time is a millisecond more than a minute after the time of the check", "at-ahead", now=o.clock - MINUTE - 1)


@fault
def genesis_missing():
    o = Office()
    o.act(body("north"), REGISTRAR)
    return o.case("The first entry is not the founding act", "genesis")


@fault
def founding_act_refused():
    o = Office()
    o.act(genesis(), *FOUNDERS[:2], ruling=refused(missing("I17", ["signature-of", 3])))
    return o.case("The first entry is a founding act that was rightly refused: there is no office", "genesis")


@fault
def two_genesis_entries():
    o = founded()
    o.act(genesis(), *FOUNDERS, ruling=GRANTED)
    return o.case("A second founding act was granted", "genesis")


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
def seen_nothing():
    o = registered()
    o.act(body("north"), REGISTRAR, seen=0)
    return o.case("A statement's signers had seen nothing of the log: its seen is the empty tree", "unseen")


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
def batch_of_1025():
    o = founded()
    said = o.statement(body("north"), [REGISTRAR], o.clock + MINUTE)
    others = sha(b"the root of 1,024 other statements")
    message = wire.batch_message(wire.node(others, leaf(wire.encode_bytes(said))))
    o.enter(said, [signature_by("person-2", message)], o.clock + MINUTE, batch={"index": 1024, "count": 1025, "path": [b64u(others)]})
    return o.case("A batch has one statement more than a batch may have", "unsigned")


@fault
def act_signed_by_its_new_key_alone():
    o = founded()
    o.act(person(4), REGISTRAR)
    o.act(enrolment(4, "person-4"), ("holder", 4, None))
    return o.case("A key was enrolled on nobody's signature but its own", "unknown-key")


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
