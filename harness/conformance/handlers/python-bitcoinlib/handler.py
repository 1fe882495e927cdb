"""python-bitcoinlib (https://github.com/petertodd/python-bitcoinlib) behind touchstone-stdio/1."""
import json
import sys

from bitcoin.core import CBlock, CBlockHeader, CheckTransaction, CTransaction, CheckTransactionError, b2lx
from bitcoin.core.script import CScript, RawSignatureHash, SignatureHash, SIGVERSION_WITNESS_V0
from bitcoin.core.scripteval import SCRIPT_VERIFY_FLAGS_BY_NAME, VerifyScript

# Flags by these names are refused by the library itself.
UNIMPLEMENTED = {"STRICTENC", "DERSIG", "LOW_S", "SIGPUSHONLY", "MINIMALDATA", "CHECKLOCKTIMEVERIFY"}
KINDS = {"header": CBlockHeader, "block": CBlock, "transaction": CTransaction}


def read(kind, hexed):
    raw = bytes.fromhex(hexed)
    item = KINDS[kind].deserialize(raw)
    if item.serialize() != raw:
        raise ValueError("other bytes than its own")
    return item


def answer(ask):
    op = ask["op"]
    if op == "hello":
        return {
            "name": "python-bitcoinlib",
            "capabilities": ["verifyScript", "signatureHash", "checkTransaction", "decode"],
            "flags": sorted(set(SCRIPT_VERIFY_FLAGS_BY_NAME) - UNIMPLEMENTED),
        }
    if op == "bye":
        return {"done": True}
    if op == "decode":
        try:
            item = read(ask["kind"], ask["bytes"])
        except Exception as error:
            return {"value": {"invalid": type(error).__name__}}
        if ask["kind"] == "transaction":
            return {"value": {"id": b2lx(item.GetTxid()), "witnessId": b2lx(item.GetHash())}}
        return {"value": {"id": b2lx(item.GetHash())}}
    if op not in ("verifyScript", "signatureHash", "checkTransaction"):
        return {"abstain": op}
    try:
        transaction = read("transaction", ask["transaction"])
    except Exception:
        return {"abstain": "it does not read this transaction"} if op != "checkTransaction" else {"value": "unreadable"}
    if op == "checkTransaction":
        try:
            CheckTransaction(transaction)
            return {"value": "ok"}
        except CheckTransactionError as error:
            return {"value": str(error) or "refused"}
    place = ask["input"]
    if op == "signatureHash":
        if ask["version"] == "taproot":
            return {"abstain": "taproot"}
        code, kind = CScript(bytes.fromhex(ask["scriptCode"])), ask["hashType"]
        if ask["version"] == "witness-v0":
            if kind > 255:
                return {"abstain": "hash types of more than a byte"}
            return {"value": SignatureHash(code, transaction, place, kind, int(ask["value"]), SIGVERSION_WITNESS_V0).hex()}
        signed = kind - (1 << 32) if kind >= 1 << 31 else kind
        try:
            return {"value": RawSignatureHash(code, transaction, place, signed)[0].hex()}
        except Exception as error:
            return {"abstain": type(error).__name__}
    flags = {SCRIPT_VERIFY_FLAGS_BY_NAME[name] for name in ask["flags"]}
    coin = CScript(bytes.fromhex(ask["spentOutputs"][place]["script"]))
    try:
        VerifyScript(transaction.vin[place].scriptSig, coin, transaction, place, flags)
        return {"value": "OK"}
    except Exception as error:
        return {"value": type(error).__name__}


for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"id": request["id"], **answer(request)}), flush=True)
    if request["op"] == "bye":
        break
