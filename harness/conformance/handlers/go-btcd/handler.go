// btcd's txscript (https://github.com/btcsuite/btcd) behind touchstone-stdio/1.
package main

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"
	"strconv"

	"github.com/btcsuite/btcd/blockchain"
	"github.com/btcsuite/btcd/btcutil"
	"github.com/btcsuite/btcd/txscript"
	"github.com/btcsuite/btcd/wire"
)

type coin struct{ Value, Script string }

type request struct {
	ID                                                       int
	Op, Kind, Bytes, Transaction, Version, ScriptCode, Value string
	Input                                                    int
	HashType                                                 uint32
	SpentOutputs                                             []coin
	Flags                                                    []string
}

type object = map[string]any

var flagBits = map[string]txscript.ScriptFlags{
	"P2SH": txscript.ScriptBip16, "STRICTENC": txscript.ScriptVerifyStrictEncoding, "DERSIG": txscript.ScriptVerifyDERSignatures,
	"LOW_S": txscript.ScriptVerifyLowS, "SIGPUSHONLY": txscript.ScriptVerifySigPushOnly, "MINIMALDATA": txscript.ScriptVerifyMinimalData,
	"NULLDUMMY": txscript.ScriptStrictMultiSig, "DISCOURAGE_UPGRADABLE_NOPS": txscript.ScriptDiscourageUpgradableNops,
	"CLEANSTACK": txscript.ScriptVerifyCleanStack, "MINIMALIF": txscript.ScriptVerifyMinimalIf, "NULLFAIL": txscript.ScriptVerifyNullFail,
	"CHECKLOCKTIMEVERIFY": txscript.ScriptVerifyCheckLockTimeVerify, "CHECKSEQUENCEVERIFY": txscript.ScriptVerifyCheckSequenceVerify,
	"WITNESS": txscript.ScriptVerifyWitness, "DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM": txscript.ScriptVerifyDiscourageUpgradeableWitnessProgram,
	"WITNESS_PUBKEYTYPE": txscript.ScriptVerifyWitnessPubKeyType, "TAPROOT": txscript.ScriptVerifyTaproot,
}

func raw(text string) []byte { value, _ := hex.DecodeString(text); return value }

func sats(text string) int64 { value, _ := strconv.ParseInt(text, 10, 64); return value }

func outcome(err error, good string) object {
	if err != nil {
		// Some of its errors have no text.
		return object{"value": "refused: " + err.Error()}
	}
	return object{"value": good}
}

func decode(ask request) object {
	reader := bytes.NewReader(raw(ask.Bytes))
	var err error
	var names object
	switch ask.Kind {
	case "header":
		var header wire.BlockHeader
		if err = header.Deserialize(reader); err == nil {
			names = object{"id": header.BlockHash().String()}
		}
	case "block":
		var block wire.MsgBlock
		if err = block.Deserialize(reader); err == nil {
			names = object{"id": block.BlockHash().String()}
		}
	default:
		var tx wire.MsgTx
		if err = tx.Deserialize(reader); err == nil {
			names = object{"id": tx.TxHash().String(), "witnessId": tx.WitnessHash().String()}
		}
	}
	if err != nil {
		return object{"value": object{"invalid": err.Error()}}
	}
	if reader.Len() > 0 {
		return object{"value": object{"invalid": "bytes left over"}}
	}
	return object{"value": names}
}

func answer(ask request) object {
	switch ask.Op {
	case "hello":
		flags := []string{}
		for name := range flagBits {
			flags = append(flags, name)
		}
		can := []string{"verifyScript", "signatureHash", "checkTransaction", "decode"}
		return object{"name": "btcd txscript", "capabilities": can, "flags": flags}
	case "bye":
		return object{"done": true}
	case "decode":
		return decode(ask)
	case "verifyScript", "signatureHash", "checkTransaction":
	default:
		return object{"abstain": ask.Op}
	}
	var tx wire.MsgTx
	if err := tx.Deserialize(bytes.NewReader(raw(ask.Transaction))); err != nil {
		if ask.Op == "checkTransaction" {
			return object{"value": err.Error()}
		}
		return object{"abstain": "it does not read this transaction"}
	}
	if ask.Op == "checkTransaction" {
		return outcome(blockchain.CheckTransactionSanity(btcutil.NewTx(&tx)), "ok")
	}
	spent := map[wire.OutPoint]*wire.TxOut{}
	for place, one := range ask.SpentOutputs {
		spent[tx.TxIn[place].PreviousOutPoint] = wire.NewTxOut(sats(one.Value), raw(one.Script))
	}
	fetcher := txscript.NewMultiPrevOutFetcher(spent)
	if ask.Op == "verifyScript" {
		var flags txscript.ScriptFlags
		for _, name := range ask.Flags {
			flags |= flagBits[name]
		}
		own := ask.SpentOutputs[ask.Input]
		hashes := txscript.NewTxSigHashes(&tx, fetcher)
		engine, err := txscript.NewEngine(raw(own.Script), &tx, ask.Input, flags, nil, hashes, sats(own.Value), fetcher)
		if err == nil {
			err = engine.Execute()
		}
		return outcome(err, "OK")
	}
	var hash []byte
	var err error
	switch ask.Version {
	case "legacy":
		hash, err = txscript.CalcSignatureHash(raw(ask.ScriptCode), txscript.SigHashType(ask.HashType), &tx, ask.Input)
	case "witness-v0":
		if txscript.IsPayToWitnessPubKeyHash(raw(ask.ScriptCode)) {
			return object{"abstain": "it makes another script code of a key hash program"}
		}
		// It prepares hashes of version 0 only for coins of that version.
		canned := txscript.NewCannedPrevOutputFetcher(append([]byte{0, 20}, make([]byte, 20)...), sats(ask.Value))
		hashes := txscript.NewTxSigHashes(&tx, canned)
		hash, err = txscript.CalcWitnessSigHash(raw(ask.ScriptCode), hashes, txscript.SigHashType(ask.HashType), &tx, ask.Input, sats(ask.Value))
	default:
		if !txscript.IsPayToTaproot(raw(ask.SpentOutputs[ask.Input].Script)) {
			return object{"abstain": "the coin is no taproot output"}
		}
		hashes := txscript.NewTxSigHashes(&tx, fetcher)
		hash, err = txscript.CalcTaprootSignatureHash(hashes, txscript.SigHashType(ask.HashType), &tx, ask.Input, fetcher)
	}
	if err != nil {
		return object{"abstain": err.Error()}
	}
	return object{"value": hex.EncodeToString(hash)}
}

func main() {
	lines := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := json.NewEncoder(os.Stdout)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		var ask request
		if json.Unmarshal(line, &ask) != nil {
			return
		}
		reply := answer(ask)
		reply["id"] = ask.ID
		_ = out.Encode(reply)
		if ask.Op == "bye" {
			return
		}
	}
}
