"""Counts, in blocks with the coins they spend, what two of BIP110's rules forbid; it knows nothing of the workbench.
Usage: count-bip110.py BLOCK UNDO ... (raw block; value and script of each spent coin, or -)"""
import io, struct, sys

def size(f):
    n = f.read(1)[0]
    return n if n < 253 else struct.unpack({253: '<H', 254: '<I', 255: '<Q'}[n], f.read({253: 2, 254: 4, 255: 8}[n]))[0]

def pushes(script):
    at = 0
    while at < len(script):
        op, at = script[at], at + 1
        if op > 78: continue
        width = {76: 1, 77: 2, 78: 4}.get(op, 0)
        n = int.from_bytes(script[at:at + width], 'little') if width else op
        at += width + n
        yield n, script[at - n:at], at

large = long = 0
for block, undo in zip(sys.argv[1::2], sys.argv[2::2]):
    f, u = io.BytesIO(open(block, 'rb').read()), undo != '-' and io.BytesIO(open(undo, 'rb').read())
    f.read(80)
    for number in range(size(f)):
        f.read(4)
        inputs, segwit = size(f), False
        if inputs == 0: f.read(1); inputs, segwit = size(f), True
        spends = []
        for _ in range(inputs):
            f.read(36); own = f.read(size(f)); f.read(4)
            if number and u: u.read(8); spends.append((own, u.read(size(u))))
        for _ in range(size(f)):
            f.read(8); script = f.read(size(f))
            large += len(script) > (83 if script[:1] == b'\x6a' else 34)
        witnesses = [[f.read(size(f)) for _ in range(size(f))] for _ in range(inputs)] if segwit else [[]] * inputs
        f.read(4)
        for (own, spent), witness in zip(spends, witnesses):
            hashed = len(spent) == 23 and spent[:2] == b'\xa9\x14' and spent[-1:] == b'\x87'
            found = list(pushes(own))
            redeem = found[-1][1] if hashed and found else b''
            bad = any(n > 256 and not (hashed and end == len(own)) for n, _, end in found)
            bad |= any(n > 256 for n, _, _ in list(pushes(redeem)) + list(pushes(spent)))
            long += bad or any(len(item) > 256 for item in witness[:-1])
print(large, long)
