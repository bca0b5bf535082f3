/**
 * How the worker's Node runs, in production and in every benchmark. It lives for weeks beside the web process on small machines: the heap
 * prefers to stay small. Measured over an import of 100,000 rows: 269 to 295 MB at the peak, where a young space of 4 MB instead of the 1 MB that
 * the first flag fixes reaches 296 to 312 and is hardly faster.
 */
export const WORKER_FLAGS = ["--optimize-for-size", "--heap-growing-percent=30"];

/** Memory that glibc would keep for threads that are idle most of the time: 20 MB and more. Means nothing elsewhere. */
export const WORKER_ENV = { MALLOC_ARENA_MAX: "2" };
