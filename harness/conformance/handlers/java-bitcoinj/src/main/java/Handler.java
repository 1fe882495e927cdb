import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bitcoinj.base.BitcoinNetwork;
import org.bitcoinj.base.Coin;
import org.bitcoinj.core.Block;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionWitness;
import org.bitcoinj.core.VerificationException;
import org.bitcoinj.script.Script;
import org.bitcoinj.script.Script.VerifyFlag;
import org.bitcoinj.script.ScriptException;

/** bitcoinj (https://github.com/bitcoinj/bitcoinj) behind touchstone-stdio/1. */
public final class Handler {
    private static final Gson GSON = new Gson();
    private static final List<String> OPS = List.of("decode", "verifyScript", "signatureHash", "checkTransaction");
    /** Its flags for witnesses and what came later are names alone. */
    private static final Set<VerifyFlag> FLAGS = EnumSet.of(VerifyFlag.P2SH, VerifyFlag.STRICTENC, VerifyFlag.DERSIG,
        VerifyFlag.LOW_S, VerifyFlag.NULLDUMMY, VerifyFlag.SIGPUSHONLY, VerifyFlag.MINIMALDATA,
        VerifyFlag.DISCOURAGE_UPGRADABLE_NOPS, VerifyFlag.CLEANSTACK, VerifyFlag.CHECKLOCKTIMEVERIFY,
        VerifyFlag.CHECKSEQUENCEVERIFY);

    public static void main(String[] args) throws Exception {
        var lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonObject ask = GSON.fromJson(line, JsonObject.class);
            JsonObject reply = answer(ask);
            reply.add("id", ask.get("id"));
            System.out.println(GSON.toJson(reply));
            if (text(ask, "op").equals("bye")) return;
        }
    }

    private static JsonObject answer(JsonObject ask) {
        String op = text(ask, "op");
        if (op.equals("hello")) {
            JsonObject hello = reply("name", "bitcoinj");
            hello.add("capabilities", GSON.toJsonTree(OPS));
            hello.add("flags", GSON.toJsonTree(FLAGS.stream().map(Enum::name).toList()));
            return hello;
        }
        if (op.equals("bye")) {
            JsonObject bye = new JsonObject();
            bye.addProperty("done", true);
            return bye;
        }
        try {
            return switch (op) {
                case "decode" -> decode(ask);
                case "verifyScript" -> verifyScript(ask);
                case "signatureHash" -> signatureHash(ask);
                case "checkTransaction" -> checkTransaction(ask);
                default -> reply("abstain", op);
            };
        } catch (RuntimeException error) {
            return reply(op.equals("signatureHash") ? "abstain" : "value", "threw " + error);
        }
    }

    private static JsonObject decode(JsonObject ask) {
        JsonObject value = new JsonObject();
        JsonObject reply = new JsonObject();
        reply.add("value", value);
        byte[] raw = bytes(ask, "bytes");
        try {
            ByteBuffer buffer = ByteBuffer.wrap(raw);
            String kind = text(ask, "kind");
            if (kind.equals("transaction")) {
                Transaction transaction = Transaction.read(buffer);
                value.addProperty("id", transaction.getTxId().toString());
                value.addProperty("witnessId", transaction.getWTxId().toString());
            } else if (kind.equals("block")) {
                value.addProperty("id", Block.read(buffer).getHashAsString());
            } else {
                return reply("abstain", "it reads no header alone");
            }
            if (buffer.hasRemaining()) throw new IllegalArgumentException("bytes left over");
        } catch (RuntimeException error) {
            reply.add("value", reply("invalid", String.valueOf(error.getMessage())));
        }
        return reply;
    }

    private static JsonObject verifyScript(JsonObject ask) {
        Transaction transaction = transaction(ask);
        int input = ask.get("input").getAsInt();
        Set<VerifyFlag> flags = EnumSet.noneOf(VerifyFlag.class);
        for (JsonElement name : ask.getAsJsonArray("flags")) flags.add(VerifyFlag.valueOf(name.getAsString()));
        JsonObject coin = ask.getAsJsonArray("spentOutputs").get(input).getAsJsonObject();
        try {
            Script output = Script.parse(bytes(coin, "script"));
            TransactionWitness witness = transaction.getInput(input).getWitness();
            transaction.getInput(input).getScriptSig()
                .correctlySpends(transaction, input, witness, Coin.valueOf(Long.parseLong(text(coin, "value"))), output, flags);
            return reply("value", "OK");
        } catch (ScriptException error) {
            return reply("value", error.getError().name());
        }
    }

    private static JsonObject signatureHash(JsonObject ask) {
        String version = text(ask, "version");
        int type = (int) ask.get("hashType").getAsLong();
        if (version.equals("taproot")) return reply("abstain", "taproot");
        if (type < 0 || type > 255) return reply("abstain", "hash types of more than a byte");
        Transaction transaction = transaction(ask);
        int input = ask.get("input").getAsInt();
        byte[] code = bytes(ask, "scriptCode");
        return reply("value", (version.equals("legacy")
            ? transaction.hashForSignature(input, code, (byte) type)
            : transaction.hashForWitnessSignature(input, code, Coin.valueOf(Long.parseLong(text(ask, "value"))), (byte) type))
            .toString());
    }

    private static JsonObject checkTransaction(JsonObject ask) {
        try {
            Transaction.verify(BitcoinNetwork.MAINNET, transaction(ask));
            return reply("value", "ok");
        } catch (VerificationException error) {
            return reply("value", "refused: " + error.getMessage());
        }
    }

    private static Transaction transaction(JsonObject ask) {
        return Transaction.read(ByteBuffer.wrap(bytes(ask, "transaction")));
    }

    private static JsonObject reply(String key, String value) {
        JsonObject reply = new JsonObject();
        reply.addProperty(key, value);
        return reply;
    }

    private static String text(JsonObject object, String key) {
        return object.get(key).getAsString();
    }

    private static byte[] bytes(JsonObject object, String key) {
        return HexFormat.of().parseHex(text(object, key));
    }
}
