"""Stories of keys that change, of a log that ends, and of the one that follows it; `stories` are these and all others."""
import wire
from lantern import DIRECTOR, FOUNDERS, POSTS, REGISTRAR, SYSTEM, body, gateway, genesis
from office import DAY, Office, key_of, public_key
from valid_retention import stories, story
from wire import b64u

__all__ = ["stories"]

BOTH_SIGN = 30 * DAY
SUCCESSOR = "data.new-lantern.example"


def administered(clock="2026-01-05 01:00", **other):
    """Entry 0 of an office in which the registrar administers as well."""
    posts = [{**one, "powers": [*one["powers"], "administer"]} if one["post"] == "registrar" else one for one in POSTS]
    office = Office(clock=clock)
    office.act(genesis(posts=posts, **other), *FOUNDERS)
    return office


def log_key(o, new, old="log-key", signed_by=None):
    message = f"vitrine-log-key-v1\n{o.origin}\n{public_key(old)}\n{public_key(new)}".encode()
    return {"kind": "logKeyChanged", "logKey": public_key(new), "proof": b64u(wire.sign(signed_by or new, message))}


def signed_by(o, *keys, size=None):
    size = len(o.entries) if size is None else size
    text = wire.checkpoint_text(o.origin, size, o.root(size))
    return wire.note(text, *(wire.log_line(o.origin, key, text) for key in keys))


def changed():
    """Entries 0 to 3: the second key is named by entry 2."""
    o = administered()
    o.act(SYSTEM, REGISTRAR)
    o.act(log_key(o, "log-key-2"), DIRECTOR, REGISTRAR)
    o.act(body("north"), REGISTRAR)
    return o


def over(o, since):
    """One entry more, to the millisecond 30 days behind the change."""
    o.act(body("south"), REGISTRAR, at=since + BOTH_SIGN)
    return o


def receipt(o, index, key):
    at = int(o.entries[index].split(b":", 2)[1].split(b",")[0])
    return o.receipts(o.origin, [o.entries[index]], at + 60_000, key, index)[0]


@story
def log_key_changing():
    o = changed()
    receipts = [receipt(o, 1, "log-key"), receipt(o, 2, "log-key"), receipt(o, 2, "log-key-2"), receipt(o, 3, "log-key-2")]
    return o.case("The log's key was changed a minute ago: both keys sign, and either may sign a receipt", checkpoint=signed_by(o, "log-key", "log-key-2"),
                  remembered=[signed_by(o, "log-key", size=2), signed_by(o, "log-key-2", "log-key", size=3)], receipts=receipts)


@story
def log_key_changed():
    o = changed()
    since = o.clock - 60_000
    o.act(body("last-moment"), REGISTRAR, at=since + BOTH_SIGN - 1)
    both = signed_by(o, "log-key", "log-key-2")
    over(o, since)
    return o.case("30 days after the change to the millisecond the new key signs alone; older checkpoints hold with the signatures of their size",
                  checkpoint=signed_by(o, "log-key-2"), remembered=[signed_by(o, "log-key", size=1), both],
                  receipts=[receipt(o, 4, "log-key"), receipt(o, 5, "log-key-2")])


@story
def log_key_changed_twice():
    o = changed()
    o.act(log_key(o, "log-key-3", "log-key-2"), DIRECTOR, REGISTRAR)
    three = signed_by(o, "log-key", "log-key-2", "log-key-3")
    return o.case("A second change within the 30 days of the first: three keys sign", checkpoint=three)


def ended(successor=f"{SUCCESSOR}/register"):
    o = administered()
    o.act(SYSTEM, REGISTRAR)
    o.act(gateway(), DIRECTOR)
    log = o.open_log("minute", o.clock + 60_000)
    o.head(log, o.clock + 60_000, closed=True)
    o.act({"kind": "logEnded", "reason": "breach", "successor": successor}, DIRECTOR, REGISTRAR, at=o.clock + 1)
    return o


@story
def log_ended():
    o = ended()
    return o.case("A log was ended after a theft; its gateway closed its logs directly before", receipts=[receipt(o, len(o.entries) - 1, "log-key")])


@story
def successor():
    old = ended()
    o = Office(host=SUCCESSOR, clock="2026-01-06 01:00")
    o.act(genesis(host=SUCCESSOR, predecessor={"origin": old.origin, "size": len(old.entries), "root": b64u(old.root())}), *FOUNDERS)
    o.act(SYSTEM, REGISTRAR)
    return o.case("A log that follows another names its last checkpoint")


@story
def successor_of_a_lost_key():
    old = changed()
    o = Office(host=SUCCESSOR, clock="2026-01-06 01:00")
    o.act(genesis(host=SUCCESSOR, predecessor={"origin": old.origin, "size": 3, "root": b64u(old.root(3))}), *FOUNDERS)
    return o.case("A log follows another whose key was lost: that one does not say that it ended")


@story
def doubtful():
    o = administered()
    o.act(body("before"), REGISTRAR)
    since = o.clock + 1
    o.act(body("in-doubt"), REGISTRAR)
    o.act({"kind": "keyRevoked", "key": key_of("person-2"), "reason": "breach", "doubtfulSince": since}, DIRECTOR)
    return o.case("A key was revoked and is doubted for the time before: what it signed stands, and is no contradiction")
