/**
 * Runs as the document arrives, long before any other script. A button is alive once React has put its properties on the element; a
 * press before that is kept, and pressed again when the button it was meant for is alive. Only the last one is kept, and once.
 * React also stops a press, on its way down, at a part of the page of which something has not come yet, though the button itself is
 * drawn and looks alive: a press that did not reach its button is kept as well.
 */
const KEEP = `{
  const isAlive = (button) => Object.keys(button).some((key) => key.startsWith("__reactProps"));
  let [pressed, until] = [null, 0];
  const again = () => {
    if (!pressed.isConnected || performance.now() > until) return void (pressed = null);
    if (!isAlive(pressed)) return requestAnimationFrame(again);
    const button = pressed;
    const last = until;
    pressed = null;
    if (!press(button)) keep(button, last);
  };
  const keep = (button, last) => {
    if (!pressed) requestAnimationFrame(again);
    [pressed, until] = [button, last];
  };
  const press = (button) => {
    let isReached = false;
    const reached = () => (isReached = true);
    button.addEventListener("click", reached, true);
    isOurs = true;
    button.click();
    isOurs = false;
    button.removeEventListener("click", reached, true);
    return isReached;
  };
  let isOurs = false;
  addEventListener("click", (event) => {
    const button = event.target.closest("button[type=button]");
    if (!button || isOurs) return;
    const last = performance.now() + 60_000;
    if (!isAlive(button)) {
      event.stopImmediatePropagation();
      return keep(button, last);
    }
    let isReached = false;
    const reached = () => (isReached = true);
    button.addEventListener("click", reached, true);
    setTimeout(() => {
      button.removeEventListener("click", reached, true);
      if (!isReached) keep(button, last);
    });
  }, true);
}`;

/** A quick hand presses a button that the server drew before its script is there. The press is kept, not lost; a hundred are one. */
export function EarlyPresses({ nonce }: { nonce: string | undefined }) {
  return (
    <script nonce={nonce} suppressHydrationWarning>
      {KEEP}
    </script>
  );
}
