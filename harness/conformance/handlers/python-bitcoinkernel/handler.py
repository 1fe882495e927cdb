"""Bitcoin Core's own engine, through py-bitcoinkernel, behind touchstone-stdio/1."""
import json
import sys

from pbk import Block, BlockHeader, ScriptPubkey, ScriptVerificationFlags, ScriptVerifyException, Transaction, TransactionOutput
from pbk.script import PrecomputedTransactionData

KINDS = {"header": BlockHeader, "block": Block, "transaction": Transaction}
FLAGS = [flag.name for flag in ScriptVerificationFlags if flag.name not in ("NONE", "ALL")]


def answer(ask):
    op = ask["op"]
    if op == "hello":
        return {"name": "libbitcoinkernel (py-bitcoinkernel)", "capabilities": ["verifyScript", "decode"], "flags": FLAGS}
    if op == "bye":
        return {"done": True}
    if op == "decode":
        raw = bytes.fromhex(ask["bytes"])
        try:
            item = KINDS[ask["kind"]](raw)
        except Exception as error:
            return {"value": {"invalid": type(error).__name__}}
        # What is left over is not looked at: such bytes are another item's.
        if ask["kind"] != "header" and bytes(item) != raw or ask["kind"] == "header" and len(raw) != 80:
            return {"abstain": "bytes left over are not reported"}
        name = item.txid if ask["kind"] == "transaction" else item.block_hash
        return {"value": {"id": str(name)}}
    if op != "verifyScript":
        return {"abstain": op}
    try:
        transaction = Transaction(bytes.fromhex(ask["transaction"]))
    except Exception:
        return {"abstain": "it does not read this transaction"}
    flags, place = ScriptVerificationFlags.NONE, ask["input"]
    for name in ask["flags"]:
        flags |= ScriptVerificationFlags[name]
    coins = [(ScriptPubkey(bytes.fromhex(coin["script"])), int(coin["value"])) for coin in ask["spentOutputs"]]
    outputs = [TransactionOutput(script, value) for script, value in coins]
    script, value = coins[place]
    try:
        known = PrecomputedTransactionData(transaction, outputs)
        return {"value": "OK" if script.verify(value, transaction, known, place, flags) else "REFUSED"}
    except ScriptVerifyException as error:
        return {"abstain": error.status.name}


for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"id": request["id"], **answer(request)}), flush=True)
    if request["op"] == "bye":
        break
