//! rust-bitcoin (https://github.com/rust-bitcoin/rust-bitcoin) and its consensus library behind touchstone-stdio/1.
use std::io::{self, BufRead, Write};
use std::panic::catch_unwind;

use bitcoin::consensus::{deserialize, encode::Error};
use bitcoin::hex::FromHex;
use bitcoin::sighash::{Annex, Prevouts, SighashCache};
use bitcoin::{block::Header, Amount, Block, EcdsaSighashType, ScriptBuf, TapSighashType, Transaction, TxOut};
use serde_json::{json, Value};

/// What its consensus library takes: no flags of policy. [bitcoinconsensus.h]
const FLAGS: [(&str, u32); 7] = [
    ("P2SH", 1),
    ("DERSIG", 1 << 2),
    ("NULLDUMMY", 1 << 4),
    ("CHECKLOCKTIMEVERIFY", 1 << 9),
    ("CHECKSEQUENCEVERIFY", 1 << 10),
    ("WITNESS", 1 << 11),
    ("TAPROOT", 1 << 17),
];

fn bytes(value: &Value) -> Vec<u8> {
    Vec::from_hex(value.as_str().unwrap_or("")).unwrap_or_default()
}

fn script(value: &Value) -> ScriptBuf {
    ScriptBuf::from_bytes(bytes(value))
}

fn sats(value: &Value) -> Amount {
    Amount::from_sat(value.as_str().and_then(|text| text.parse().ok()).unwrap_or(0))
}

fn outputs(ask: &Value) -> Vec<TxOut> {
    let coins = ask["spentOutputs"].as_array().cloned().unwrap_or_default();
    let output = |coin: &Value| TxOut { value: sats(&coin["value"]), script_pubkey: script(&coin["script"]) };
    coins.iter().map(output).collect()
}

fn decode(ask: &Value) -> Value {
    let raw = bytes(&ask["bytes"]);
    let id = match ask["kind"].as_str() {
        Some("header") => deserialize::<Header>(&raw).map(|item| json!({ "id": item.block_hash().to_string() })),
        Some("block") => deserialize::<Block>(&raw).map(|item| json!({ "id": item.block_hash().to_string() })),
        _ => deserialize::<Transaction>(&raw).map(|item| {
            json!({ "id": item.compute_txid().to_string(), "witnessId": item.compute_wtxid().to_string() })
        }),
    };
    json!({ "value": id.unwrap_or_else(|error: Error| json!({ "invalid": error.to_string() })) })
}

fn verify_script(ask: &Value) -> Value {
    let flags = ask["flags"].as_array().unwrap().iter().filter_map(|name| {
        FLAGS.iter().find(|(known, _)| name == known).map(|(_, bit)| bit)
    });
    let flags = flags.fold(0, |sum, bit| sum | bit);
    let input = ask["input"].as_u64().unwrap() as usize;
    let spent = outputs(ask);
    let scripts: Vec<Vec<u8>> = spent.iter().map(|output| output.script_pubkey.to_bytes()).collect();
    let utxos: Vec<bitcoinconsensus::Utxo> = spent.iter().zip(&scripts).map(|(output, script)| bitcoinconsensus::Utxo {
        script_pubkey: script.as_ptr(),
        script_pubkey_len: script.len() as u32,
        value: output.value.to_sat() as i64,
    }).collect();
    let coin = &spent[input];
    let raw = bytes(&ask["transaction"]);
    let verdict = bitcoinconsensus::verify_with_flags(
        coin.script_pubkey.as_bytes(), coin.value.to_sat(), &raw, Some(&utxos), input, flags,
    );
    match verdict {
        Ok(()) => json!({ "value": "OK" }),
        Err(bitcoinconsensus::Error::ERR_SCRIPT) => json!({ "value": "REFUSED" }),
        Err(error) => json!({ "abstain": format!("{error:?}") }),
    }
}

fn signature_hash(ask: &Value) -> Value {
    let Ok(transaction) = deserialize::<Transaction>(&bytes(&ask["transaction"])) else {
        return json!({ "abstain": "it does not read this transaction" });
    };
    let input = ask["input"].as_u64().unwrap() as usize;
    let kind = ask["hashType"].as_u64().unwrap() as u32;
    let code = script(&ask["scriptCode"]);
    let mut cache = SighashCache::new(&transaction);
    let hash = match ask["version"].as_str() {
        // Its documentation leaves that to the caller.
        Some("legacy") if code.as_bytes().contains(&0xab) => Err("it removes no OP_CODESEPARATOR".to_string()),
        Some("legacy") => cache.legacy_signature_hash(input, &code, kind).map(|hash| hash.to_string()).map_err(|error| error.to_string()),
        Some("witness-v0") => match EcdsaSighashType::from_standard(kind) {
            Ok(kind) => cache.p2wsh_signature_hash(input, &code, sats(&ask["value"]), kind).map(|hash| hash.to_string()).map_err(|error| error.to_string()),
            Err(_) => Err("hash types that are not standard".to_string()),
        },
        _ => match TapSighashType::from_consensus_u8(kind as u8) {
            Ok(kind) => {
                let spent = outputs(ask);
                let prevouts = Prevouts::All(&spent);
                cache.taproot_signature_hash(input, &prevouts, None::<Annex>, None, kind).map(|hash| hash.to_string()).map_err(|error| error.to_string())
            }
            Err(error) => Err(error.to_string()),
        },
    };
    match hash {
        Ok(hash) => json!({ "value": hash }),
        Err(why) => json!({ "abstain": why }),
    }
}

fn answer(ask: &Value) -> Value {
    match ask["op"].as_str().unwrap_or("") {
        "hello" => json!({
            "name": "rust-bitcoin", "capabilities": ["decode", "verifyScript", "signatureHash"],
            "flags": FLAGS.map(|(name, _)| name),
        }),
        "bye" => json!({ "done": true }),
        "decode" => decode(ask),
        "verifyScript" => verify_script(ask),
        "signatureHash" => signature_hash(ask),
        op => json!({ "abstain": op }),
    }
}

fn main() {
    for line in io::stdin().lock().lines() {
        let ask: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let mut reply = catch_unwind(|| answer(&ask)).unwrap_or_else(|_| json!({ "value": "panic" }));
        reply["id"] = ask["id"].clone();
        println!("{reply}");
        io::stdout().flush().unwrap();
        if ask["op"] == "bye" {
            break;
        }
    }
}
