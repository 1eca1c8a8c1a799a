"""Faults of acts signed with passkeys: one each in what the authenticator or the browser said, or in the key that an act enrolled."""
import re

import ed25519
import passkeys
import wire
from fault import fault
from lantern import DIRECTOR, body
from office import signature_by
from passkeys import BACKUP_ELIGIBLE, HOST, PRESENT, VERIFIED, assertion, person_passkey, seed, sha
from valid_passkeys import CLERK, said, with_passkey
from wire import b64u

OTHER = "https://data.lantern.example.evil.example"


def unsigned(name, about, key="passkey-4", **how):
    def build():
        return said(with_passkey(key), key, **how).case(about, "unsigned")
    build.__name__ = f"passkey_{name}"
    fault(build)


unsigned("challenge_wrong", "The challenge that a passkey signed is of another statement", challenge=b64u(sha(b"another statement")))
unsigned("challenge_padded", "The challenge is in base64 with padding", text=lambda usual: re.sub('(?<="challenge":".{43})', "=", usual))
unsigned("origin_wrong", "A passkey signed at a page that is not on its list", origin=OTHER)
unsigned("cross_origin", "A passkey signed in a page that stood inside another site's", crossOrigin=True)
unsigned("type_wrong", "What a passkey signed was the making of a credential", type="webauthn.create")
unsigned("member_twice", "The client data says its challenge twice", text=lambda usual: usual.replace("{", '{"challenge":"AAAA",'))
unsigned("client_data_not_json", "The client data is no JSON", text=lambda usual: usual + "}")
unsigned("client_data_too_deep", "The client data is nested nine deep", hint=[[[[[[[[]]]]]]]])
unsigned("user_not_verified", "A passkey was used without PIN or finger", flags=PRESENT)
unsigned("user_not_present", "A passkey was used with nobody there", flags=VERIFIED)
unsigned("rp_id_wrong", "A passkey signed for another host", rp_id="lantern.example")
unsigned("copied", "A passkey that cannot be copied says that it may be", flags=PRESENT | VERIFIED | BACKUP_ELIGIBLE)
unsigned("device_bound_of_late", "A passkey that may be copied says that it cannot be", "passkey-4-synced", flags=PRESENT | VERIFIED)
unsigned("of_another_key", "Another passkey of the same person signed in the name of this one", by="passkey-4-other")
unsigned("of_another_key_rsa", "Another RSA passkey signed in the name of this one", "passkey-4-rsa", by="passkey-4-other-rsa")
unsigned("of_another_alg", "A passkey of P-256 is said to have signed with Ed25519", sign=lambda signed: ed25519.sign(seed("passkey-4"), signed))
unsigned("signature_without_der", "The two numbers of a signature stand there without their DER", sign=lambda signed: raw(passkeys.signed_by("passkey-4", signed)))
unsigned("signature_with_trailing_byte", "A byte stands behind the DER of a signature", sign=lambda signed: passkeys.signed_by("passkey-4", signed) + b"\0")
unsigned("data_signed_without_client_data", "What was signed is the authenticator's data alone", sign=lambda signed: passkeys.signed_by("passkey-4", signed[:37]))


def raw(der):
    r = der[4 : 4 + der[3]]
    return b"".join(part[-32:].rjust(32, b"\0") for part in (r, der[6 + len(r) :]))


@fault
def passkey_signature_of_the_form_ed25519():
    o = with_passkey("passkey-4-ed25519")
    o.act(body("north"), CLERK, sign=lambda _, message: [{
        "form": "ed25519", "key": passkeys.key_id("passkey-4-ed25519"), "signature": b64u(ed25519.sign(seed("passkey-4-ed25519"), message))}])
    return o.case("A passkey's key signed as a key of a file does, with no authenticator to be seen", "unsigned")


@fault
def passkey_assertion_for_a_key_of_a_file():
    o = with_passkey()
    o.act(body("north"), DIRECTOR, sign=lambda _, message: [{**assertion("passkey-4", message), "key": signature_by("person-1", message)["key"]}])
    return o.case("An assertion stands in the place of the signature of a key that is no passkey", "unsigned")


@fault
def passkey_never_enrolled():
    o = with_passkey()
    o.act(body("north"), CLERK, keys={4: "passkey-4-sign-in"})
    return o.case("A passkey that no act enrolled signs an act", "unknown-key")


def enrolled(about, *findings, **change):
    """The clerk's second passkey, which signs its enrolment as the act says."""
    o = with_passkey()
    key = person_passkey("passkey-4-second", **change)
    key_id = wire.key_id(wire.unb64u(key["publicKey"]))
    o.act({"kind": "keyEnrolled", "person": 4, "key": key}, DIRECTOR, ("holder", 4, None),
          sign=lambda signatures, message: [signatures[0], {**assertion("passkey-4-second", message, origin=key["origins"][0], rp_id=key["rpId"]), "key": key_id}])
    return o.case(about, *findings)


@fault
def passkey_enrolled_without_encryption():
    return enrolled("A passkey was enrolled for pages that anybody on the way can change", "ruling", origins=[f"http://{HOST}"])


@fault
def passkey_enrolled_for_another_host():
    return enrolled("A passkey was enrolled whose pages are not at its host", "ruling", origins=["https://lantern-data.example"])


@fault
def passkey_enrolled_for_a_country():
    return enrolled("A passkey was enrolled that every host of a country may ask", "ruling", rpId="example")


@fault
def passkey_enrolled_by_another():
    o = with_passkey()
    o.act({"kind": "keyEnrolled", "person": 4, "key": person_passkey("passkey-4-second")}, DIRECTOR, ("holder", 4, None),
          sign=lambda signatures, message: [signatures[0], {**assertion("passkey-4-second", message, by="passkey-4")}])
    return o.case("The passkey that is enrolled did not sign; another one of its holder did", "unsigned")


@fault
def passkey_of_an_alg_that_its_key_has_not():
    return enrolled("A key of P-256 was enrolled as one of RSA", "bytes", alg=-257)


@fault
def passkey_of_1024_bits():
    return enrolled("An RSA key of 1,024 bits was enrolled", "bytes", alg=-257, publicKey=b64u(passkeys.rsa_spki(passkeys.rsa_key("short", 1024)[0])))
