#!/usr/bin/env python3
"""Writes vectors/ from docs/spec/ alone: the second implementation of the public contract, sharing no code with the first.

    encode.py                      write every vector
    encode.py --check              compare what would be written with what is there; exit 1 on a difference
    encode.py --export STORY DIR   lay one case out as an office serves it (STORY such as small-office or invalid/charge-one-too-high)
    encode.py --export-all KIND DIR   lay out every case of valid or invalid in a folder of its own, with what its user holds beside it

VITRINE_EDITION names the digest of the edition that the invented offices adopt, where it is not the one of the vectors.
"""
import json
import pathlib
import sys

import spelling
import wire
from invalid import faults
import valid_local  # noqa: F401 (its stories)
import valid_procedures  # noqa: F401 (its stories, and those of days)
import valid_registrations  # noqa: F401 (its story)
import valid_prices  # noqa: F401 (its story)
import valid_beyond  # noqa: F401
import valid_delays  # noqa: F401 (its story)
import valid_passkeys  # noqa: F401 (its stories)
import valid_europe  # noqa: F401 (its story, those of procedures and of days)
from valid_keys import stories

VECTORS = pathlib.Path(__file__).resolve().parents[2] / "vectors"


def everything():
    for folder, cases in (("valid", stories), ("invalid", faults)):
        for name, build in cases.items():
            yield f"{folder}/{name}.json", build
    yield "valid/bytes.json", spelling.valid
    yield "invalid/bytes.json", spelling.invalid


def text_of(value):
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def write():
    for name, build in everything():
        file = VECTORS / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text_of(build()), encoding="utf-8")
    return f"{len(list(everything()))} files written", 0


def check():
    wanted = {name: text_of(build()) for name, build in everything()}
    there = {f"{file.parent.name}/{file.name}": file.read_text(encoding="utf-8") for file in VECTORS.glob("*/*.json")}
    wrong = [f"missing: {name}" for name in wanted if name not in there]
    wrong += [f"nobody writes it: {name}" for name in there if name not in wanted]
    wrong += [f"differs: {name}" for name in wanted if name in there and there[name] != wanted[name]]
    return "\n".join([*wrong, f"{len(wanted)} vectors, {len(wrong)} differences"]), 1 if wrong else 0


def export(story, folder):
    return lay({name[:-5]: build for name, build in everything()}[story if "/" in story else f"valid/{story}"](), story, folder)


def export_all(kind, folder):
    names = [(name[len(kind) + 1 : -5], build) for name, build in everything() if name.startswith(f"{kind}/") and not name.endswith("/bytes.json")]
    for name, build in names:
        case, place = build(), pathlib.Path(folder, name)
        lay(case, name, place / "office")
        for held, text in [("policy", case.get("policy")), *((f"remembered-{i}", text) for i, text in enumerate(case["remembered"]))]:
            if text is not None:
                (place / held).write_text(text, encoding="utf-8")
        for i, receipt in enumerate(case.get("receipts", [])):
            (place / "receipts").mkdir(exist_ok=True)
            (place / "receipts" / f"{i}.json").write_text(json.dumps(receipt), encoding="utf-8")
    return f"{len(names)} offices", 0


def lay(case, story, folder):
    folder = pathlib.Path(folder)
    host = case["register"]["origin"].rsplit("/", 1)[0]
    for log in [{"log": case["register"]["origin"], **case["register"]}, *case["usage"]]:
        base = folder / "log" / log["log"][len(host) + 1 :]
        entries = [wire.unb64u(entry) for entry in log["entries"]]
        for name, content in [("checkpoint", log["checkpoint"].encode()), *wire.tiles(entries)]:
            (base / name).parent.mkdir(parents=True, exist_ok=True)
            (base / name).write_bytes(content)
    for name, content in case.get("papers", {}).items():
        (folder / "paper").mkdir(parents=True, exist_ok=True)
        (folder / "paper" / name).write_bytes(wire.unb64u(content))
    return f"{story}: {1 + len(case['usage'])} logs", 0


def main(arguments):
    if arguments == ["--check"]:
        return check()
    if len(arguments) == 3 and arguments[0] == "--export":
        return export(*arguments[1:])
    if len(arguments) == 3 and arguments[0] == "--export-all":
        return export_all(*arguments[1:])
    return write() if not arguments else (__doc__, 2)


if __name__ == "__main__":
    said, code = main(sys.argv[1:])
    print(said)
    sys.exit(code)
