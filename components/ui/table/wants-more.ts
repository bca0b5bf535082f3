/** Within this many rows of the end of what is loaded, the next page is asked for. */
const NEAR_END = 9;

type End = { drawnTo: number; loaded: number; isFetching: boolean; hasFailed: boolean };

/** A page that did not come is asked for again by a person or by the next refresh, never by being drawn: that would be a thousand times a second. */
export function wantsMore({ drawnTo, loaded, isFetching, hasFailed }: End): boolean {
  return !isFetching && !hasFailed && loaded > 0 && drawnTo >= loaded - NEAR_END;
}
