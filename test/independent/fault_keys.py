"""Faults around the log's own key and its end."""
from fault import fault, vintage
from lantern import DIRECTOR, REGISTRAR, SYSTEM, body, machine_key
from valid_keys import administered, changed, ended, log_key, over, receipt, signed_by


@fault
def log_key_old_alone():
    o = changed()
    return o.case("Within 30 days of the change of the log's key the old key signs alone", "checkpoint-signature", checkpoint=signed_by(o, "log-key"))


@fault
def log_key_new_alone():
    o = changed()
    return o.case("Within 30 days of the change of the log's key the new key signs alone", "checkpoint-signature", checkpoint=signed_by(o, "log-key-2"))


@fault
def log_key_over():
    o = over(changed(), changed().clock - 60_000)
    return o.case("30 days after the change of the log's key the old key signs alone", "checkpoint-signature", checkpoint=signed_by(o, "log-key"))


@fault
def log_key_never_named():
    o = administered()
    o.act(SYSTEM, REGISTRAR)
    return o.case("The checkpoint bears two signatures, and no act names the second key in place of the first", "checkpoint-signature",
                  checkpoint=signed_by(o, "log-key-2", "log-key-3"))


@fault
def log_key_by_one_alone():
    o = administered()
    o.act(log_key(o, "log-key-2"), DIRECTOR)
    return o.case("One administrator alone names the log's next key", "ruling", checkpoint=signed_by(o, "log-key", "log-key-2"))


@fault
def log_key_without_proof():
    o = administered()
    o.act(log_key(o, "log-key-2", signed_by="log-key"), DIRECTOR, REGISTRAR)
    return o.case("The next key of the log did not sign that it follows", "unsigned", checkpoint=signed_by(o, "log-key", "log-key-2"))


@fault
def log_key_in_place_of_another():
    o = administered()
    o.act(log_key(o, "log-key-2", old="log-key-0"), DIRECTOR, REGISTRAR)
    return o.case("The next key of the log signed that it follows a key which was never the log's", "unsigned", checkpoint=signed_by(o, "log-key", "log-key-2"))


@fault
def receipt_by_a_log_key_that_is_over():
    o = over(changed(), changed().clock - 60_000)
    return o.case("A receipt is signed by a key of the log whose 30 days were over", "receipt", checkpoint=signed_by(o, "log-key-2"),
                  receipts=[receipt(o, 4, "log-key")])


@fault
def receipt_by_a_log_key_of_later():
    o = changed()
    return o.case("A receipt is signed by a key that the log had not at its entry", "receipt", checkpoint=signed_by(o, "log-key", "log-key-2"),
                  receipts=[receipt(o, 1, "log-key-2")])


@fault
def act_after_the_end():
    o = ended()
    o.act(body("late"), REGISTRAR)
    return o.case("An act stands behind the act that ended the log", "after-end")


@fault
def record_after_the_end():
    o = administered()
    o.act(machine_key("warehouse", "vintage"), DIRECTOR)
    o.act({"kind": "logEnded", "reason": "breach"}, DIRECTOR, REGISTRAR)
    o.record(vintage(), "warehouse", o.clock + 1)
    return o.case("A record stands behind the act that ended the log", "after-end")


@fault
def ended_by_one_alone():
    o = administered()
    o.act({"kind": "logEnded", "reason": "breach"}, DIRECTOR)
    return o.case("One administrator alone ends the log", "ruling")


@fault
def ended_for_itself():
    o = ended(successor=administered().origin)
    return o.case("A log is ended, and is to follow itself", "ruling")
