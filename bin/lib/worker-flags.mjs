/**
 * How the worker's Node runs, in production and in every benchmark. It lives for weeks beside the web process on small machines: the heap
 * prefers to stay small. Measured over an import of 100,000 rows: 260 MB at the peak instead of 475. The price is garbage that is collected
 * more often: 9.2 s of processor time. A young space of 4 MB and growth by 20 to 40 % took 4.6 to 5.7 s, but up to 322 MB.
 */
export const WORKER_FLAGS = ["--optimize-for-size"];
