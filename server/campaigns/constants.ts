export const campaignStatuses = ["draft", "running", "paused", "stopped", "finished"] as const;

/** A message is reserved at most this long before its instant: what happens later than that can still stop it. */
export const RESERVE_AHEAD_MS = 60_000;
/** On a clock that is moved from instant to instant there is nothing to be ahead of. */
export const reserveAheadOf = (workspace: { isSandbox: boolean }): number => (workspace.isSandbox ? 0 : RESERVE_AHEAD_MS);
/** A mailbox whose replies were not read for this long sends first mails only. */
export const READ_FRESH_MS = 15 * 60_000;
/** When a person whose mailbox cannot send is looked at again, if nothing wakes them before. */
export const RETRY_BLOCKED_MS = 15 * 60_000;
/** When nothing but a change by a person helps: no mailbox at all, or no hours that meet. */
export const RETRY_STUCK_MS = 12 * 3_600_000;
/** A draft must be approved this long before the booked instant. */
export const APPROVE_AHEAD_MS = 2 * 60_000;
/** A mail whose draft a person must read is not planned sooner than this. */
export const READING_TIME_MS = 30 * 60_000;
/** A slot missed by less than this is still used: a worker that was away for a moment moves nobody. */
export const SLOT_GRACE_MS = 10 * 60_000;
/** A new mailbox starts with this many a day … */
export const RAMP_START = 10;
/** … and rises by this many each working week. */
export const RAMP_STEP = 5;
/** The due kind under which people in campaigns are looked at again. */
export const ENROLMENT_DUE = "enrolment";
/** Drafts made before the start, so that somebody can read some. */
export const DRAFTS_BEFORE_START = 20;
