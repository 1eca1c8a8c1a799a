"""Stories of an office that somebody outside watches; `stories` are these and those of valid.py."""
from lantern import DIRECTOR, REGISTRAR, SYSTEM, body, founded
from office import public_paper
from valid import stories, story
from wire import b64u, sha
from witnesses import WITNESSES, grease, policy_of

__all__ = ["stories"]


@story
def cosigned():
    o = founded()
    o.act(SYSTEM, REGISTRAR)
    older = o.checkpoint(cosigned=[(WITNESSES[0], o.clock // 1000 + 5), (WITNESSES[1], o.clock // 1000 + 6)])
    o.act(body("north"), REGISTRAR)
    newest = o.checkpoint(cosigned=[(WITNESSES[2], o.clock // 1000), (WITNESSES[0], o.clock // 1000 + 3)], more=[grease(o)])
    return o.case("Two of three witnesses cosigned; a signature by a key that nobody knows is passed over", checkpoint=newest,
                  policy=policy_of(o), remembered=[older, o.checkpoint(1)])


def watched(paper):
    """An office that names witnesses in its own log, and is cosigned by two of three."""
    o = founded()
    o.act({"kind": "witnessPolicyAdopted", "policy": public_paper("witness-policy", paper)}, DIRECTOR)
    o.act(body("north"), REGISTRAR)
    return o, o.checkpoint(cosigned=[(WITNESSES[0], o.clock // 1000 + 1), (WITNESSES[2], o.clock // 1000 + 2)])


@story
def policy_of_the_office():
    paper = policy_of(founded()).encode()
    o, newest = watched(paper)
    return o.case("An office names three witnesses in its own log, and two of them cosigned", checkpoint=newest, papers={sha(paper).hex(): b64u(paper)})


@story
def policy_missing():
    o, newest = watched(policy_of(founded()).encode())
    return o.case("An office names witnesses in its own log, and does not show the paper that says which", checkpoint=newest, conclusion="could not check")


@story
def policy_unreadable():
    paper = b"three honest people of this town\n"
    o, newest = watched(paper)
    return o.case("The paper that is to name an office's witnesses is no policy", checkpoint=newest, papers={sha(paper).hex(): b64u(paper)},
                  conclusion="could not check")
