---- MODULE Deployment ----
\* A deployment of BIP9 with a minimum height, period by period; the twin of spec/models/deployment.ts.
EXTENDS Integers
CONSTANTS Threshold, Window, StartTime, Timeout, MinActivation, Periods
VARIABLES deployment, period, medianTime, before
vars == <<deployment, period, medianTime, before>>

Init == /\ deployment = "defined"
        /\ period = 0
        /\ medianTime = 0
        /\ before = "defined"

\* [BIP9 State transitions; BIP341 Deployment, for the minimum height]
After(signalling, time) ==
  IF deployment = "defined" THEN (IF time >= StartTime THEN "started" ELSE "defined")
  ELSE IF deployment = "started"
  THEN (IF signalling >= Threshold THEN "locked-in" ELSE IF time >= Timeout THEN "failed" ELSE "started")
  ELSE IF deployment = "locked-in" THEN (IF period + 1 >= MinActivation THEN "active" ELSE "locked-in")
  ELSE deployment

EndPeriod(signalling, elapsed) ==
  /\ period < Periods
  /\ deployment' = After(signalling, medianTime + elapsed)
  /\ before' = deployment
  /\ period' = period + 1
  /\ medianTime' = medianTime + elapsed

Next == \E signalling \in 0..Window : \E elapsed \in 0..2 : EndPeriod(signalling, elapsed)

activeOnlyWhenLockedIn == deployment = "active" => before \in {"locked-in", "active"}
activeOnlyFromItsHeight == deployment = "active" => period >= MinActivation
endIsTheEnd == before \in {"active", "failed"} => deployment = before
startedBeforeItEnds == before = "defined" => deployment \in {"defined", "started"}
====
