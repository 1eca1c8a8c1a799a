"""Single values, statements, entries, usage entries and receipts, byte for byte: vectors/valid/bytes.json and vectors/invalid/bytes.json."""
import base64
import json

import wire
from lantern import (
    ANSWERS, AUTHORISATION, CEILING, COMPANIES, DIRECTOR, END, FEE, FOUNDERS, PAYER, PREPARER, PRODUCT, REGISTRAR, RULEBOOK, STEP_FEE, STOPS, SYSTEM, body,
    enrolment, founded, gateway, genesis, machine_key, permit, person, serving, tenure,
)
from office import HOUR, breach, granted, key_of, missing, private_paper, public_key, public_paper, refused, signature_by, utc
from passkeys import der, integer, person_passkey, rsa_key, rsa_spki, spki
from wire import b64u, leaf, sha

PAPER = public_paper("gazette", b"gazette of 2019")
AT = utc("2026-01-05 01:00")
PASSKEY = person_passkey("passkey-4", backupEligible=True, attestation=b64u(b"\xa0"))
MODE = {"mode": "acting", "delegator": 3, "from": END - 24 * HOUR, "to": END}

ACTS = [
    genesis(witnessPolicy=PAPER), {"kind": "rulebookAdopted", "rulebook": {**RULEBOOK, "grounds": [], "separated": []}},
    {"kind": "witnessPolicyAdopted", "policy": PAPER}, machine_key("warehouse", "vintage", "suspended", "dropped", "erased"), gateway(),
    {"kind": "gatewayClosed", "gateway": "gate-1", "reason": "closed"}, body("unit.of-harbour-2", parent="bureau"),
    {"kind": "bodySucceeded", "body": "harbour", "successors": ["bureau", "price-office"], "how": "merged"}, SYSTEM, person(9_999_999),
    {"kind": "post", "post": "archivist", "title": "Archivist", "body": "bureau", "powers": [], "superior": "director", "auditor": "auditor"},
    tenure(4, "clerk", **MODE), {"kind": "tenureEnded", "person": 4, "post": "clerk", "reason": "request"},
    {"kind": "reportedTenure", "person": 2, "post": "director", "mode": "full", "from": "2019-05", "to": "2020-01-31", "source": PAPER},
    enrolment(4, "person-4"), {"kind": "keyRevoked", "key": key_of("person-4"), "reason": "breach", "doubtfulSince": AT},
    COMPANIES, {**STOPS, "source": "Lantern Transit", "fields": [{**STOPS["fields"][0], "unit": "metre"}]}, PRODUCT, ANSWERS,
    {"kind": "productWithdrawn", "product": "companies.records", "reason": "mistake"}, {**CEILING, "from": AT}, FEE,
    {**FEE, "payee": {"body": "bureau"}, "ground": None, "amount": 0, "to": None}, {"kind": "feeEnded", "fee": "fee-records", "reason": "expired"},
    {**PAYER, "registration": "91.lantern-0017"}, AUTHORISATION, {"kind": "authorisationEnded", "authorisation": "operate-2026", "reason": "order"},
    permit("credit"), {"kind": "permitRevoked", "permit": "credit", "reason": "replaced", "paper": private_paper("letter", "a letter")},
    {"kind": "reportedAuthorisation", "reported": "old-right", "operator": "clearwater", "datasets": ["companies"], "from": "2019", "to": "2024-12", "source": PAPER},
    {"kind": "reportedDecision", "reported": "old-fee", "about": "fee", "title": "Fee of 2019", "on": "2019-05-03", "source": PAPER},
    {"kind": "confirmed", "reported": "old-right", "authorisation": "confirmed-right", "to": END},
]

RECORDS = [
    {"kind": "head", "log": "data.lantern.example/gate-1/hour/2026q1", "size": 0, "root": b64u(sha(b"")), "anchored": 0},
    {"kind": "head", "log": "data.lantern.example/gate-1/hour/2026q1", "size": 7, "root": b64u(sha(b"seven")), "anchored": 12, "closed": True},
    {"kind": "totals", "log": "data.lantern.example/gate-1/hour/2026q1", "rows": [
        {"permit": "credit", "month": "2026-03", "fee": "fee-records", "uses": 2, "calls": 2, "steps": 12, "charged": 300, "currency": "CNY"},
        {"permit": "relief", "month": "2026-03", "uses": 1, "calls": 1, "steps": 4, "charged": 0}]},
    {"kind": "vintage", "dataset": "companies", "vintage": 1, "rows": 0, "digest": b64u(sha(b"file")), "schema": b64u(sha(wire.encode_bytes(COMPANIES["fields"])))},
    {"kind": "suspended", "log": "data.lantern.example/gate-1/hour/2026q1", "size": 7},
    {"kind": "dropped", "log": "data.lantern.example/gate-1/hour/2026q1", "policy": PAPER},
    {"kind": "erased", "what": "opening", "before": AT, "count": 3, "policy": PAPER},
]

USAGE = {
    "anchor": {"v": 1, "kind": "anchor", "size": 12, "root": b64u(sha(b"register")), "slot": AT},
    "settle": {"v": 1, "kind": "settle", "of": b64u(sha(b"use")), "result": "broken", "units": {"calls": 1, "steps": 2, "bytes": 3}, "subjects": 10, "charge": 50, "private": b64u(sha(b"p"))},
    "repeat": {"v": 1, "kind": "repeat", "of": b64u(sha(b"use")), "slot": AT, "private": b64u(sha(b"p"))},
    "open": {"v": 1, "kind": "open", "dataset": "bus-stops", "operation": "lookup", "slot": AT},
    "counted": {"v": 1, "kind": "counted", "dataset": "bus-stops", "operation": "lookup", "slot": AT, "of": b64u(sha(b"open")), "uses": 1, "bytes": 0},
    "refused": {"v": 1, "kind": "refused", "slot": AT, "organisation": "brightline", "dataset": "companies", "rule": "V-QUOTA", "count": 1},
    "refused-stranger": {"v": 1, "kind": "refused", "slot": AT, "dataset": "companies", "rule": "I2", "count": 9},
}


def case(name, of, raw, **more):
    raw = raw if isinstance(raw, bytes) else raw.encode("utf-8") if isinstance(raw, str) else wire.encode_bytes(raw)
    try:
        return {"name": name, "of": of, "text": raw.decode("utf-8"), **more}
    except UnicodeDecodeError:
        return {"name": name, "of": of, "base64": base64.b64encode(raw).decode(), **more}


def submission(act, *signers, name="person-2", batch=None, signatures=None):
    office = founded()
    said = office.statement(act, signers or [REGISTRAR], AT)
    return {"statement": said, "signatures": signatures or [signature_by(name, wire.act_message(said))], "batch": batch}


def valid_canonical():
    texts = {
        "empty-object": "{}", "empty-list": "[]", "empty-string": '""', "true-and-false": "[true,false]", "zero": "0",
        "largest-integer": "9007199254740991", "smallest-integer": "-9007199254740991", "nested": '{"a":{"b":[1,[2,{}]]},"c":"d"}',
        "members-by-utf16-unit": '{"\U0001f600":1,"\ufb33":2}', "members-like-numbers": '{"10":1,"9":2,"a":3}', "capitals-first": '{"B":1,"_":2,"a":3}',
        "member-proto": '{"__proto__":1,"constructor":2}', "empty-member-name": '{"":1}',
        "short-escapes": '"\\b\\t\\n\\f\\r\\"\\\\"', "control-escapes": '"\\u0000\\u001f"', "nothing-else-escaped": '"/\x7f\u2028\u20ac\U0001f600"',
        "replacement-character": '"\ufffd"', "not-normalised": '"e\u0301\u00e9"',
    }
    for name, text in texts.items():
        assert wire.encode(json.loads(text)) == text, name
        yield case(name, "canonical", text, hash=b64u(sha(text.encode())))


def valid_submissions():
    for index, act in enumerate(ACTS):
        second = "-again" if act["kind"] in [one["kind"] for one in ACTS[:index]] else ""
        signers = {"genesis": FOUNDERS, "keyEnrolled": [DIRECTOR, ("holder", 4, None)]}.get(act["kind"], [REGISTRAR])
        office = founded()
        said = office.statement(act, signers, AT, seen={"size": 0, "root": b64u(sha(b""))} if act["kind"] == "genesis" else None)
        message = wire.act_message(said)
        names = [f"person-{number}" for _, number, _ in signers]
        yield case(f"act-{act['kind']}{second}", "submission", {"statement": said, "signatures": [signature_by(name, message) for name in names]},
                   signed=b64u(message), keys=[{"publicKey": public_key(name), "key": key_of(name)} for name in names])
    yield case("title-of-200-characters", "submission", submission(body("long", title="\U0001f409" * 199 + "\u9f99")))
    yield case("titles-in-other-languages", "submission", submission(body("north", titles=[
        {"lang": "zh-Hans", "title": "\u706f\u7b3c\u5e02\u5317\u533a"}, {"lang": "zh-Hant-TW", "title": "\u71c8\u7c60\u5e02\u5317\u5340"}, {"lang": "de", "title": "Nord"}])))
    yield case("eight-signers", "submission", submission(body("many"), *[REGISTRAR] * 8, signatures=[signature_by("person-2", b"any")] * 8))
    yield case("id-of-64-characters", "submission", submission(body("a." * 31 + "zz")))
    yield case("until-the-last-instant", "submission", {**submission(body("late")), "statement": {**submission(body("late"))["statement"], "until": 8_640_000_000_000_000}})
    passkey = {"form": "webauthn", "key": key_of("person-2"), "authenticatorData": b64u(sha(b"rp") + b"\x05\x00\x00\x00\x01"),
               "clientDataJSON": b64u(b'{"type":"webauthn.get"}'), "signature": b64u(b"\x30\x06\x02\x01\x01\x02\x01\x01")}
    yield case("passkey-signature", "submission", submission(body("north"), signatures=[passkey]))
    yield case("passkey-enrolment", "submission", submission({**enrolment(4, "person-4"), "key": PASSKEY}, DIRECTOR, ("holder", 4, None), signatures=[passkey] * 2))
    for name in ("passkey-4", "passkey-4-ed25519", "passkey-4-rsa"):
        act = {**enrolment(4, name), "key": person_passkey(name, origins=["https://a.example", "http://localhost:1"], credential=b64u(b"c" * 1023))}
        yield case(f"{name.replace('-4', '')}-key", "submission", submission(act), keys=[{"publicKey": b64u(spki(name)), "key": key_of(name)}])
    yield from valid_batch("batch-of-three", 3)
    yield from valid_batch("batch-of-one", 1)
    yield from valid_batch("batch-of-1024", 1024, shown=[1023])


def valid_batch(name, count, shown=None):
    office = founded()
    statements = [office.statement({**SYSTEM, "system": f"s{i}"}, [PREPARER, REGISTRAR], AT) for i in range(count)]
    leaves = [leaf(wire.encode_bytes(one)) for one in statements]
    message = wire.batch_message(wire.root(leaves))
    signatures = [signature_by("person-2", message)] * 2
    for index in range(count) if shown is None else shown:
        way = {"index": index, "count": count, "path": [b64u(step) for step in wire.path(leaves, index)]}
        yield case(f"{name}-{index}", "submission", {"statement": statements[index], "signatures": signatures, "batch": way},
                   signed=b64u(message), root=b64u(wire.root(leaves)), keys=[{"publicKey": public_key("person-2"), "key": key_of("person-2")}])


def entry(name, raw, **more):
    return case(name, "entry", raw, leaf=b64u(leaf(raw)), **more)


def valid_entries():
    office = founded()
    yield entry("genesis", office.entries[0])
    flags = granted(breach("V-CONFIRMED", ["reported", "old-right"]))
    yield entry("granted", office.act(SYSTEM, REGISTRAR))
    yield entry("granted-with-a-flag", office.act(ACTS[-1], DIRECTOR, ruling=flags))
    findings = [breach("CN-PRC-18", ["payee-kind", "body"]), missing("CN-PRC-03", ["ceiling", "none"]), breach("CN-PRC-14", ["from", 0], ["entered", AT]), missing("I4")]
    yield entry("refused", office.act(FEE, PREPARER, REGISTRAR, ruling=refused(*findings), keys={3: "person-2"}))
    office.batch([body("north"), body("south")], REGISTRAR)
    yield entry("in-a-batch", office.entries[-1])
    for record in RECORDS:
        raw = office.record(record, "gate-1")
        yield entry(f"record-{record['kind']}" + ("-closed" if "closed" in record else ""), raw, signed=b64u(wire.record_message(office.origin, office.clock, record)),
                    keys=[{"publicKey": public_key("gate-1"), "key": key_of("gate-1")}])


def uses():
    office = serving()
    one = office.use("credit", AT, STEP_FEE, rows=130)
    return office, {
        "use-charged": one, "use-free": {**office.use("relief", AT, fields="0", where="0", subjects=100)},
        "use-streamed": office.use("credit", AT, STEP_FEE, state="open"), "use-of-all-bits": office.use("wide", AT, fields="f" * 64, where="8" + "0" * 63),
        "use-statistic": {**office.use("credit", AT, operation="statistic"), "spent": {"numerator": 1, "denominator": 1000}},
    }


def valid_usage():
    office, made = uses()
    for name, value in {**made, **USAGE}.items():
        raw = wire.encode_bytes(value)
        opening = office.openings.get(value.get("private"))
        private = {"private": {**opening, "commitment": value["private"]}} if opening else {}
        yield case(name, "usage", raw, leaf=b64u(leaf(raw)), **private)


def valid_receipts():
    office, made = uses()
    log = office.logs[0]
    key = [{"publicKey": public_key("gate-1"), "key": key_of("gate-1")}]
    raws = [wire.encode_bytes(made[name]) for name in ("use-charged", "use-free", "use-streamed")]
    due = AT + 11 * 60_000
    message = b64u(wire.receipt_message(log.origin, 3, wire.root([leaf(raw) for raw in raws]), due))
    for index, receipt in enumerate(office.receipts(log.origin, raws, due, "gate-1")):
        yield case(f"receipt-{index}-of-three", "receipt", receipt, signed=message, keys=key)
    (receipt,) = office.receipts(log.origin, [wire.encode_bytes(USAGE["open"])], due, "gate-1")
    yield case("receipt-of-open-data", "receipt", receipt, keys=key)
    (receipt,) = office.act_receipt(1)
    yield case("receipt-of-an-act", "receipt", receipt, keys=[{"publicKey": public_key("log-key"), "key": key_of("log-key")}])


def valid():
    parts = [valid_canonical, valid_submissions, valid_entries, valid_usage, valid_receipts]
    return {"about": "Bytes that count. Encoding what was decoded gives the same bytes; leaf, signed, root and private are what the contract derives from them",
            "cases": [one for part in parts for one in part()]}


# Bytes that do not count.

CANONICAL_FAULTS = {
    "number-with-fraction": '{"a":1.5}', "number-with-zero-fraction": '{"a":1.0}', "exponent": '{"a":1e3}', "exponent-beyond-all-numbers": '{"a":1e400}',
    "minus-zero": '{"a":-0}', "leading-zero": '{"a":01}', "leading-plus": '{"a":+1}', "integer-too-large": '{"a":9007199254740992}',
    "integer-too-small": '{"a":-9007199254740992}', "integer-that-rounds": '{"a":9007199254740993}', "null": '{"a":null}', "not-a-number": '{"a":NaN}',
    "members-in-another-order": '{"b":1,"a":2}', "members-by-code-point": '{"\ufb33":1,"\U0001f600":2}', "numbers-before-text": '{"9":1,"10":2}',
    "duplicate-member": '{"a":1,"a":2}', "same-member-twice": '{"a":1,"a":1}', "white-space": '{"a": 1}', "leading-space": ' {"a":1}',
    "trailing-byte": '{"a":1}\n', "two-values": "{}{}", "trailing-comma": '{"a":1,}', "nothing": "", "byte-order-mark": '\ufeff{"a":1}',
    "escaped-slash": '{"a":"\\/"}', "escaped-letter": '{"a":"\\u0061"}', "escaped-astral": '{"a":"\\ud83d\\ude00"}', "escape-in-capitals": '{"a":"\\u001F"}',
    "long-escape-of-a-line-feed": '{"a":"\\u000a"}', "escaped-delete": '{"a":"\\u007f"}', "escaped-member-name": '{"\\u0061":1}',
    "raw-control-character": '{"a":"\x01"}', "lone-surrogate": '{"a":"\\ud800"}', "lone-low-surrogate": '{"a":"\\udc00"}', "surrogates-in-wrong-order": '{"a":"\\udc00\\ud800"}',
    "lone-surrogate-as-member": '{"\\ud800":1}', "single-quotes": "{'a':1}", "comment": '{"a":1/**/}',
}

BYTE_FAULTS = {
    "not-utf8": b'{"a":"\xff"}', "surrogate-in-utf8": b'{"a":"\xed\xa0\x80"}', "overlong-utf8": b'{"a":"\xc0\xaf"}', "utf8-cut-short": b'{"a":"\xe2\x82"}',
    "utf8-beyond-unicode": b'{"a":"\xf4\x90\x80\x80"}', "utf16": '{"a":1}'.encode("utf-16-le"),
}


def changed(value, *path_and_new):
    """A copy with the member at a path replaced; None takes it away."""
    *path, new = path_and_new
    if not path:
        return new
    copy = list(value) if isinstance(value, list) else dict(value)
    copy[path[0]] = changed(copy[path[0]] if path[0] in copy or isinstance(copy, list) else None, *path[1:], new) if len(path) > 1 else new
    return copy


def invalid_passkeys():
    p256, (n, _), (short, _) = spki("passkey-4"), rsa_key("passkey-4-rsa"), rsa_key("short", 1024)
    compressed = bytes.fromhex("3039301306072a8648ce3d020106082a8648ce3d030107032200") + bytes([2 + p256[-1] % 2]) + p256[27:59]
    bare = rsa_spki(n).replace(bytes.fromhex("0500"), b"", 1)
    yield from [(f"passkey-{name}", submission({**enrolment(4, "person-4"), "key": {**PASSKEY, **change}})) for name, change in {
        "of-unknown-alg": {"alg": -35}, "of-p256-as-ed25519": {"alg": -8}, "of-p256-as-rsa": {"alg": -257}, "of-bare-ed25519": {"alg": -8, "publicKey": b64u(spki("passkey-4-ed25519")[12:])},
        "of-p256-compressed": {"publicKey": b64u(compressed)}, "of-p256-without-its-info": {"publicKey": b64u(p256[26:])}, "with-trailing-byte": {"publicKey": b64u(p256 + b"\0")},
        "of-p256-cut-short": {"publicKey": b64u(p256[:-1])}, "of-another-curve": {"publicKey": b64u(p256.replace(bytes.fromhex("2a8648ce3d030107"), bytes.fromhex("2a8648ce3d030106")))},
        "rsa-of-1024-bits": {"alg": -257, "publicKey": b64u(rsa_spki(short))}, "rsa-of-2047-bits": {"alg": -257, "publicKey": b64u(rsa_spki(n >> 1 | 1))},
        "rsa-of-4104-bits": {"alg": -257, "publicKey": b64u(rsa_spki(1 << 4103 | n))}, "rsa-with-exponent-3": {"alg": -257, "publicKey": b64u(rsa_spki(n, 3))},
        "rsa-that-is-even": {"alg": -257, "publicKey": b64u(rsa_spki(n - 1))}, "rsa-without-parameters": {"alg": -257, "publicKey": b64u(bare)},
        "rsa-without-its-info": {"alg": -257, "publicKey": b64u(der(0x30, integer(n), integer(65_537)))}, "without-origins": {"origins": []}, "with-nine-origins": {"origins": [f"https://a{i}.example" for i in range(9)]},
        "with-a-path-in-its-origin": {"origins": ["https://data.lantern.example/"]}, "with-an-app-for-origin": {"origins": ["android:apk-key-hash:AAAA"]}, "with-capitals-in-its-host": {"rpId": "Data.lantern.example"},
        "with-a-port-in-its-host": {"rpId": "data.lantern.example:8443"}, "without-host": {"rpId": ""}, "without-credential": {"credential": ""}, "with-a-credential-too-long": {"credential": b64u(b"c" * 1024)},
        "without-backup-flag": {"backupEligible": None}, "with-a-name": {"name": "blue key"}, "with-padded-key": {"publicKey": b64u(p256) + "="},
    }.items()]


def invalid_submissions():
    good = submission(body("north"))
    act, signer, signature = ("statement", "act"), ("statement", "signers", 0), ("signatures", 0)
    fee = submission({**FEE, "from": AT})
    batch = {"index": 0, "count": 2, "path": [b64u(sha(b"other"))]}
    hash43, id22 = b64u(sha(b"x")), good["statement"]["id"]
    yield from [(name, changed(good, *change)) for name, change in {
        "unknown-member": ("remark", "x"), "unknown-member-of-statement": ("statement", "remark", "x"), "free-text-member": (*act, "remark", "come and see me"),
        "unknown-member-of-signer": (*signer, "name", "x"), "unknown-kind": (*act, "kind", "decree"), "kind-missing": (*act, "kind", None),
        "unknown-version": ("statement", "v", 2), "version-as-text": ("statement", "v", "1"), "version-missing": ("statement", "v", None),
        "title-too-long": (*act, "title", "x" * 201), "title-of-201-astral-characters": (*act, "title", "\U0001f409" * 201), "title-empty": (*act, "title", ""),
        "title-on-two-lines": (*act, "title", "a\nb"), "title-with-line-separator": (*act, "title", "a\u2028b"), "title-with-delete": (*act, "title", "a\x7f"),
        "title-of-one-space": (*act, "title", " "), "title-with-next-line": (*act, "title", "a\x85b"), "title-that-turns-direction": (*act, "title", "a\u202eb"),
        "titles-twice-in-a-language": (*act, "titles", [{"lang": "de", "title": "Nord"}, {"lang": "de", "title": "Norden"}]), "titles-without-one": (*act, "titles", []),
        "titles-in-capitals": (*act, "titles", [{"lang": "ZH", "title": "x"}]), "titles-in-no-language": (*act, "titles", [{"title": "x"}]),
        "title-not-text": (*act, "title", 7), "unknown-level": (*act, "level", "galactic"), "id-with-capital": (*act, "body", "North"),
        "id-with-underscore": (*act, "body", "north_1"), "id-ending-in-a-dot": (*act, "body", "north."), "id-with-two-hyphens": (*act, "body", "north--1"),
        "id-too-long": (*act, "body", "a" * 65), "id-empty": (*act, "body", ""), "id-with-line-feed": (*act, "body", "north\n"),
        "unused-base64-bits": ("statement", "id", id22[:-1] + "B"), "statement-id-too-short": ("statement", "id", id22[:-1]), "statement-id-padded": ("statement", "id", id22 + "=="),
        "hash-of-wrong-length": ("statement", "seen", "root", b64u(sha(b"x")[:31])), "hash-in-standard-base64": ("statement", "seen", "root", "+/" + hash43[2:]),
        "hash-with-unused-bits": ("statement", "seen", "root", hash43[:-1] + "B"), "hash-in-hex": ("statement", "seen", "root", sha(b"x").hex()),
        "seen-missing": ("statement", "seen", None), "seen-size-negative": ("statement", "seen", "size", -1), "until-as-text": ("statement", "until", "2026-01-06"),
        "until-beyond-time": ("statement", "until", 8_640_000_000_000_001), "office-with-scheme": ("statement", "office", "https://data.lantern.example/register"),
        "office-with-space": ("statement", "office", "data.lantern.example/the register"), "office-with-plus": ("statement", "office", "data.lantern.example/register+1"),
        "no-signers": ("statement", "signers", []), "nine-signers": ("statement", "signers", [good["statement"]["signers"][0]] * 9),
        "unknown-role": (*signer, "role", "witnessed"), "person-zero": (*signer, "person", 0), "person-too-large": (*signer, "person", 10_000_000), "person-as-text": (*signer, "person", "2"),
        "no-signatures": ("signatures", []), "signature-of-wrong-length": (*signature, "signature", b64u(b"\0" * 63)), "signature-in-capitals": (*signature, "form", "ED25519"),
        "signature-of-unknown-form": (*signature, "form", "rsa"), "signature-without-key": (*signature, "key", None), "key-id-of-wrong-length": (*signature, "key", b64u(b"\0" * 15)),
        "passkey-signature-without-client-data": ("signatures", 0, {"form": "webauthn", "key": key_of("person-2"), "authenticatorData": "AAAA", "signature": "AAAA"}),
        "batch-path-too-long": ("batch", {**batch, "path": [hash43] * 11}), "batch-without-count": ("batch", {**batch, "count": None}), "batch-index-negative": ("batch", {**batch, "index": -1}),
        "statement-missing": ("statement", None), "a-list": ([good],),
    }.items()]
    yield from [(name, changed(fee, *change)) for name, change in {
        "money-with-fraction-as-text": (*act, "amount", "25.00"), "money-negative": (*act, "amount", -1), "currency-in-small-letters": (*act, "currency", "cny"),
        "begins-between-hours": (*act, "from", AT + 60_000), "two-payees": (*act, "payee", {"organisation": "clearwater", "body": "bureau"}), "no-payee": (*act, "payee", {}),
        "no-classes": (*act, "classes", []), "unknown-class": (*act, "classes", ["friend"]), "payer-by-name": (*act, "classes", ["brightline"]), "unknown-unit": (*act, "unit", "row"),
    }.items()]
    reported = submission(ACTS[-2])
    yield from [(name, changed(reported, *act, "on", day)) for name, day in {
        "date-without-zero": "2019-5", "month-thirteen": "2019-13", "day-thirty-two": "2019-05-32", "day-that-does-not-exist": "2019-02-31", "date-with-time": "2019-05-03T00:00:00Z", "year-alone-of-two-digits": "19"}.items()]
    yield from [(name, changed(reported, *act, "source", change)) for name, change in {
        "paper-without-size": {**PAPER, "size": None}, "paper-of-no-bytes": {**PAPER, "size": 0}, "paper-with-an-address": {**PAPER, "url": "https://data.lantern.example/p"}}.items()]
    yield from invalid_passkeys()
    adopted = submission(ACTS[1])
    yield "ground-by-no-rule", changed(adopted, *act, "rulebook", "grounds", [{**RULEBOOK["grounds"][0], "rule": "article three"}])
    yield "separated-by-a-sentence", changed(adopted, *act, "rulebook", "separated", ["fee standards"])
    yield "rulebook-ends-between-hours", changed(adopted, *act, "rulebook", "until", AT + 1)
    yield "field-name-with-hyphen", changed(submission(COMPANIES), *act, "fields", 0, "name", "company-number")
    yield "unknown-classification", changed(submission(COMPANIES), *act, "fields", 0, "classification", "secret")
    yield "dataset-without-fields", changed(submission(COMPANIES), *act, "fields", [])
    yield "unknown-power", changed(submission(ACTS[10]), *act, "powers", ["everything"])
    yield "contact-of-a-person", changed(submission(person(4)), *act, "name", {**person(4)["name"], "name": "A. Person"})
    yield "name-in-public", changed(submission(person(4)), *act, "name", public_paper("name", b"A. Person"))


def invalid_entries():
    office = founded()
    good = json.loads(office.act(SYSTEM, REGISTRAR))
    no = json.loads(office.act(FEE, PREPARER, REGISTRAR, ruling=refused(breach("CN-PRC-14", ["from", 0])), keys={3: "person-2"}))
    heads = json.loads(office.record(RECORDS[1], "gate-1"))
    sums = json.loads(office.record(RECORDS[2], "gate-1"))
    fact = ("ruling", "findings", 0, "facts", 0)
    for value, changes in [
        (good, {
            "unknown-member": ("remark", "x"), "unknown-type": ("type", "note"), "unknown-version": ("v", 2), "at-negative": ("at", -1), "edition-zero": ("edition", 0),
            "ruling-missing": ("ruling", None), "unknown-outcome": ("ruling", {"outcome": "tolerated", "flags": []}), "granted-with-findings": ("ruling", "findings", []),
            "granted-without-flags": ("ruling", {"outcome": "granted"}), "refused-without-findings": ("ruling", {"outcome": "refused", "findings": []}),
            "signatures-missing": ("signatures", None), "unknown-kind": ("statement", "act", "kind", "decree"),
        }),
        (no, {
            "fact-as-a-sentence": (*fact, 1, "the price is too high"), "fact-of-three": (*fact, ["from", 1, 2]), "fact-of-one": (*fact, ["from"]), "fact-negative": (*fact, 1, -1),
            "fact-true": (*fact, 1, True), "fact-name-with-underscore": (*fact, 0, "rows_max"), "rule-in-small-letters": ("ruling", "findings", 0, "rule", "cn-prc-14"), "unknown-result": ("ruling", "findings", 0, "result", "suspected"),
            "finding-with-a-comment": ("ruling", "findings", 0, "comment", "x"), "seventeen-facts": ("ruling", "findings", 0, "facts", [["from", 0]] * 17),
            "sixty-five-findings": ("ruling", "findings", no["ruling"]["findings"] * 65),
        }),
        (heads, {
            "record-with-unknown-member": ("record", "remark", "x"), "unknown-kind-of-record": ("record", "kind", "audit"), "head-size-negative": ("record", "size", -1),
            "head-root-of-wrong-length": ("record", "root", b64u(sha(b"x")[:16])), "head-closed-by-word": ("record", "closed", "yes"), "head-without-anchored": ("record", "anchored", None),
            "record-with-a-ruling": ("ruling", {"outcome": "granted", "flags": []}), "record-signature-of-wrong-length": ("signature", b64u(b"\0" * 65)), "record-key-of-wrong-length": ("key", b64u(sha(b"x"))),
        }),
        (sums, {
            "totals-of-month-thirteen": ("record", "rows", 0, "month", "2026-13"), "totals-of-a-day": ("record", "rows", 0, "month", "2026-03-01"),
            "totals-with-negative-charge": ("record", "rows", 0, "charged", -1), "totals-of-an-organisation": ("record", "rows", 0, "organisation", "brightline"),
        }),
    ]:
        yield from ((name, changed(value, *change)) for name, change in changes.items())


def invalid_usage():
    _, made = uses()
    use = made["use-charged"]
    for name, value in {"use": use, **USAGE}.items():
        if name != "refused-stranger":
            yield f"{name}-with-free-text-member", {**value, "note": "x"}
            yield f"{name}-of-unknown-version", {**value, "v": 2}
    yield from ((name, changed(use, *change)) for name, change in {
        "unknown-kind": ("kind", "look"), "unknown-operation": ("operation", "sql"), "bit-set-with-leading-zero": ("fields", "07"), "bit-set-in-capitals": ("fields", "F"),
        "bit-set-as-a-number": ("fields", 7), "bit-set-empty": ("where", ""), "bit-set-with-prefix": ("where", "0x1"), "bit-set-too-long": ("fields", "1" + "0" * 64),
        "charge-negative": ("charge", -1), "charge-as-text": ("charge", "25"), "fee-empty": ("fee", ""), "units-with-rows": ("units", "rows", 130),
        "units-without-bytes": ("units", "bytes", None), "unknown-state": ("state", "broken"), "private-of-wrong-length": ("private", b64u(sha(b"x")[:31])), "private-missing": ("private", None),
        "private-padded": ("private", use["private"] + "="), "spent-in-parts-of-nothing": ("spent", {"numerator": 1, "denominator": 0}), "slot-negative": ("slot", -60_000),
        "organisation-named": ("organisation", "brightline"), "exact-time": ("at", AT), "permit-missing": ("permit", None),
    }.items())
    yield "refused-by-no-rule", {**USAGE["refused"], "rule": "quota is spent"}
    yield "charge-too-large", wire.encode(use).replace('"charge":75', '"charge":9007199254740992')
    yield "members-in-another-order", wire.encode(use).replace('{"charge":75,"fee":"fee-records"', '{"fee":"fee-records","charge":75')
    yield "charge-with-fraction", wire.encode(use).replace('"charge":75', '"charge":75.0')
    yield "charge-with-leading-zero", wire.encode(use).replace('"charge":75', '"charge":075')
    yield "duplicate-member", wire.encode(use).replace('"charge":75', '"charge":0,"charge":75')
    yield "white-space", wire.encode(use).replace(",", ", ", 1)
    yield "trailing-byte", wire.encode(use) + "\n"
    yield "leading-byte", "\ufeff" + wire.encode(use)
    yield "escaped-slug", wire.encode(use).replace('"credit"', '"\\u0063redit"')
    yield "anchor-without-root", changed(USAGE["anchor"], "root", None)
    yield "settle-with-unknown-result", changed(USAGE["settle"], "result", "lost")
    yield "settle-with-slot", {**USAGE["settle"], "slot": AT}
    yield "repeat-without-slot", changed(USAGE["repeat"], "slot", None)
    yield "open-with-organisation", {**USAGE["open"], "organisation": "brightline"}
    yield "counted-of-no-uses", changed(USAGE["counted"], "uses", 0)
    yield "refused-of-none", changed(USAGE["refused"], "count", 0)
    yield "refused-with-a-sentence", changed(USAGE["refused"], "rule", "no permit")


def invalid_receipts():
    office, made = uses()
    good = office.receipts(office.logs[0].origin, [wire.encode_bytes(made[name]) for name in ("use-charged", "use-free")], AT, "gate-1")[0]
    yield from ((name, changed(good, *change)) for name, change in {
        "unknown-member": ("remark", "x"), "unknown-version": ("v", 2), "signature-of-wrong-length": ("signature", b64u(b"\0" * 32)), "entry-padded": ("entry", good["entry"] + "="),
        "entry-in-standard-base64": ("entry", "+/+/"), "entry-of-one-character": ("entry", "A"), "group-missing": ("group", None), "group-of-none": ("group", "count", 0),
        "group-root-of-wrong-length": ("group", "root", "AAAA"), "group-path-too-long": ("group", "path", [good["group"]["root"]] * 33), "position-negative": ("group", "position", -1),
        "index-negative": ("index", -1), "opening-without-nonce": ("opening", "nonce", None), "nonce-of-wrong-length": ("opening", "nonce", b64u(b"\0" * 16)),
        "log-with-scheme": ("log", "https://data.lantern.example/gate-1/minute/2026q1"), "publish-by-as-text": ("publishBy", "2026-01-05T01:11:00Z"),
    }.items())


def invalid():
    cases = [case(name, "canonical", raw) for name, raw in {**CANONICAL_FAULTS, **BYTE_FAULTS}.items()]
    for of, part in (("submission", invalid_submissions), ("entry", invalid_entries), ("usage", invalid_usage), ("receipt", invalid_receipts)):
        cases += [case(name, of, value) for name, value in part()]
    return {"about": "Bytes that do not count: each has the one fault that its name says, and a reader of that kind refuses it", "cases": cases}
