"""Ed25519 from RFC 8032 section 5.1, in plain integers; `cryptography` does the same faster where it can be imported."""
import functools
import hashlib
import os

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)

try:
    if os.environ.get("VITRINE_PURE"):
        raise ImportError
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
    BACKEND = "cryptography"
except ImportError:
    BACKEND = "pure Python"


def decompress(data):
    """Section 5.1.3; None where the bytes are no point."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P != u:
        x = x * ROOT_OF_MINUS_ONE % P
        if v * x * x % P != u:
            return None
    if x == 0 and sign:
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


def compress(point):
    x, y, z, _ = point
    inverse = pow(z, P - 2, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def ready(point):
    """The form in which a point is added: y - x, y + x, 2z, 2dt."""
    x, y, z, t = point
    return ((y - x) % P, (y + x) % P, 2 * z % P, 2 * D * t % P)


def add(point, other):
    x, y, z, t = point
    a, b, c, d = (y - x) * other[0] % P, (y + x) * other[1] % P, t * other[3] % P, z * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


NEUTRAL = (0, 1, 1, 0)


def table_of(point):
    """Multiples 0 to 15 of point * 16^i: a multiplication is then 64 additions."""
    table = []
    for _ in range(64):
        row, step = [NEUTRAL], ready(point)
        for _ in range(15):
            row.append(add(row[-1], step))
        table.append([ready(one) for one in row])
        point = add(row[15], step)
    return table


def times(table, scalar, start=NEUTRAL):
    for row in table:
        nibble = scalar & 15
        if nibble:
            start = add(start, row[nibble])
        scalar >>= 4
    return start


BASE = decompress((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


@functools.lru_cache(None)
def base_table():
    return table_of(BASE)


@functools.lru_cache(1024)
def negative_table(public):
    point = decompress(public)
    return None if point is None else table_of((P - point[0], point[1], 1, P - point[3]))


@functools.lru_cache(None)
def secret(seed):
    h = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(h[:32], "little") & (2**254 - 8) | 2**254
    return scalar, h[32:]


@functools.lru_cache(None)
def public_key(seed):
    return compress(times(base_table(), secret(seed)[0]))


def digest_mod(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % L


@functools.lru_cache(None)
def sign(seed, message):
    if BACKEND == "cryptography":
        return Ed25519PrivateKey.from_private_bytes(seed).sign(message)
    scalar, prefix = secret(seed)
    r = digest_mod(prefix, message)
    point = compress(times(base_table(), r))
    s = (r + digest_mod(point, public_key(seed), message) * scalar) % L
    return point + s.to_bytes(32, "little")


def verify(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    if BACKEND == "cryptography":
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
            return True
        except (InvalidSignature, ValueError):
            return False
    s, table = int.from_bytes(signature[32:], "little"), negative_table(public)
    if s >= L or table is None:
        return False
    return compress(times(table, digest_mod(signature[:32], public, message), times(base_table(), s))) == signature[:32]
