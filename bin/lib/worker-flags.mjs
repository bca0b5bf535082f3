/**
 * How the worker's Node runs, in production and in every benchmark. It lives for weeks beside the web process on small machines, so the heap
 * grows in small steps (475 MB at the peak of an import of 100,000 rows without that); and what a job makes and drops at once dies in a young
 * space that is large enough for it. Measured over that import: 4.6 s of processor time and 280 MB, with --optimize-for-size 9.2 s and 260 MB.
 */
export const WORKER_FLAGS = ["--min-semi-space-size=4", "--max-semi-space-size=4", "--heap-growing-percent=40"];
