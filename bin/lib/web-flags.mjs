/**
 * How Node runs each web process. It learns from a function's first call on what to compile it for, so that an instance that has just
 * started is fast sooner; and what a page makes and drops at once dies in a young space that is large enough from the first page on.
 */
export const WEB_FLAGS = ["--no-lazy-feedback-allocation", "--min-semi-space-size=16"];
