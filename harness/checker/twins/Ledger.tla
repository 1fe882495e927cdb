---- MODULE Ledger ----
\* The chain as a book kept by double entry, posted and taken back; the twin of spec/models/ledger.ts.
EXTENDS Integers, Sequences, FiniteSets
CONSTANTS Entries, Flaw
VARIABLES journal, balances, unspent
vars == <<journal, balances, unspent>>

Names == {"mintA", "mintB", "pay", "cheat", "settle"}
Coins == {"a", "b", "paid", "change", "back", "settled"}
Accounts == {"issue", "miner", "merchant", "payer", "fees"}
Takes(e) == IF e \in {"pay", "cheat"} THEN {"a"} ELSE IF e = "settle" THEN {"paid"} ELSE {}
Makes(e) == IF e = "mintA" THEN {"a"} ELSE IF e = "mintB" THEN {"b"} ELSE IF e = "pay" THEN {"paid", "change"}
            ELSE IF e = "cheat" THEN {"back"} ELSE {"settled"}
Value(c) == IF c \in {"a", "b", "back"} THEN 5 ELSE IF c \in {"paid", "settled"} THEN 3 ELSE 1
Owner(c) == IF c \in {"b", "settled"} THEN "miner" ELSE IF c = "paid" THEN "merchant" ELSE "payer"
Issued(e) == IF e \in {"mintA", "mintB"} THEN 5 ELSE 0
Fee(e) == IF e = "pay" /\ Flaw # "fee-unposted" THEN 1 ELSE 0

RECURSIVE Total(_, _)
Total(coins, account) ==
  IF coins = {} THEN 0
  ELSE LET c == CHOOSE x \in coins : TRUE
       IN (IF Owner(c) = account THEN Value(c) ELSE 0) + Total(coins \ {c}, account)
RECURSIVE Worth(_)
Worth(coins) == IF coins = {} THEN 0 ELSE LET c == CHOOSE x \in coins : TRUE IN Value(c) + Worth(coins \ {c})

Posted(book, e, sign) ==
  [x \in Accounts |->
    book[x] + sign * (Total(Makes(e), x) - Total(Takes(e), x)
                      - (IF x = "issue" THEN Issued(e) ELSE 0) + (IF x = "fees" THEN Fee(e) ELSE 0))]

In(e) == \E i \in 1..Len(journal) : journal[i] = e
Made(c) == \E e \in Names : In(e) /\ c \in Makes(e)
Taken(c) == \E e \in Names : In(e) /\ c \in Takes(e)

Init == /\ journal = <<>>
        /\ balances = [x \in Accounts |-> 0]
        /\ unspent = {}

Post(e) ==
  /\ ~In(e)
  /\ Len(journal) < Entries
  /\ \A c \in Takes(e) : IF Flaw = "no-conflict-check" THEN Made(c) ELSE c \in unspent
  /\ journal' = Append(journal, e)
  /\ balances' = Posted(balances, e, 1)
  /\ unspent' = (unspent \ Takes(e)) \cup Makes(e)

TakeBack ==
  /\ Len(journal) > 0
  /\ LET e == journal[Len(journal)]
     IN /\ journal' = SubSeq(journal, 1, Len(journal) - 1)
        /\ balances' = Posted(balances, e, -1)
        /\ unspent' = (unspent \ Makes(e)) \cup (IF Flaw = "undo-forgets-inputs" THEN {} ELSE Takes(e))

Next == (\E e \in Names : Post(e)) \/ TakeBack

debitsEqualCredits ==
  balances["issue"] + balances["miner"] + balances["merchant"] + balances["payer"] + balances["fees"] = 0
unspentFollowsFromJournal == \A c \in Coins : (c \in unspent) <=> (Made(c) /\ ~Taken(c))
noCoinIsSpentTwice == \A c \in Coins : Cardinality({i \in 1..Len(journal) : c \in Takes(journal[i])}) <= 1
unspentIsWhatWasIssued == Worth(unspent) + balances["fees"] = -balances["issue"]
====
