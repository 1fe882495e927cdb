#!/usr/bin/env python3
"""Runs Bitcoin Core's feature_block.py and writes what it sends, and what bitcoind made of it, as block tests.

    python3 feature_block_dump.py CORE_SOURCE OUT.json --configfile=CORE_BUILD/test/config.ini --skipreorg

The options after OUT.json are those of Core's functional tests; without --skipreorg the file has a gigabyte.
"""
import json
import re
import sys
import time

core, out = sys.argv[1], sys.argv[2]
sys.argv[1:3] = []
sys.path.insert(0, f"{core}/test/functional")
import feature_block  # noqa: E402

REJECT_STRING = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")


MAX_FUTURE_SECONDS = 2 * 60 * 60


class Dump(feature_block.FullBlockTest):
    sent = []

    def set_test_params(self):
        super().set_test_params()

    def held(self, block_hash):
        """Whether bitcoind has the whole block and found nothing wrong with it."""
        node = self.nodes[0]
        failed = {tip["hash"] for tip in node.getchaintips() if tip["status"] == "invalid"}
        try:
            node.getblock(block_hash, 0)
        except Exception:
            return False
        return block_hash not in failed

    def send_blocks(self, blocks, success=True, reject_reason=None, **options):
        super().send_blocks(blocks, success, reject_reason, **options)
        now = int(time.time())
        for block in blocks:
            # As it is now: the test goes on to change its blocks.
            self.sent.append({
                "block": block.serialize().hex(),
                "hash": block.hash_hex,
                "parent": f"{block.hashPrevBlock:064x}",
                "time": block.nTime,
                "is_held": self.held(block.hash_hex),
                "reason": reject_reason,
                "now": now,
            })
        self.sent[-1]["tip"] = self.nodes[0].getbestblockhash()

    def run_test(self):
        node, overridden = self.nodes[0], set()
        invalidate = node.invalidateblock

        def override(block_hash):
            overridden.add(block_hash)
            return invalidate(block_hash)

        node.invalidateblock = override
        super().run_test()
        tests, accepted = [], {node.getblockhash(0)}
        for number, item in enumerate(self.sent):
            reason = item["reason"]
            # What the operator undoes by hand has no place among block tests, nor has what rests on it.
            if item["hash"] in overridden or item["parent"] in overridden:
                overridden.add(item["hash"])
                continue
            # A branch of less work is asked for only when it grows; a child of a refused block is kept for its header.
            is_kept = item["is_held"] or (not reason and self.held(item["hash"]))
            is_accepted = is_kept and item["parent"] in accepted
            test = {
                "name": f"block {number}",
                "block": item["block"],
                "expect": "accepted" if is_accepted else "orphan or rejected",
                # The clock of the test may be mocked: what was accepted was not too new.
                "now": max(item["now"], item["time"] - MAX_FUTURE_SECONDS) if is_accepted else item["now"],
            }
            if is_accepted:
                accepted.add(item["hash"])
            elif reason and REJECT_STRING.fullmatch(reason):
                test["reason"] = reason
            if "tip" in item:
                test["tip"] = item["tip"]
            tests.append(test)
        chain = {"base": "regtest", "deployments": {"bip34": {"kind": "height", "height": 2}}}
        with open(out, "w") as file:
            json.dump({"format": "touchstone-block-tests/1", "chain": chain, "tests": tests}, file)
        print(f"{len(tests)} blocks in {out}")


Dump(feature_block.__file__).main()
