"""Script verdicts of Bitcoin Core's own engine: `pip install py-bitcoinkernel==0.1.0a5`.

Each line on standard input is a JSON object: transaction (hex), inputIndex, spentOutputs (value as digits, script as
hex, one per input), flagSets (lists of flag names). Each is answered with one line: a string with a digit for each
flag set, 1 where the scripts allow the spend. The first line on standard output names the engine.
"""
import json
import sys
from importlib.metadata import version

try:
    import pbk
    from pbk.script import PrecomputedTransactionData
except ImportError as error:
    sys.exit(f"py-bitcoinkernel is not installed: {error}")

FLAGS = pbk.ScriptVerificationFlags


def verdicts(case):
    transaction = pbk.Transaction(bytes.fromhex(case["transaction"]))
    spent = [
        pbk.TransactionOutput(pbk.ScriptPubkey(bytes.fromhex(output["script"])), int(output["value"]))
        for output in case["spentOutputs"]
    ]
    precomputed = PrecomputedTransactionData(transaction, spent)
    index = case["inputIndex"]
    coin = case["spentOutputs"][index]
    script = pbk.ScriptPubkey(bytes.fromhex(coin["script"]))
    answers = []
    for names in case["flagSets"]:
        flags = FLAGS.NONE
        for name in names:
            flags |= FLAGS[name]
        answers.append("1" if script.verify(int(coin["value"]), transaction, precomputed, index, flags) else "0")
    return "".join(answers)


print(f"py-bitcoinkernel {version('py-bitcoinkernel')}", flush=True)
for line in sys.stdin:
    print(verdicts(json.loads(line)), flush=True)
