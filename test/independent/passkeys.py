"""Passkeys from docs/spec/2-statement.md alone: P-256 (FIPS 186-5, RFC 6979), RSA (RFC 8017) and what an authenticator says (W3C WebAuthn)."""
import base64
import functools
import hashlib
import hmac
import json

import ed25519

ES256, EDDSA, RS256 = -7, -8, -257
HOST = "data.lantern.example"
PRESENT, VERIFIED, BACKUP_ELIGIBLE, BACKED_UP = 1, 4, 8, 16

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296, 0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)
EXPONENT = 65_537


def sha(data):
    return hashlib.sha256(data).digest()


def b64u(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def seed(name):
    return sha(b"vitrine-test-passkey " + name.encode())


# P-256, affine: a signature here and there is all that is wanted.


def add(a, b):
    if a is None or b is None:
        return a or b
    if a[0] == b[0]:
        if (a[1] + b[1]) % P == 0:
            return None
        slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, P) % P
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, P) % P
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def times(scalar, point):
    total = None
    while scalar:
        total = add(total, point) if scalar & 1 else total
        point, scalar = add(point, point), scalar >> 1
    return total


def nonce(secret, digest):
    """RFC 6979 section 3.2 with SHA-256."""
    v, k = b"\1" * 32, b"\0" * 32
    given = secret.to_bytes(32, "big") + (int.from_bytes(digest, "big") % N).to_bytes(32, "big")
    for step in (b"\0", b"\1"):
        k = hmac.digest(k, v + step + given, "sha256")
        v = hmac.digest(k, v, "sha256")
    while True:
        v = hmac.digest(k, v, "sha256")
        if 0 < int.from_bytes(v, "big") < N:
            return int.from_bytes(v, "big")
        k = hmac.digest(k, v + b"\0", "sha256")
        v = hmac.digest(k, v, "sha256")


def p256_secret(name):
    return int.from_bytes(seed(name), "big") % (N - 1) + 1


def p256_sign(name, message, high=False):
    secret, digest = p256_secret(name), sha(message)
    k = nonce(secret, digest)
    r = times(k, G)[0] % N
    s = pow(k, -1, N) * (int.from_bytes(digest, "big") + r * secret) % N
    s = N - s if (s > N // 2) != high else s
    return der(0x30, integer(r), integer(s))


# DER, and RSA.


def der(tag, *parts):
    content = b"".join(parts)
    size = len(content)
    digits = size.to_bytes(-(-size.bit_length() // 8) or 1, "big")
    return bytes([tag]) + (bytes([size]) if size < 128 else bytes([0x80 | len(digits)]) + digits) + content


def integer(value):
    return der(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))


SMALL = [n for n in range(3, 2000, 2) if all(n % d for d in range(3, int(n**0.5) + 1, 2))]


def is_prime(n):
    """Miller and Rabin with eight bases: these numbers are made from names, not by somebody who looks for a false one."""
    if any(n % d == 0 for d in SMALL):
        return False
    odd, twos = n - 1, 0
    while odd % 2 == 0:
        odd, twos = odd >> 1, twos + 1
    for base in (2, 3, 5, 7, 11, 13, 17, 19):
        x = pow(base, odd, n)
        if x in (1, n - 1):
            continue
        for _ in range(twos - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def prime(name, bits):
    """The first prime behind so many bits made from the name, the two highest and the lowest of them set."""
    raw = b"".join(sha(f"{name} {i}".encode()) for i in range(bits // 256))
    n = int.from_bytes(raw, "big") | 3 << bits - 2 | 1
    while (n - 1) % EXPONENT == 0 or not is_prime(n):
        n += 2
    return n


@functools.lru_cache(None)
def rsa_key(name, bits=2048):
    p, q = prime(f"{name} p", bits // 2), prime(f"{name} q", bits // 2)
    return p * q, pow(EXPONENT, -1, (p - 1) * (q - 1))


def rsa_sign(name, message):
    """RFC 8017 section 8.2.1."""
    n, d = rsa_key(name)
    info = bytes.fromhex("3031300d060960864801650304020105000420") + sha(message)
    padded = b"\0\1" + b"\xff" * (256 - 3 - len(info)) + b"\0" + info
    return pow(int.from_bytes(padded, "big"), d, n).to_bytes(256, "big")


def rsa_spki(n, exponent=EXPONENT):
    algorithm = bytes.fromhex("300d06092a864886f70d0101010500")
    return der(0x30, algorithm, der(3, b"\0", der(0x30, integer(n), integer(exponent))))


@functools.lru_cache(None)
def spki(name):
    """The one SubjectPublicKeyInfo of a key; the name says its algorithm."""
    if alg_of(name) == ES256:
        x, y = times(p256_secret(name), G)
        point = b"\4" + x.to_bytes(32, "big") + y.to_bytes(32, "big")
        return bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200") + point
    if alg_of(name) == EDDSA:
        return bytes.fromhex("302a300506032b6570032100") + ed25519.public_key(seed(name))
    return rsa_spki(rsa_key(name)[0])


def alg_of(name):
    return EDDSA if "ed25519" in name else RS256 if "rsa" in name else ES256


# What an act enrols, and what an authenticator signs.


def is_passkey(name):
    return name.startswith("passkey-")


def key_id(name):
    return b64u(sha(b"vitrine-key-v1\n" + spki(name))[:16])


def person_passkey(name, **other):
    return {
        "form": "webauthn", "credential": b64u(sha(f"credential {name}".encode())), "publicKey": b64u(spki(name)), "alg": alg_of(name),
        "rpId": HOST, "origins": [f"https://{HOST}"], "backupEligible": "synced" in name, "backedUp": "synced" in name, **other,
    }


def assertion(name, message, rp_id=HOST, flags=None, counter=0, more=b"", text=None, by=None, high=False, sign=None, **client):
    """A signature of form webauthn; everything that is named is said instead of the truth."""
    said = {"type": "webauthn.get", "challenge": b64u(sha(message)), "origin": f"https://{HOST}", "crossOrigin": False, **client}
    said = json.dumps({name: value for name, value in said.items() if value is not None}, separators=(",", ":"))
    said = (text(said) if text else said).encode()
    synced = BACKUP_ELIGIBLE | BACKED_UP if "synced" in name else 0
    flags = PRESENT | VERIFIED | synced if flags is None else flags
    data = sha(rp_id.encode()) + bytes([flags]) + counter.to_bytes(4, "big") + more
    return {
        "form": "webauthn", "key": key_id(name), "authenticatorData": b64u(data), "clientDataJSON": b64u(said),
        "signature": b64u((sign or (lambda signed: signed_by(by or name, signed, high)))(data + sha(said))),
    }


def signed_by(name, message, high=False):
    if alg_of(name) == ES256:
        return p256_sign(name, message, high)
    return ed25519.sign(seed(name), message) if alg_of(name) == EDDSA else rsa_sign(name, message)
