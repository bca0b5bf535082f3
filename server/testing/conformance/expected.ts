/** What is seen of each scenario, as an Inngest server showed it. */
export const expected: Record<string, unknown> = {
  "steps one after the other, an event sent by a step": {
    chain: ["a", "b after a", "returns at attempt 0"],
    told: ["hears b after a"],
  },
  "parallel steps, a chain and a sleep among them": {
    beside: ["a1", "a2 after a1", "b", "c"],
    chained: true,
    afterwards: ["end after a2 after a1+b+c", "returns"],
  },
  "a race of parallel steps": { story: ["after ran", "returns"], loserIsWaitedFor: true },
  "a step that fails twice, a function that fails once": [
    "step at attempt 0",
    "step at attempt 1",
    "step at attempt 2",
    "got there, function at attempt 0",
    "got there, function at attempt 1",
  ],
  "a failed step that is caught, a failed run and its onFailure": [
    "gone at attempt 0",
    "caught gone for good",
    "bad at attempt 0",
    "bad at attempt 1",
    "onFailure: RetryAfterError: bad",
  ],
  "sleep and sleepUntil": { story: ["before", "between", "after"], atLeastTwoSeconds: true },
  "invoke: a result, a failure that is caught, a timeout": {
    half: ["half of 4, inngest/function.invoked", "half of 3, inngest/function.invoked", "half of 0, inngest/function.invoked"],
    whole: ["returns 2, caught odd, too slow"],
  },
  "waitForEvent with match, if and a timeout": {
    x: ["waits", "paid by xenia", "nothing large"],
    y: ["waits", "paid by yves", "large 11"],
  },
  "a trigger with if, a wildcard, one run however many match": [
    "both conf.trigger/paid",
    "large conf.trigger/open",
    "vip conf.trigger/paid",
  ],
  "cancelOn with match, with if, and who hears of it": { runs: [["begins"], ["begins", "ends"], ["begins"]], heard: ["a", "c"] },
  "timeouts: a run that does not finish in time": { short: ["begins", "ends"], long: ["begins"] },
  "a schedule in a time zone": ["inngest/scheduled.timer TZ=Europe/Lisbon * * * * *"],
  "throttle: spread, in order, nobody dropped": { order: ["a", "b", "c"], spread: [true, true] },
  "rateLimit and idempotency: what comes too often is dropped": { rate: ["a1", "b1"], once: ["a1", "b1"] },
  "debounce: once, with the last event, by key": { a: ["3"], b: ["only"] },
  "batchEvents: when full, when its time is up, by key and condition": { a: ["1,2,3", "alone", "late"], b: ["other"] },
  "concurrency above one by key, and shared by two functions": { runs: 12, laneAtMost: [true, true], sharedAtMost: 1 },
};
