"""Stories of acts signed with passkeys."""
from lantern import DIRECTOR, FOUNDERS, REGISTRAR, SYSTEM, body, enrolment, genesis, person, tenure
from office import DAY, Office, breach, key_of, person_key, refused
from passkeys import BACKUP_ELIGIBLE, HOST, PRESENT, VERIFIED, assertion, person_passkey
from valid import story

CLERK = ("approved", 4, "clerk")


def founded_by_passkeys():
    """Entry 0 of an office whose registrar has a passkey and nothing else."""
    o = Office()
    o.keys[2] = "passkey-2"
    o.act(genesis(keys=[{"person": n, "key": person_key("passkey-2" if n == 2 else f"person-{n}")} for n in (1, 2, 3)]), *FOUNDERS)
    return o


def with_passkey(name="passkey-4", **other):
    """A clerk with a passkey of that name, which signs from now on."""
    o = founded_by_passkeys()
    o.act(person(4), REGISTRAR)
    o.act(tenure(4, "clerk"), DIRECTOR)
    o.act({**enrolment(4, name), "key": {**person_key(name), **other}}, DIRECTOR, ("holder", 4, None), keys={4: name})
    o.keys[4] = name
    o.clock += DAY
    return o


def said(o, name="passkey-4", act=None, **how):
    """An act of the clerk whose authenticator or browser says something else than it should."""
    o.act(act or body("north"), CLERK, sign=lambda _, message: [assertion(name, message, **how)])
    return o


@story
def passkeys():
    o = with_passkey()
    young = o.clock + 60_000
    for name in ("passkey-4-ed25519", "passkey-4-rsa", "passkey-4-synced"):
        o.act(enrolment(4, name), DIRECTOR, ("holder", 4, None), keys={4: name})
    o.act(body("early"), CLERK, keys={4: "passkey-4-ed25519"}, ruling=refused(breach("I4", ["key", key_of("passkey-4-ed25519")], ["signs-from", young + DAY])))
    o.act(body("unit-of-registrar"), REGISTRAR)
    o.clock += DAY
    for name in ("passkey-4", "passkey-4-ed25519", "passkey-4-rsa", "passkey-4-synced"):
        o.act(body(f"by-{name[8:]}"), CLERK, keys={4: name})
    o.batch([{**SYSTEM, "system": f"s{i}"} for i in range(3)], REGISTRAR)
    o.act({"kind": "keyRevoked", "key": key_of("passkey-4-rsa"), "reason": "replaced"}, DIRECTOR)
    return o.case("Acts signed with passkeys: P-256, Ed25519, RSA, one that is copied between devices; a batch signed by one touch; the registrar has no other key from the "
                  "founding on")


@story
def passkeys_as_browsers_say_it():
    o = with_passkey(origins=[f"https://{HOST}", f"https://acts.{HOST}:8443"])
    said(o, act=body("a"), crossOrigin=None)
    said(o, act=body("b"), other_keys_can_be_added_here={"why": [None, 1.5]})
    said(o, act=body("c"), origin=f"https://acts.{HOST}:8443")
    said(o, act=body("d"), counter=7, high=True)
    said(o, act=body("e"), counter=3, flags=PRESENT | VERIFIED | 0x80, more=b"\xa0")
    said(o, act=body("f"), text=lambda usual: usual.replace(",", " ,\n") + "\n")
    said(o, act=body("h"), text=lambda usual: usual.replace("{", '{"extra":{"a":1,"a":[[[[[[]]]]]]},'))
    synced = "passkey-4-synced"
    o.act(enrolment(4, synced), DIRECTOR, ("holder", 4, None), keys={4: synced})
    o.clock += DAY
    said(o, synced, act=body("g"), flags=PRESENT | VERIFIED | BACKUP_ELIGIBLE)
    return o.case("Client data without crossOrigin, with unknown members, one of them with a member twice and eight deep, with white space, of a second origin; a high s; a counter that falls; extensions; a copy not made yet")


@story
def passkeys_refused():
    o = with_passkey()
    for change, *findings in [
        ({"rpId": "example"}, ["rp-id", "example"]),
        ({"rpId": "10.0.0.1", "origins": ["https://10.0.0.1"]}, ["rp-id", "10.0.0.1"]),
        ({"origins": [f"http://{HOST}"]}, ["origin", f"http://{HOST}"]),
        ({"origins": [f"https://{HOST}", "https://lantern.example"]}, ["origin", "https://lantern.example"]),
        ({"origins": [f"https://old-{HOST}"]}, ["origin", f"https://old-{HOST}"]),
        ({"origins": [f"https://{HOST}:443"]}, ["origin", f"https://{HOST}:443"]),
        ({"origins": [f"https://{HOST}"] * 2}, ["origin", f"https://{HOST}"]),
        ({"backedUp": True}, ["backed-up", "not-backup-eligible"]),
        ({"rpId": "localhost", "origins": ["http://localhost:80", "http://localhost.example"]}, ["origin", "http://localhost:80"], ["origin", "http://localhost.example"]),
    ]:
        key = person_passkey("passkey-4-second", **change)
        origin, rp_id = key["origins"][0], key["rpId"]
        how = {"origin": origin, "rp_id": rp_id, "flags": PRESENT | VERIFIED}
        sign = lambda signatures, message, how=how: [signatures[0], assertion("passkey-4-second", message, **how)]  # noqa: E731
        o.act({"kind": "keyEnrolled", "person": 4, "key": key}, DIRECTOR, ("holder", 4, None), sign=sign, ruling=refused(*(breach("V-KEY", fact) for fact in findings)))
    local = "passkey-4-local"
    key = person_passkey(local, rpId="localhost", origins=["http://localhost:8080", "https://localhost"])
    o.act({"kind": "keyEnrolled", "person": 4, "key": key}, DIRECTOR, ("holder", 4, None),
          sign=lambda signatures, message: [signatures[0], assertion(local, message, rp_id="localhost", origin="http://localhost:8080")])
    return o.case("Passkeys for hosts and origins that no browser would take are refused, though they sign; one at the own machine is not")
