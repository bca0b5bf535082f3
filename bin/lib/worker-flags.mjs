/**
 * How the worker's Node runs, in production and in every benchmark. It lives for weeks beside the web process on small machines: the heap
 * grows in small steps, and what is made and dropped at once has 8 MB to die in. A smaller young space copies more than it saves: with
 * the 1 MB of `--optimize-for-size` an import or a mail takes up to a fifth more of the worker's processor.
 */
export const WORKER_FLAGS = ["--heap-growing-percent=30", "--max-semi-space-size=8"];

/** Memory that glibc would keep for threads that are idle most of the time: 20 MB and more. Means nothing elsewhere. */
export const WORKER_ENV = { MALLOC_ARENA_MAX: "2" };
