import type { InngestFunction } from "inngest";

/** Every function of the product: one line per room, `...leadJobs,`. */
export const functions: InngestFunction.Any[] = [];
