import { verbs } from "../server/admin/verbs.ts";

/**
 * The verbs of `npm run admin` in one process that stays: starting one for every workspace of every spec costs far more than what it does
 * there. The command itself is run by those specs that are about it. Ends with whoever started it.
 */
process.on("message", async ({ verb, options }: { verb: string; options: Record<string, string | boolean> }) => {
  try {
    process.send?.({ result: await verbs[verb]?.run(options) });
  } catch (error) {
    process.send?.({ failed: String(error) });
  }
});
process.on("disconnect", () => process.exit());
