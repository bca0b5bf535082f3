/** The act, the first time that it is asked for; nothing after. What it could not do is handed on. */
export function once(act: () => Promise<unknown>, refused: (error: unknown) => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    act().catch(refused);
  };
}
