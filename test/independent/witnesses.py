"""Who watches the office of Lantern, and a policy that names them."""
import wire
from wire import sha

WITNESSES = ("court.example/witness", "library.example/witness", "university.example/witness")


def policy_of(o, quorum="2"):
    lines = [f"log {wire.vkey(o.origin, wire.ED25519, wire.public('log-key'))}"]
    lines += [f"witness w{i} {wire.vkey(name, wire.COSIGNATURE, wire.public(name))}" for i, name in enumerate(WITNESSES)]
    return "\n".join([*lines, f"group enough {quorum} w0 w1 w2", "quorum enough"]) + "\n"


def grease(o):
    return wire.signature_line("grease.example/nobody", 255, sha(b"grease"), sha(b"grease") * 2)
