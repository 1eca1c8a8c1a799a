"""Bytes of the public contract (docs/spec/): the one byte form, hashes, trees, notes, cosignatures, tiles."""
import base64
import hashlib
import json

import ed25519

INTEGER_MAX = 2**53 - 1


def encode(value):
    """docs/spec/1-bytes.md: RFC 8785 made stricter; None stands for a member that does not exist."""
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, int):
        if abs(value) > INTEGER_MAX:
            raise ValueError(f"Cannot encode {value}: want an integer within 2^53 - 1")
        return str(value)
    if isinstance(value, str):
        value.encode("utf-8")  # a lone surrogate stops here
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(encode(item) for item in value) + "]"
    if isinstance(value, dict):
        members = sorted((name for name in value if value[name] is not None), key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(encode(name) + ":" + encode(value[name]) for name in members) + "}"
    raise ValueError(f"Cannot encode {value!r}")


def encode_bytes(value):
    return encode(value).encode("utf-8")


def b64(data):
    return base64.b64encode(data).decode()


def b64u(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unb64u(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def sha(data):
    return hashlib.sha256(data).digest()


# Trees: RFC 6962 section 2.1.


def leaf(entry):
    return sha(b"\x00" + entry)


def node(left, right):
    return sha(b"\x01" + left + right)


def split(size):
    return 1 << (size - 1).bit_length() - 1


def root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else sha(b"")
    at = split(len(leaves))
    return node(root(leaves[:at]), root(leaves[at:]))


def path(leaves, index):
    """From the leaf's sibling to the root's child."""
    if len(leaves) < 2:
        return []
    at = split(len(leaves))
    if index < at:
        return path(leaves[:at], index) + [root(leaves[at:])]
    return path(leaves[at:], index - at) + [root(leaves[:at])]


# Keys: a name gives a seed, so that every run signs alike.


def seed(name):
    return sha(b"vitrine-test-key " + name.encode())


def public(name):
    return ed25519.public_key(seed(name))


def key_id(public_key):
    return b64u(sha(b"vitrine-key-v1\n" + public_key)[:16])


def sign(name, message):
    return ed25519.sign(seed(name), message)


def commitment(nonce, content):
    return b64u(sha(b"vitrine-private-v1\n" + nonce + content))


# What is signed.


def act_message(statement):
    return b"vitrine-act-v1\n" + encode_bytes(statement)


def batch_message(batch_root):
    return b"vitrine-batch-v1\n" + batch_root


def record_message(origin, at, record):
    return f"vitrine-record-v1\n{origin}\n".encode() + encode_bytes({"at": at, "record": record})


def receipt_message(log, count, group_root, publish_by):
    return f"vitrine-receipt-v1\n{log}\n{count}\n{b64(group_root)}\n{publish_by}".encode()


# Signed notes, checkpoints, cosignatures (C2SP).

ED25519, COSIGNATURE = 1, 4


def note_key_id(name, kind, public_key):
    return sha(name.encode() + b"\n" + bytes([kind]) + public_key)[:4]


def vkey(name, kind, public_key):
    return f"{name}+{note_key_id(name, kind, public_key).hex()}+{b64(bytes([kind]) + public_key)}"


def signature_line(name, kind, public_key, signature):
    return f"\u2014 {name} {b64(note_key_id(name, kind, public_key) + signature)}\n"


def checkpoint_text(origin, size, tree_root):
    return f"{origin}\n{size}\n{b64(tree_root)}\n"


def log_line(origin, key, text):
    return signature_line(origin, ED25519, public(key), sign(key, text.encode()))


def cosignature_line(name, key, text, seconds):
    signature = sign(key, f"cosignature/v1\ntime {seconds}\n{text}".encode())
    return signature_line(name, COSIGNATURE, public(key), seconds.to_bytes(8, "big") + signature)


def note(text, *lines):
    return text + "\n" + "".join(lines)


# Tiles (C2SP tlog-tiles): file paths and bytes of a log of so many leaves.


def tile_index(index):
    digits = str(index).zfill(-(-len(str(index)) // 3) * 3)
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    return "/".join(["x" + group for group in groups[:-1]] + groups[-1:])


def tiles(entries):
    leaves = [leaf(entry) for entry in entries]
    for first in range(0, len(entries), 256):
        part = entries[first : first + 256]
        bundle = b"".join(len(entry).to_bytes(2, "big") + entry for entry in part)
        yield f"tile/entries/{tile_index(first // 256)}{partial(len(part))}", bundle
    level, hashes = 0, leaves
    while hashes:
        for first in range(0, len(hashes), 256):
            part = hashes[first : first + 256]
            yield f"tile/{level}/{tile_index(first // 256)}{partial(len(part))}", b"".join(part)
        hashes = [root(hashes[first : first + 256]) for first in range(0, len(hashes) // 256 * 256, 256)]
        level += 1


def partial(width):
    return "" if width == 256 else f".p/{width}"
