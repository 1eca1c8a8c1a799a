#!/usr/bin/env python3
"""A second opinion on a Vitrine office from its logs alone: every tree, signature and charge computed again.

    second_opinion.py PATH_OR_URL      the place under which /log/register/checkpoint lies: a copy on disk, or https://…

Needs Python 3.9 and nothing else. It does not decide rulings, rights or quotas again: `vitrine verify` does.
"""
import base64, hashlib, itertools, json, os, pathlib, re, sys, time, urllib.request
try: from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError: Ed25519PublicKey = None
if os.environ.get("VITRINE_PURE"): Ed25519PublicKey = None

# Ed25519, RFC 8032 section 5.1: points are (x, y, z, t); a table of multiples makes a multiplication 64 additions.
P, L, TABLES = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493, {}
D, BASE = -121665 * pow(121666, P - 2, P) % P, (4 * pow(5, P - 2, P) % P).to_bytes(32, "little")

ready = lambda x, y, z, t: ((y - x) % P, (y + x) % P, 2 * z % P, 2 * D * t % P)
def add(p, q):
    a, b, c, d = (p[1] - p[0]) * q[0] % P, (p[1] + p[0]) * q[1] % P, p[3] * q[3] % P, p[2] * q[2] % P
    return (b - a) * (d - c) % P, (d + c) * (b + a) % P, (d - c) * (d + c) % P, (b - a) * (b + a) % P
def table(data, negative):
    if (data, negative) not in TABLES:
        y, sign = int.from_bytes(data, "little") & 2**255 - 1, data[31] >> 7
        u, v = (y * y - 1) % P, (D * y * y + 1) % P
        x = u * v**3 * pow(u * v**7, (P - 5) // 8, P) % P
        x = x if v * x * x % P == u else x * pow(2, (P - 1) // 4, P) % P
        if y >= P or v * x * x % P != u or (x == 0 and sign): raise ValueError("a key is no point")
        x = P - x if (x & 1 != sign) != negative else x
        point, rows = (x, y, 1, x * y % P), []
        for _ in range(64):
            row = [(0, 1, 1, 0)]
            while len(row) < 17: row.append(add(row[-1], ready(*point)))
            rows.append([ready(*one) for one in row[:16]])
            point = row[16]
        TABLES[data, negative] = rows
    return TABLES[data, negative]
def verify(public, message, signature):
    try:
        if Ed25519PublicKey: return Ed25519PublicKey.from_public_bytes(public).verify(signature, message) is None
        s, k = (int.from_bytes(one, "little") for one in (signature[32:], hashlib.sha512(signature[:32] + public + message).digest()))
        point, k = (0, 1, 1, 0), k % L  # the point becomes sB - kA, which must be R
        for scalar, rows in ((s, table(BASE, False)), (k, table(public, True))):
            for i, row in enumerate(rows): point = add(point, row[scalar >> 4 * i & 15])
        z = pow(point[2], P - 2, P)
        return len(signature) == 64 and s < L and (point[1] * z % P | (point[0] * z % P & 1) << 255).to_bytes(32, "little") == signature[:32]
    except Exception:  # InvalidSignature, or bytes that are no key
        return False


# Passkeys (docs/spec/2-statement.md): ECDSA over P-256 (FIPS 186-5), RSA (RFC 8017), and what the browser and the authenticator said.
FIELD, ORDER = 2**256 - 2**224 + 2**192 + 2**96 - 1, 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
CURVE_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
START = 0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296, 0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5
def plus(p, q):  # affine points of P-256; None is the neutral one
    if p is None or q is None: return p or q
    if p[0] == q[0] and (p[1] + q[1]) % FIELD == 0: return None
    slope = (3 * p[0] * p[0] - 3) * pow(2 * p[1], -1, FIELD) if p == q else (q[1] - p[1]) * pow(q[0] - p[0], -1, FIELD)
    x = (slope * slope - p[0] - q[0]) % FIELD
    return x, (slope * (p[0] - x) - p[1]) % FIELD
def verify_p256(point, message, der):
    parts = re.fullmatch(rb"\x30(.)\x02(.)(.*)", der, re.S)
    r, rest = (parts[3][: parts[2][0]], parts[3][parts[2][0] :]) if parts and parts[1][0] == len(der) - 2 else (b"", b"")
    s = rest[2:] if rest[:1] == b"\2" and rest[1:2] == bytes([len(rest) - 2]) else b""
    if any(not one or one[0] > 127 or (one[0] == 0 and one[1:2] < b"\x80") for one in (r, s)): return False
    x, y, r, s = (int.from_bytes(one, "big") for one in (point[:32], point[32:], r, s))
    if (y * y - x**3 + 3 * x - CURVE_B) % FIELD or max(x, y) >= FIELD or not 0 < r < ORDER or not 0 < s < ORDER: return False
    u, v, total = int.from_bytes(sha(message), "big") * pow(s, -1, ORDER) % ORDER, r * pow(s, -1, ORDER) % ORDER, None
    for bit in range(255, -1, -1):
        total = plus(total, total)
        for scalar, p in ((u, START), (v, (x, y))): total = plus(total, p) if scalar >> bit & 1 else total
    return total is not None and total[0] % ORDER == r
def verify_rsa(modulus, message, signature):
    info = bytes.fromhex("3031300d060960864801650304020105000420") + sha(message)
    want = b"\0\1" + b"\xff" * (len(modulus) - 3 - len(info)) + b"\0" + info
    return len(signature) == len(modulus) and signature < modulus and pow(int.from_bytes(signature, "big"), 65537, int.from_bytes(modulus, "big")).to_bytes(len(modulus), "big") == want
def client_data(raw):  # an object whose own members are each there once, and not so deep that a reader gives up
    depth = itertools.accumulate((one in b"{[") - (one in b"}]") for one in re.sub(rb'"(\\.|[^"\\])*"', b"", raw, flags=re.S))
    if max(depth, default=0) > 8: raise ValueError("nested too deep")
    pairs = json.loads(raw.decode(), object_pairs_hook=tuple, parse_int=str, parse_float=str, parse_constant=dict)
    if not isinstance(pairs, tuple) or len(dict(pairs)) < len(pairs): raise ValueError("no object, or a member stands there twice")
    return dict(pairs)
def holds(key, message, signature):
    if key["form"] != signature["form"]: return False
    if key["form"] == "ed25519": return verify(un(key["publicKey"]), message, un(signature["signature"]))
    data, client, spki = un(signature["authenticatorData"]), un(signature["clientDataJSON"]), un(key["publicKey"])
    try: said = client_data(client)
    except ValueError: return False
    if said.get("type") != "webauthn.get" or said.get("challenge") != b64u(sha(message)): return False
    if said.get("origin") not in key["origins"] or said.get("crossOrigin", False) is not False: return False
    flags = data[32] if len(data) > 36 and data[:32] == sha(key["rpId"].encode()) else 0
    if flags & 5 != 5 or bool(flags & 8) != key["backupEligible"] or flags & 24 == 16: return False
    check = {-7: lambda *of: verify_p256(spki[-64:], *of), -8: lambda *of: verify(spki[-32:], *of), -257: lambda *of: verify_rsa(spki[33:-5], *of)}
    return check[key["alg"]](data + sha(client), un(signature["signature"]))

sha = lambda data: hashlib.sha256(data).digest()
b64u = lambda data: base64.urlsafe_b64encode(data).decode().rstrip("=")
un = lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
key_id = lambda public: b64u(sha(b"vitrine-key-v1\n" + un(public))[:16])
encode = lambda value: json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
def decode(log, index, raw):
    value = json.loads(raw, parse_float=lambda number: None, parse_constant=lambda number: None)
    if encode(value) != raw: wrong(log, index, "it has another byte form")
    return value
class Tree:  # RFC 6962: every complete node, level by level, so that the root at any earlier size is at hand
    def __init__(self): self.levels = [[]]
    def append(self, entry):
        node = sha(b"\0" + entry)
        for level in self.levels:
            level.append(node)
            if len(level) % 2: return
            node = sha(b"\1" + level[-2] + level[-1])
        self.levels.append([node])
    def root(self, size, root=None):
        for peak in (self.levels[level][(size >> level) - 1] for level in range(size.bit_length()) if size >> level & 1):
            root = peak if root is None else sha(b"\1" + peak + root)
        return root or sha(b"")
class Log:  # as it is served (C2SP tlog-tiles): its checkpoint, and its entries one by one
    def __init__(self, base, folder):
        self.base = f"{base.rstrip('/')}/log/{folder}/"
        note = self.fetch("checkpoint").decode()
        self.text, lines = note[: note.rindex("\n\n") + 1], note[note.rindex("\n\n") + 2 :].splitlines()
        self.origin, size, root = self.text.split("\n")[:3]
        self.size, self.root, self.lines, self.tree = int(size), base64.b64decode(root), [line.split(" ") for line in lines], Tree()
    def fetch(self, name):
        if not self.base.startswith(("http://", "https://")): return pathlib.Path(self.base, name).read_bytes()
        with urllib.request.urlopen(self.base + name, timeout=60) as answer: return answer.read()
    def entries(self):
        for first in range(0, self.size, 256):
            width, digits, at = min(256, self.size - first), str(first // 256), 0
            name = "tile/entries/" + re.sub(r"...(?=.)", r"x\g<0>/", digits.zfill(-(-len(digits) // 3) * 3))
            try: data = self.fetch(name + (f".p/{width}" if width < 256 else ""))
            except OSError: data = self.fetch(name)
            for index in range(first, first + width):
                raw = data[at + 2 : at + 2 + int.from_bytes(data[at : at + 2], "big")]
                at += 2 + len(raw)
                self.tree.append(raw)
                count("entries")
                yield index, decode(self.origin, index, raw)
    def finish(self, *publics):  # all of them must have signed
        if self.tree.root(self.size) != self.root: wrong(self.origin, self.size, "the entries do not hash to the checkpoint")
        mine, key = [base64.b64decode(line[2]) for line in self.lines if line[1] == self.origin], lambda public: sha(self.origin.encode() + b"\n\1" + public)[:4]
        if not all(any(one[:4] == key(public) and verify(public, self.text.encode(), one[4:]) for one in mine) for public in publics): wrong(self.origin, self.size, "no signature of the checkpoint by the log's key verifies")

bad, unread, done, charged, told = [], [], {"entries": 0, "signatures": 0, "charges": 0}, {}, [time.time()]
def founding(entry): return entry["statement"]["act"] if entry["type"] == "act" and entry["ruling"]["outcome"] == "granted" else {}
def wrong(log, index, what): bad.append(f"contradiction: {log} entry {index}: {what}")
def count(what):
    done[what] += 1
    if time.time() > told[0] + 5: told[0] = time.time(); print("  … " + ", ".join(f"{done[name]} {name}" for name in done), flush=True)

# The register, as far as signatures and charges rest on it; with the entry each thing came and went with, for anchors are sizes.
keys, machines, gateways, fees, ceilings, permits, payers, rulebooks, heads, dropped, log_keys, enrolled, never = {}, {}, {}, {}, {}, {}, {}, [], {}, set(), [], {}, set()
lenders, lent, lender_of = {}, {}, {}  # who lends under a contribution, a dataset, and what a product is made of
def inclusion(node, index, size, path):
    last = size - 1 if index < size else -1
    for sibling in path:
        right = index & 1 or index == last
        node = sha(b"\1" + sibling + node) if right else sha(b"\1" + node + sibling)
        while right and not index & 1 and index: index, last = index >> 1, last >> 1
        index, last = index >> 1, last >> 1
    return node if last == 0 else b""
def read_act(log, index, entry):
    said, batch = entry["statement"], entry.get("batch")
    act, message = said["act"], b"vitrine-act-v1\n" + encode(said)
    if batch: message = b"vitrine-batch-v1\n" + inclusion(sha(b"\0" + encode(said)), batch["index"], batch["count"], [un(one) for one in batch["path"]])
    if index == 0: keys.update({key_id(one["key"]["publicKey"]): (one["person"], one["key"]) for one in founding(entry).get("keys", [])})
    if len(entry["signatures"]) != len(said["signers"]): wrong(log, index, "not as many signatures as signers")
    for signer, signature in zip(said["signers"], entry["signatures"]):
        new = act["kind"] == "keyEnrolled" and signer["role"] == "holder" and key_id(act["key"]["publicKey"]) == signature["key"]
        person, held = (act["person"], act["key"]) if new else keys.get(signature["key"], (None, {}))
        if person != signer["person"]: wrong(log, index, f"key {signature['key']} is not enrolled for person {signer['person']}")
        elif not holds(held, message, signature): wrong(log, index, "a signature does not verify")
        count("signatures")
    if entry["ruling"]["outcome"] == "granted": apply(index, entry["at"], act, act["kind"])
def apply(index, at, act, kind):
    named = key_id(act["publicKey"]) if "publicKey" in act else None
    if kind in ("genesis", "rulebookAdopted"): rulebooks.append((index, act["rulebook"]))
    elif kind == "keyEnrolled": keys[enrolled.setdefault(index, key_id(act["key"]["publicKey"]))] = (act["person"], act["key"])
    elif kind == "disowned": keys.pop(enrolled.get(act["entry"]), None); never.add(act["entry"])
    elif kind == "keyRevoked": keys.pop(act["key"], None)
    elif kind == "machineKeyEnrolled": machines[named] = (act["publicKey"], act["records"], act.get("until", 2**53), None)
    elif kind == "gatewayOpened": gateways[act["gateway"]], machines[named] = act["publicKey"], (act["publicKey"], ["head", "totals"], 2**53, act["gateway"])
    elif kind == "gatewayClosed": machines.pop(key_id(gateways[act["gateway"]]), None)
    elif kind in ("logKeyChanged", "logEnded"): log_keys.append((at, act["logKey"])) if kind == "logKeyChanged" else machines.clear()
    elif kind == "organisation": payers[act["organisation"]] = act["class"]
    elif kind == "contribution": lenders[act["contribution"]] = act["contributor"]
    elif kind == "dataset": lent[act["dataset"]] = lenders.get(act.get("contribution"))
    elif kind == "product": lender_of[act["product"]] = lent.get(act["content"][0]["dataset"])
    elif kind == "permit": permits[act["permit"]] = act
    elif kind == "feeCeiling": ceilings.setdefault(act["product"], []).append({**act, "from": begins(at, act), "entry": index, "gone": 2**53})
    elif kind == "feeStandard": fees.setdefault(act["product"], {})[act["fee"]] = {"to": 2**53, **act, "from": begins(at, act), "entry": index, "gone": 2**53}
    elif kind == "feeEnded": next(held for held in fees.values() if act["fee"] in held)[act["fee"]]["gone"] = index
def begins(at, act):
    """docs/spec/4: not before the first whole hour behind the delay of the rulebook in force."""
    hours = rulebooks[-1][1]["limits"].get("effectDelayHours", 0)
    return max(act.get("from", at), -(-(at + hours * 3_600_000) // 3_600_000) * 3_600_000 if hours else 0)
def read_record(log, index, entry):
    record, (public, kinds, until, gateway) = entry["record"], machines.get(entry["key"], ("", [], 0, None))
    message = f"vitrine-record-v1\n{log}\n".encode() + encode({"at": entry["at"], "record": record})
    if record["kind"] not in kinds or until <= entry["at"]: wrong(log, index, f"no act enrolled key {entry['key']} for {record['kind']}")
    elif gateway and not record["log"].startswith(f"{log[:-9]}/{gateway}/"): wrong(log, index, f"{record['log']} is not a log of {gateway}")
    elif not verify(un(public), message, un(entry["signature"])): wrong(log, index, "a record's signature does not verify")
    count("signatures")
    if record["kind"] == "dropped": dropped.add(record["log"])
    if record["kind"] == "head": heads.setdefault(record["log"], []).append((index, record))
def fee_of(use, size, length):
    """docs/spec/4: public purposes are free of charge; else the fee in force for product and class under the slot, entered last, if ceiling and ground stand."""
    permit, book = permits[use["permit"]], [one for entry, one in rulebooks if entry < size][-1]
    union = book.get("jurisdiction") == "EU"
    purpose = ([one["class"] for one in book["purposes"] if one["purpose"] == permit["purpose"]] + ["industry"])[0]
    if purpose != "industry" and not union: return {}
    newest = lambda held: ([{}] + [one for one in held if one["entry"] not in never and one["entry"] < size <= one["gone"] and one["from"] < use["slot"] + length and use["slot"] < one["to"]])[-1]
    fee = newest(one for one in fees.get(permit["product"], {}).values() if payers[permit["organisation"]] in one["classes"])
    top = newest(one for one in ceilings.get(permit["product"], []) if (one["unit"], one["currency"]) == (fee.get("unit"), fee.get("currency")))
    payee = fee.get("payee", {})
    wanted = fee.get("ground"), "body" if "body" in payee else "contributor" if payee.get("organisation", "") == lender_of.get(permit["product"]) else "operator"
    most = top.get("amount", 2**53 if union else -1)
    return fee if fee.get("amount", 0) <= most and any((one["ground"], one["payee"]) == wanted and purpose in one["purposes"] for one in book["grounds"]) else {}
def read_usage(log, register):
    size, length = 0, 3_600_000 if log.origin.split("/")[-2] == "hour" else 60_000
    for index, entry in log.entries():
        if entry["kind"] == "anchor":
            size = entry["size"]
            if size > register.size or b64u(register.tree.root(size)) != entry["root"]: wrong(log.origin, index, "the anchor is no state of the register log")
        if entry["kind"] != "use": continue
        if entry["units"]["calls"] != 1: wrong(log.origin, index, f"one answer is entered as {entry['units']['calls']} calls")
        fee = fee_of(entry, size, length) if entry["permit"] in permits else wrong(log.origin, index, f"no permit {entry['permit']}") or {}
        right = fee.get("amount", 0) * entry["units"]["calls" if fee.get("unit") == "call" else "steps"]
        if (entry["charge"], entry.get("fee")) != (right, fee.get("fee")): wrong(log.origin, index, f"charged {entry['charge']} by {entry.get('fee')}, in force {right} by {fee.get('fee')}")
        line = charged.get(name := (entry.get("fee", "free of charge"), fee.get("currency", "")), (0, 0))
        charged[name] = line[0] + 1, line[1] + entry["charge"]
        count("charges")
    for index, head in heads[log.origin]:
        if head["size"] > log.size: print(f"not yet public: entry {index} of the register names size {head['size']} of {log.origin}, which shows {log.size}")
        elif b64u(log.tree.root(head["size"])) != head["root"]: wrong(register.origin, index, f"the head of {log.origin} at {head['size']} has another root")

def main(base):
    print(f"signatures are verified by {'cryptography' if Ed25519PublicKey else 'the Ed25519 in this file'}")
    register = Log(base, "register")
    for index, entry in register.entries():
        if index == 0: log_keys.append((0, founding(entry).get("logKey") or wrong(register.origin, 0, "this is no founding act") or ""))
        (read_act if entry["type"] == "act" else read_record)(register.origin, index, entry); last = entry["at"]
    register.finish(*(un(key) for i, (_, key) in enumerate(log_keys) if all(last < at + 2_592_000_000 for at, _ in log_keys[i + 1 : i + 2])))  # a key signs on for 30 days
    print(f"{register.origin}, {register.size} entries; fingerprint {b64u(register.tree.levels[0][0])}")
    for origin in heads:
        try: log = Log(base, origin[len(register.origin) - len("register") :])
        except OSError as problem: print(f"{origin} was dropped: its heads and totals stand") if origin in dropped else unread.append(f"could not check: {origin}: {problem}"); continue
        if log.origin != origin: wrong(origin, 0, f"its checkpoint is that of {log.origin}")
        read_usage(log, register)
        log.finish(un(gateways.get(origin.split("/")[-3], "")))
        print(f"{origin}, {log.size} entries")
    for (fee, currency), (uses, amount) in sorted(charged.items()): print(f"  {fee}: {uses} uses, {amount} {currency or '-'}, in minor units")
    said = f"{len(bad)} contradictions" if bad else f"{len(unread)} logs could not be read" if unread else "no contradiction found"
    print("not checked here: rulings, rights, quotas, times, blocks, heads in time, totals, papers, receipts, witnesses")
    print("\n".join([*bad, *unread, "second opinion: " + ", ".join(f"{done[name]} {name}" for name in done) + f": {said}"]))
    return 1 if bad else 2 if unread else 0

try: sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else print(__doc__) or 2)
except Exception as problem: print("\n".join([*bad, f"second opinion: could not check: {type(problem).__name__} {problem}"])) or sys.exit(1 if bad else 2)
