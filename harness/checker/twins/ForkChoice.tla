---- MODULE ForkChoice ----
\* Nodes that receive the blocks of one tree and follow the branch of most work; the twin of spec/models/fork-choice.ts.
EXTENDS Integers, FiniteSets
CONSTANTS Blocks, Nodes, Work
VARIABLES parents, work, stored, tip
vars == <<parents, work, stored, tip>>

All == 0..Blocks
Mined == 1..Blocks
\* A block is younger than its parent, so that this ends.
RECURSIVE WorkOf(_)
WorkOf(b) == IF b = 0 THEN 0 ELSE work[b] + WorkOf(parents[b])
Best == {b \in All : \A c \in All : WorkOf(c) <= WorkOf(b)}

Init == /\ parents \in {p \in [Mined -> 0..(Blocks - 1)] : \A b \in Mined : p[b] < b}
        /\ work \in [Mined -> Work]
        /\ stored = [n \in Nodes |-> {0}]
        /\ tip = [n \in Nodes |-> 0]

Receive(n, b) ==
  /\ b \notin stored[n]
  /\ parents[b] \in stored[n]
  /\ stored' = [stored EXCEPT ![n] = @ \cup {b}]
  /\ tip' = [tip EXCEPT ![n] = IF WorkOf(b) > WorkOf(@) THEN b ELSE @]
  /\ UNCHANGED <<parents, work>>

Next == \E n \in Nodes : \E b \in Mined : Receive(n, b)

tipIsStored == \A n \in Nodes : tip[n] \in stored[n]
tipHasMostWork == \A n \in Nodes : \A b \in stored[n] : WorkOf(b) <= WorkOf(tip[n])
\* Fails: it is a canary.
allAgree == \A m \in Nodes : \A n \in Nodes : tip[m] = tip[n]
====
