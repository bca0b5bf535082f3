/** Whether a group may go as it is; if not, it waits `patienceMs` for more. */
type Patience<In> = { isWhole: (inputs: readonly In[]) => boolean; patienceMs: number };

/**
 * Calls that come while one is under way are answered together by the next, so that one commit serves all that waited for it. One group at
 * a time, in the order of the calls. A group that fails is tried again one by one: one bad member must not spoil the others.
 */
export function gather<In, Out>(
  answer: (inputs: readonly In[]) => Promise<readonly Out[]>,
  { isWhole, patienceMs }: Patience<In> = { isWhole: () => true, patienceMs: 0 },
): (input: In) => Promise<Out> {
  type Waiting = { input: In; resolve: (out: Out) => void; reject: (error: unknown) => void };
  let waiting: Waiting[] = [];
  let isRunning = false;
  let impatience: NodeJS.Timeout | undefined;

  const serve = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const answers = await answer(group.map((one) => one.input));
      for (const [index, one] of group.entries()) one.resolve(answers[index] as Out);
    } catch (error) {
      if (group.length === 1) group[0]?.reject(error);
      else for (const one of group) await serve([one]);
    }
  };
  const run = async (): Promise<void> => {
    clearTimeout(impatience);
    impatience = undefined;
    isRunning = true;
    const group = waiting;
    waiting = [];
    await serve(group);
    isRunning = false;
    look();
  };
  const look = (): void => {
    if (isRunning || waiting.length === 0) return;
    if (isWhole(waiting.map((one) => one.input))) void run();
    else impatience ??= setTimeout(() => void run(), patienceMs);
  };
  return (input) =>
    new Promise<Out>((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      // What the same turn of the event loop brings joins the group.
      if (waiting.length === 1) setImmediate(look);
      else if (impatience) look();
    });
}
