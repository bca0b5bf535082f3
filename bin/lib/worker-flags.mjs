/**
 * How the worker's Node runs, in production and in every benchmark. It lives for weeks beside the web process on small machines: the heap
 * prefers to stay small, but what a job makes and drops at once dies in a young space that is large enough for it. Measured over an import
 * of 100,000 rows: 475 MB at the peak without any of this, 254 to 281 MB at 6,100 to 6,900 rows a second with the first flag alone, and
 * 284 to 297 MB at 7,500 to 8,000 with all.
 */
export const WORKER_FLAGS = ["--optimize-for-size", "--min-semi-space-size=4", "--max-semi-space-size=4", "--heap-growing-percent=30"];

/** Memory that glibc would keep for threads that are idle most of the time: 20 MB and more. Means nothing elsewhere. */
export const WORKER_ENV = { MALLOC_ARENA_MAX: "2" };
