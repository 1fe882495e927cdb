"""pycoin (https://github.com/richardkiss/pycoin) behind touchstone-stdio/1."""
import io
import json
import sys

from pycoin.satoshi import errno, flags as pycoin_flags
from pycoin.coins.SolutionChecker import ScriptError
from pycoin.symbols.btc import network

Tx, Block = network.tx, network.block
PREFIX = "VERIFY_"
FLAGS = {name[len(PREFIX):]: value for name, value in vars(pycoin_flags).items() if name.startswith(PREFIX)}
del FLAGS["NONE"]
ERRORS = {value: name for name, value in vars(errno).items() if isinstance(value, int)}
READERS = {
    "transaction": Tx.parse,
    # A wrong Merkle root is another question than whether the bytes are a block.
    "block": lambda stream: Block.parse(stream, check_merkle_hash=False),
    "header": Block.parse_as_header,
}


def read(kind, hexed):
    stream = io.BytesIO(bytes.fromhex(hexed))
    item = READERS[kind](stream)
    if stream.read(1):
        raise ValueError("bytes left over")
    return item


def decode(ask):
    try:
        item = read(ask["kind"], ask["bytes"])
    except Exception as error:
        return {"invalid": f"{type(error).__name__} {error}"}
    return {"id": item.id(), "witnessId": item.w_id()} if ask["kind"] == "transaction" else {"id": item.id()}


def with_coins(ask):
    transaction = read("transaction", ask["transaction"])
    coins = ask.get("spentOutputs", [])
    transaction.set_unspents([Tx.TxOut(int(coin["value"]), bytes.fromhex(coin["script"])) for coin in coins])
    return transaction


def verify_script(ask):
    transaction, bits = with_coins(ask), 0
    for name in ask["flags"]:
        bits |= FLAGS[name]
    try:
        transaction.check_solution(ask["input"], flags=bits)
        return "OK"
    except ScriptError as error:
        return ERRORS.get(error.error_code(), str(error))


def signature_hash(ask):
    transaction = read("transaction", ask["transaction"])
    place, kind, code = ask["input"], ask["hashType"], bytes.fromhex(ask["scriptCode"])
    if ask["version"] == "witness-v0":
        transaction.set_unspents([Tx.TxOut(int(ask["value"]), b"")] * len(transaction.txs_in))
        checker = transaction.SolutionChecker(transaction)
        return checker._signature_for_hash_type_segwit(code, place, kind).to_bytes(32, "big").hex()
    checker = transaction.SolutionChecker(transaction)
    return checker._signature_hash(code, place, kind).to_bytes(32, "big").hex()


def check_transaction(ask):
    read("transaction", ask["transaction"]).check()
    return "ok"


OPS = {"decode": decode, "verifyScript": verify_script, "signatureHash": signature_hash, "checkTransaction": check_transaction}


def answer(ask):
    op = ask["op"]
    if op == "hello":
        return {"name": "pycoin", "capabilities": list(OPS), "flags": sorted(FLAGS)}
    if op == "bye":
        return {"done": True}
    if op not in OPS or ask.get("version") == "taproot":
        return {"abstain": "taproot" if op in OPS else op}
    try:
        return {"value": OPS[op](ask)}
    except Exception as error:
        why = f"threw {type(error).__name__} {error}"
        return {"abstain": why} if op == "signatureHash" else {"value": why}


for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"id": request["id"], **answer(request)}), flush=True)
    if request["op"] == "bye":
        break
