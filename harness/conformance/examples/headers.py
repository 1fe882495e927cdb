#!/usr/bin/env python3
"""A handler of touchstone-stdio/1 that judges headers only and abstains from the rest."""
import hashlib, json, sys

GENESIS = "01000000" + 64 * "0"
CHAINS = {  # genesis header, blocks between retargets (0: never)
    "regtest": (GENESIS + "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4adae5494dffff7f2002000000", 0),
    "tiny": (GENESIS + "76727777e2fc0f7d0e858a4e402bac3d79d76e174283d82341e1c782fef8dfe200105e5fffff7f2002000000", 4),
}
SPACING, LIMIT = 600, 0x7FFFFF << 232
field = lambda header, at: int.from_bytes(header[at:at + 4], "little")  # version 0, time 68, bits 72
name_of = lambda header: hashlib.sha256(hashlib.sha256(header).digest()).digest()[::-1].hex()
parent_of = lambda header: known.get(header[4:36][::-1].hex())
target_of = lambda bits: 0 if bits & 0x800000 else (bits & 0x7FFFFF) << 8 * (bits >> 24) >> 24
rejected = lambda kind, reason: {"outcome": "rejected", "class": kind, "reason": reason}


def compact(target):
    size = (target.bit_length() + 7) // 8
    word = target >> 8 * (size - 3)
    return (size + 1) << 24 | word >> 8 if word & 0x800000 else size << 24 | word


def last(header, count):
    return [header] + (last(parent_of(header), count - 1) if count > 1 and parent_of(header) else [])


def expected_bits(parent):
    if not interval or (heights[name_of(parent)] + 1) % interval:
        return field(parent, 72)
    wanted = interval * SPACING
    span = field(parent, 68) - field(last(parent, interval)[-1], 68)
    return compact(min(target_of(field(parent, 72)) * max(wanted // 4, min(span, wanted * 4)) // wanted, LIMIT))


def judge(header, now):
    name, parent, time = name_of(header), parent_of(header), field(header, 68)
    if name in known:
        return {"outcome": "duplicate"}
    if not int(name, 16) <= target_of(field(header, 72)) <= LIMIT:
        return rejected("invalid", "high-hash")
    if parent is None:
        return rejected("missing", "prev-blk-not-found")
    if field(header, 72) != expected_bits(parent):
        return rejected("invalid", "bad-diffbits")
    times = sorted(field(one, 68) for one in last(parent, 11))
    if time <= times[len(times) // 2]:
        return rejected("invalid", "time-too-old")
    if time > now + 7200:
        return rejected("premature", "time-too-new")
    if not 4 <= field(header, 0) < 1 << 31:
        return rejected("invalid", "bad-version(0x%08x)" % field(header, 0))
    known[name], heights[name] = header, heights[name_of(parent)] + 1
    return {"outcome": "stored"}


for line in iter(sys.stdin.readline, ""):
    ask, reply = json.loads(line), {"abstain": "headers only, on regtest and tiny"}
    if ask["op"] == "hello":
        reply = {"name": "headers.py", "capabilities": ["setTime", "reasons", "classes"]}
    elif ask["op"] == "reset" and str(ask["chain"]) in CHAINS:
        genesis, interval = bytes.fromhex(CHAINS[ask["chain"]][0]), CHAINS[ask["chain"]][1]
        known, heights, reply = {name_of(genesis): genesis}, {name_of(genesis): 0}, {"done": True}
    elif ask["op"] == "deliver" and ask["kind"] == "header":
        reply = {"verdict": judge(bytes.fromhex(ask["bytes"]), ask["now"])}
    elif ask["op"] == "bye":
        reply = {"done": True}
    print(json.dumps({"id": ask["id"], **reply}), flush=True)
