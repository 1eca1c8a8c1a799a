"""The policies under which an office drops a closed usage log and erases openings, computed from docs/spec/6-logs.md alone."""
import calendar
import datetime
import json

import wire
from lantern import DIRECTOR, machine_key
from office import MINUTE, public_paper, utc
from wire import b64u, sha

OFFSET = 480
KEEPER = machine_key("keeper", "dropped", "erased", until=utc("2036-12-31 16:00"))
USES_MONTHS, OPENINGS_MONTHS = 60, 36


def months_later(at, months):
    """The same time of day in the office's own time, on the last day of the month where the day does not exist."""
    local = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=at + OFFSET * MINUTE)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    day = min(local.day, calendar.monthrange(year, month + 1)[1])
    then = local.replace(year=year, month=month + 1, day=day)
    return (then - datetime.datetime(1970, 1, 1)) // datetime.timedelta(milliseconds=1) - OFFSET * MINUTE


def paper_of(policy):
    content = wire.encode_bytes(policy)
    return public_paper("retention-policy", content), {sha(content).hex(): b64u(content)}


def uses_policy(o, log, ends, months=USES_MONTHS, **other):
    """`ends` has when each permit of the totals ended."""
    entries = [json.loads(raw) for raw in o.entries]
    place, head = [(i, one) for i, one in enumerate(entries) if one.get("record", {}).get("kind") == "head" and one["record"]["log"] == log.origin][-1]
    return {
        "v": 1, "about": "uses", "log": log.origin, "size": head["record"]["size"], "root": head["record"]["root"], "closedEntry": place,
        "closed": head["at"], "permits": [{"permit": name, "ends": ends[name]} for name in sorted(ends)], "keepMonths": months,
        "droppableFrom": months_later(max([head["at"], *ends.values()]), months), **other,
    }


def openings_policy(o, before, months=OPENINGS_MONTHS):
    return {"v": 1, "about": "openings", "office": o.origin, "before": before, "keepMonths": months, "erasableFrom": months_later(before, months)}


def keep(o):
    """The key that enters what goes; enrolled on the day after the log was closed."""
    o.act(KEEPER, DIRECTOR)
    return o


def drop(o, log, policy, at=None, key="keeper"):
    paper, papers = paper_of(policy)
    o.record({"kind": "dropped", "log": log if isinstance(log, str) else log.origin, "policy": paper}, key, policy["droppableFrom"] if at is None else at)
    return papers


def erase(o, before, count, at=None, **policy):
    said = openings_policy(o, before, **policy)
    paper, papers = paper_of(said)
    o.record({"kind": "erased", "what": "opening", "before": before, "count": count, "policy": paper}, "keeper", said["erasableFrom"] if at is None else at)
    return papers
