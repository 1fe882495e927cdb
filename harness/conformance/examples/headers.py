#!/usr/bin/env python3
"""A handler of touchstone-stdio/1 that judges headers only: proof of work, bits, previous block, median time."""
import hashlib
import json
import sys

# Genesis header, retarget interval (None: every block has its parent's bits), spacing in seconds.
CHAINS = {
    "regtest": ("01000000" + "00" * 32 + "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a"
                "dae5494dffff7f2002000000", None, 600),
    "tiny": ("01000000" + "00" * 32 + "76727777e2fc0f7d0e858a4e402bac3d79d76e174283d82341e1c782fef8dfe2"
             "00105e5fffff7f2002000000", 4, 600),
}
LIMIT = 0x7FFFFF << 232
u32 = lambda data, at: int.from_bytes(data[at:at + 4], "little")
block_hash = lambda header: hashlib.sha256(hashlib.sha256(header).digest()).digest()[::-1].hex()
target_of = lambda bits: (bits & 0x7FFFFF) << 8 * (bits >> 24) >> 24 if not bits & 0x800000 else 0


def compact(target):
    size = (target.bit_length() + 7) // 8
    word = target << 8 * (3 - size) if size <= 3 else target >> 8 * (size - 3)
    return (size + 1) << 24 | word >> 8 if word & 0x800000 else size << 24 | word


def ancestors(header, count):
    while header is not None and count > 0:
        yield header
        header, count = known.get(header[4:36][::-1].hex()), count - 1


def expected_bits(parent, height):
    _, interval, spacing = CHAINS[chain]
    if interval is None or height % interval:
        return u32(parent, 72)
    first = list(ancestors(parent, interval))[-1]
    span = min(max(u32(parent, 68) - u32(first, 68), interval * spacing // 4), interval * spacing * 4)
    return compact(min(target_of(u32(parent, 72)) * span // (interval * spacing), LIMIT))


def judge(header, now):
    name, parent = block_hash(header), known.get(header[4:36][::-1].hex())
    if name in known:
        return {"outcome": "duplicate"}
    if not 0 < target_of(u32(header, 72)) <= LIMIT or int(name, 16) > target_of(u32(header, 72)):
        return rejected("invalid", "high-hash")
    if parent is None:
        return rejected("missing", "prev-blk-not-found")
    if u32(header, 72) != expected_bits(parent, height[block_hash(parent)] + 1):
        return rejected("invalid", "bad-diffbits")
    if u32(header, 68) <= sorted(times := [u32(h, 68) for h in ancestors(parent, 11)])[len(times) // 2]:
        return rejected("invalid", "time-too-old")
    if u32(header, 68) > now + 7200:
        return rejected("premature", "time-too-new")
    if int.from_bytes(header[:4], "little", signed=True) < 4:
        return rejected("invalid", "bad-version(0x%08x)" % u32(header, 0))
    known[name], height[name] = header, height[block_hash(parent)] + 1
    return {"outcome": "stored"}


def rejected(kind, reason):
    return {"outcome": "rejected", "class": kind, "reason": reason}


def answer(ask):
    global known, height, chain
    if ask["op"] == "hello":
        return {"name": "headers.py", "capabilities": ["setTime", "reasons", "classes"]}
    if ask["op"] == "reset":
        if not isinstance(ask["chain"], str) or ask["chain"] not in CHAINS:
            return {"abstain": "only regtest and tiny are known here"}
        chain, genesis = ask["chain"], bytes.fromhex(CHAINS[ask["chain"]][0])
        known, height = {block_hash(genesis): genesis}, {block_hash(genesis): 0}
        return {"done": True}
    if ask["op"] == "deliver" and ask["kind"] == "header":
        return {"verdict": judge(bytes.fromhex(ask["bytes"]), ask["now"])}
    return {"done": True} if ask["op"] == "bye" else {"abstain": "headers only"}


for line in iter(sys.stdin.readline, ""):
    request = json.loads(line)
    print(json.dumps({"id": request["id"], **answer(request)}), flush=True)
