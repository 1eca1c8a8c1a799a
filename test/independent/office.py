"""Builds the logs of an invented office, entry by entry, as an office that holds every key would; says nothing about law."""
import calendar
import os
import re
import time

import passkeys
import wire
from wire import b64u, leaf, sha

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
SLOT = {"hour": HOUR, "minute": MINUTE}
GRANTED = {"outcome": "granted", "flags": []}
# A released program knows no edition but its own: with the digest of that one, it decides these offices' acts again.
EDITION_DIGEST = os.environ.get("VITRINE_EDITION") or b64u(sha(b"vitrine-test-edition"))
HOST = "data.lantern.example"
ROWS_PER_STEP = 50


def utc(text):
    """2026-01-05 01:00[:30] in UTC, as milliseconds."""
    full = text if text.count(":") == 2 else text + ":00"
    return calendar.timegm(time.strptime(full, "%Y-%m-%d %H:%M:%S")) * 1000


def breach(rule, *facts):
    return {"rule": rule, "result": "breach", "facts": [list(fact) for fact in facts]}


def missing(rule, *facts):
    return {"rule": rule, "result": "missing", "facts": [list(fact) for fact in facts]}


def refused(*findings):
    return {"outcome": "refused", "findings": list(findings)}


def granted(*flags):
    return {"outcome": "granted", "flags": list(flags)}


def private_paper(kind, name):
    return {"commitment": wire.commitment(sha(f"nonce {name}".encode()), name.encode()), "kind": kind}


def public_paper(kind, content):
    return {"paper": b64u(sha(content)), "kind": kind, "size": len(content)}


def public_key(name):
    return b64u(wire.public(name))


def key_of(name):
    return passkeys.key_id(name) if passkeys.is_passkey(name) else wire.key_id(wire.public(name))


def person_key(name):
    if passkeys.is_passkey(name):
        return passkeys.person_passkey(name)
    return {"form": "ed25519", "publicKey": public_key(name)}


def signature_by(name, message):
    if passkeys.is_passkey(name):
        return passkeys.assertion(name, message)
    return {"form": "ed25519", "key": key_of(name), "signature": b64u(wire.sign(name, message))}


class UsageLog:
    def __init__(self, office, gateway, length, quarter):
        self.office, self.gateway, self.length = office, gateway, SLOT[length]
        self.origin = f"{office.host}/{gateway}/{length}/{quarter}"
        self.entries, self.leaves, self.anchors = [], [], []

    def add(self, entry):
        raw = entry if isinstance(entry, bytes) else wire.encode_bytes(entry)
        self.entries.append(raw)
        self.leaves.append(leaf(raw))

    def anchor(self, slot, size=None, root=None):
        size = len(self.office.entries) if size is None else size
        root = b64u(self.office.root(size)) if root is None else root
        self.add({"v": 1, "kind": "anchor", "size": size, "root": root, "slot": slot})
        self.anchors.append((len(self.entries), size))

    def block(self, slot, *entries, size=None, root=None, order=sorted):
        """An anchor, then the others sorted by leaf hash."""
        slot = utc(slot) if isinstance(slot, str) else slot
        self.anchor(slot, size, root)
        raws = [entry if isinstance(entry, bytes) else wire.encode_bytes(entry) for entry in entries]
        for raw in order(raws, key=leaf):
            self.add(raw)
        return raws

    def root(self, size=None):
        return wire.root(self.leaves[:size])

    def anchored(self, size):
        return max([0] + [anchored for at, anchored in self.anchors if at <= size][-1:])

    def checkpoint(self, size=None, key=None, root=None):
        size = len(self.entries) if size is None else size
        text = wire.checkpoint_text(self.origin, size, root or self.root(size))
        return wire.note(text, wire.log_line(self.origin, key or self.gateway, text))

    def shown(self, size=None, **how):
        size = len(self.entries) if size is None else size
        return {"log": self.origin, "entries": [b64u(raw) for raw in self.entries[:size]], "checkpoint": self.checkpoint(size, **how)}


class Office:
    def __init__(self, host=HOST, clock="2026-01-05 01:00"):
        self.host, self.origin, self.clock = host, f"{host}/register", utc(clock)
        self.entries, self.leaves, self.logs, self.openings = [], [], [], {}
        self.statements, self.uses = 0, 0
        self.keys, self.payers = {}, {}

    def root(self, size=None):
        return wire.root(self.leaves[:size])

    def next(self, at=None):
        """The time of the next entry: one minute after the last, or as said."""
        if at is None:
            return self.clock + (MINUTE if self.entries else 0)
        return utc(at) if isinstance(at, str) else at

    def append(self, entry):
        raw = entry if isinstance(entry, bytes) else wire.encode_bytes(entry)
        self.entries.append(raw)
        self.leaves.append(leaf(raw))
        return raw

    # Acts.

    def statement(self, act, signers, at, until=None, id=None, office=None, seen=None):
        self.statements += 1
        size = len(self.entries) if seen is None or isinstance(seen, dict) else seen
        return {
            "v": 1, "office": office or self.origin, "id": id or b64u(sha(f"statement {self.statements}".encode())[:16]),
            "seen": seen if isinstance(seen, dict) else {"size": size, "root": b64u(self.root(size))},
            "until": at + DAY if until is None else until,
            "signers": [{"role": role, "person": person, "post": post} for role, person, post in signers],
            "act": act,
        }

    def names(self, signers, keys):
        return [(keys or {}).get(person) or self.keys.get(person) or f"person-{person}" for _, person, _ in signers]

    def act(self, act, *signers, at=None, ruling=GRANTED, keys=None, edition=1, sign=None, change=None, **statement):
        """Enters an act that its signers signed; `sign` and `change` are for dishonest offices."""
        self.clock = at = self.next(at)
        if act["kind"] == "permit":
            self.payers[act["permit"]] = act["organisation"]
        said = self.statement(act, signers, at, **statement)
        message = wire.act_message(said)
        signatures = [signature_by(name, message) for name in self.names(signers, keys)]
        signatures = sign(signatures, message) if sign else signatures
        return self.enter(said, signatures, at, ruling, edition, change=change)

    def enter(self, statement, signatures, at, ruling=GRANTED, edition=1, batch=None, change=None):
        self.clock = at
        entry = {"v": 1, "type": "act", "at": at, "edition": edition, "statement": statement, "signatures": signatures, "ruling": ruling, "batch": batch}
        return self.append(change(entry) if change else entry)

    def batch(self, acts, *signers, at=None, rulings=None, change=None):
        """Several acts signed once; each becomes an entry with its path to the root that was signed."""
        first = self.next(at)
        statements = [self.statement(act, signers, first) for act in acts]
        leaves = [leaf(wire.encode_bytes(one)) for one in statements]
        message = wire.batch_message(wire.root(leaves))
        signatures = [signature_by(name, message) for name in self.names(signers, None)]
        for index, one in enumerate(statements):
            way = {"index": index, "count": len(leaves), "path": [b64u(step) for step in wire.path(leaves, index)]}
            self.enter(one, signatures, first, (rulings or {}).get(index, GRANTED), batch=change(way) if change else way)

    # Records.

    def record(self, record, key, at=None, change=None, origin=None):
        self.clock = at = self.next(at)
        signature = b64u(wire.sign(key, wire.record_message(origin or self.origin, at, record)))
        entry = {"v": 1, "type": "record", "at": at, "key": key_of(key), "record": record, "signature": signature}
        return self.append(change(entry) if change else entry)

    def head(self, log, at=None, size=None, root=None, anchored=None, closed=None, key=None, change=None):
        size = len(log.entries) if size is None else size
        record = {
            "kind": "head", "log": log.origin, "size": size, "root": b64u(log.root(size)) if root is None else root,
            "anchored": log.anchored(size) if anchored is None else anchored, "closed": closed,
        }
        return self.record(record, key or log.gateway, at, change)

    def open_log(self, length, slot, at=None, gateway="gate-1", quarter="2026q1"):
        """A usage log begins with an anchor and its head."""
        log = UsageLog(self, gateway, length, quarter)
        self.logs.append(log)
        log.block(slot)
        self.head(log, at)
        return log

    # Uses and receipts.

    def use(self, permit, slot, fee=None, operation="records", fields="7", where="1", calls=1, steps=None, subjects=0, charge=None, state="whole", plan=None, rows=1, **private):
        """A use with its commitment to a true private part; `fee` is (id, amount, unit) or None where it is free of charge.
        Whatever is in `private` is said instead of the truth."""
        self.uses += 1
        slot = utc(slot) if isinstance(slot, str) else slot
        steps = max(1, -(-rows // ROWS_PER_STEP)) if steps is None else steps
        right = 0 if fee is None else fee[1] * (calls if fee[2] == "call" else steps)
        nonce = sha(f"{self.host} use {self.uses}".encode())
        content = wire.encode_bytes({
            "at": slot + 7 * self.uses, "organisation": self.payers.get(permit, "brightline"), "rows": rows, "bytes": 640,
            "subjects": [f"subject-{number}" for number in range(subjects)],
            "answer": b64u(sha(f"answer {self.uses}".encode())), "case": f"case-{self.uses}",
            "plan": plan or self.plan(fields, where, max(1, rows)), **private,
        })
        committed = wire.commitment(nonce, content)
        self.openings[committed] = {"nonce": b64u(nonce), "content": b64u(content)}
        return {
            "v": 1, "kind": "use", "permit": permit, "operation": operation, "fields": fields, "where": where, "slot": slot,
            "units": {"calls": calls, "steps": steps, "bytes": 1}, "subjects": subjects, "fee": fee and fee[0],
            "charge": right if charge is None else charge, "state": state, "private": committed,
        }

    def plan(self, fields, where, limit):
        """Asks for the companies' fields of these bits, with conditions on those."""
        named = lambda bits: [name for i, name in enumerate(("number", "name", "status", "turnover")) if int(bits, 16) >> i & 1]
        return {"form": "records", "dataset": "companies", "fields": named(fields) or ["number"], "order": [], "limit": limit,
                "where": [{"field": name, "op": "eq", "value": f"L-{1000 + self.uses}"} for name in named(where)]}

    def receipts(self, log, raws, publish_by, key, index=None, first=0):
        """Receipts of entries that were synced together, one signature for all."""
        leaves = [leaf(raw) for raw in raws]
        group_root = wire.root(leaves)
        signature = b64u(wire.sign(key, wire.receipt_message(log, len(raws), group_root, publish_by)))
        made = []
        for position, raw in enumerate(raws):
            committed = re.search(rb'"private":"([^"]+)"', raw)
            made.append({
                "v": 1, "log": log, "entry": b64u(raw), "opening": committed and self.openings.get(committed.group(1).decode()),
                "publishBy": publish_by, "index": None if index is None else index + position,
                "group": {"position": position, "count": len(raws), "root": b64u(group_root), "path": [b64u(step) for step in wire.path(leaves, position)]},
                "key": key_of(key), "signature": signature,
            })
        return made[first:]

    def use_receipts(self, log, raws, slot):
        return self.receipts(log.origin, raws, slot + log.length + 10 * MINUTE, log.gateway)

    def act_receipt(self, index):
        at = int(re.match(rb'\{"at":(\d+)', self.entries[index]).group(1))
        return self.receipts(self.origin, [self.entries[index]], at + MINUTE, "log-key", index)

    # What is shown at the end.

    def checkpoint(self, size=None, root=None, key="log-key", cosigned=(), more=()):
        size = len(self.entries) if size is None else size
        text = wire.checkpoint_text(self.origin, size, root or self.root(size))
        lines = [wire.log_line(self.origin, key, text), *more]
        return wire.note(text, *lines, *(wire.cosignature_line(witness, witness, text, seconds) for witness, seconds in cosigned))

    def case(self, about, *findings, now=None, usage=None, checkpoint=None, conclusion=None, **more):
        """A whole office as it shows itself, and what a checker must say of it; `conclusion` where it is neither of the two usual ones."""
        shown = {
            "about": about, "now": self.clock + DAY if now is None else utc(now) if isinstance(now, str) else now,
            "register": {"origin": self.origin, "entries": [b64u(raw) for raw in self.entries], "checkpoint": checkpoint or self.checkpoint()},
            "usage": [log.shown() for log in self.logs] if usage is None else usage,
            "remembered": [], **more, "expect": {"findings": sorted(findings), "conclusion": conclusion},
        }
        return without_none(shown)


def without_none(value):
    if isinstance(value, dict):
        return {name: without_none(member) for name, member in value.items() if member is not None}
    if isinstance(value, (list, tuple)):
        return [without_none(item) for item in value]
    return value
