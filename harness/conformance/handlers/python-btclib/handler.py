"""btclib (https://github.com/btclib-org/btclib) behind touchstone-stdio/1."""
import io
import json
import sys

from btclib.block.block import Block
from btclib.block.block_header import BlockHeader
from btclib.exceptions import ScriptError
from btclib.script import sig_hash
from btclib.script.engine import ScriptFlag, verify_input
from btclib.tx.tx import Tx
from btclib.tx.tx_out import ScriptPubKey, TxOut

KINDS = {"header": BlockHeader, "block": Block, "transaction": Tx}


def read(kind, hexed):
    """The item, its own checks left out: they are asked for by a request of their own."""
    stream = io.BytesIO(bytes.fromhex(hexed))
    item = KINDS[kind].parse(stream, check_validity=False)
    if stream.read(1):
        raise ValueError("bytes left over")
    return item


def answer(ask):
    op = ask["op"]
    if op == "hello":
        return {
            "name": "btclib",
            "capabilities": ["verifyScript", "scriptErrors", "signatureHash", "checkTransaction", "decode"],
            "flags": [flag.name for flag in ScriptFlag],
        }
    if op == "bye":
        return {"done": True}
    if op == "decode":
        try:
            item = read(ask["kind"], ask["bytes"])
        except Exception as error:
            return {"value": {"invalid": str(error)}}
        if ask["kind"] == "transaction":
            return {"value": {"id": item.id.hex(), "witnessId": item.hash.hex()}}
        return {"value": {"id": (item if ask["kind"] == "header" else item.header).hash.hex()}}
    if op not in ("verifyScript", "signatureHash", "checkTransaction"):
        return {"abstain": op}
    try:
        transaction = read("transaction", ask["transaction"])
        if op == "checkTransaction":
            transaction.assert_valid()
            return {"value": "ok"}
    except Exception as error:
        return {"value": str(error)} if op == "checkTransaction" else {"abstain": "it does not read this transaction"}
    coins = [
        TxOut(int(coin["value"]), ScriptPubKey(bytes.fromhex(coin["script"]), check_validity=False), check_validity=False)
        for coin in ask.get("spentOutputs", [])
    ]
    place = ask["input"]
    if op == "verifyScript":
        try:
            verify_input(coins, transaction, place, [name for name in ask["flags"]] or ScriptFlag(0))
            return {"value": "OK"}
        except ScriptError as error:
            # One name is longer here than in Core's own tests.
            return {"value": error.code.name.replace("SIG_NULLFAIL", "NULLFAIL")}
    kind = ask["hashType"]
    if ask["version"] == "taproot":
        return {"value": sig_hash.taproot(transaction, place, coins, kind, 0, b"", b"").hex()}
    kind = kind - (1 << 32) if kind >= 1 << 31 else kind
    code = bytes.fromhex(ask["scriptCode"])
    if ask["version"] == "legacy":
        return {"value": sig_hash.legacy(code, transaction, place, kind).hex()}
    return {"value": sig_hash.segwit_v0(code, transaction, place, kind, int(ask["value"])).hex()}


for line in sys.stdin:
    request = json.loads(line)
    try:
        reply = answer(request)
    except Exception as error:
        reply = {"value": f"{type(error).__name__}: {error}"} if request["op"] == "verifyScript" else {"abstain": str(error)}
    print(json.dumps({"id": request["id"], **reply}), flush=True)
    if request["op"] == "bye":
        break
