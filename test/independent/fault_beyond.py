"""Faults of what is past the rules: decisions against rules that no signature goes past, and a tied person's signature."""
from fault import fault
from lantern import (
    AUTHORISATION, COMPANIES, DIRECTOR, FOUNDERS, OPERATOR, PAYER, PERMIT_OFFICER, PREPARER, PRODUCT, REGISTRAR, RULEBOOK, SYSTEM, genesis, permit,
)
from office import Office, breach, granted, private_paper
from valid_beyond import LONG, MORE, POSTS, SECOND, override


def office(**rulebook):
    o = Office()
    o.act(genesis(posts=[{**one, "powers": [*one["powers"], *MORE.get(one["post"], [])]} for one in POSTS], rulebook={**RULEBOOK, **rulebook}), *FOUNDERS)
    return o


@fault
def override_of_absolute():
    o = office()
    o.act(override({**AUTHORISATION, "datasets": ["nothing"]}, against=["I1"]), PREPARER, DIRECTOR, SECOND, ruling=granted(
        breach("V-OVERRIDE", ["override", "six-years"], ["review", 0]), ))
    return o.case("A decision against an invariant was granted as an override", "ruling")


@fault
def override_by_one_post():
    o = office()
    o.act(override({**AUTHORISATION, "to": LONG}), PREPARER, DIRECTOR, ruling=granted())
    return o.case("A decision against a rule was granted though no second post had signed", "ruling")


@fault
def signed_by_tied():
    o = office(rules=[{"rule": "CN-COI-01"}])
    for act in (SYSTEM, COMPANIES, OPERATOR, PAYER):
        o.act(act, REGISTRAR)
    o.act(AUTHORISATION, PREPARER, DIRECTOR)
    o.act(PRODUCT, PREPARER, DIRECTOR)
    o.act({"kind": "tieDeclared", "tie": "sister", "person": 3, "to": {"organisation": "brightline"}, "nature": "family", "from": "2019",
           "paper": private_paper("tie", "sister")}, DIRECTOR)
    o.act(permit("credit"), PREPARER, PERMIT_OFFICER)
    return o.case("A permit was granted by a person who is tied to its holder", "ruling")
