/**
 * Runs as the document arrives, long before any other script. A button is alive once React has put its properties on the element; a
 * press before that is kept, and pressed again when the button it was meant for is alive. Only the last one is kept, and once.
 */
const KEEP = `{
  const isAlive = (button) => Object.keys(button).some((key) => key.startsWith("__reactProps"));
  let pressed = null;
  const again = () => {
    if (!pressed.isConnected) return;
    if (!isAlive(pressed)) return requestAnimationFrame(again);
    const button = pressed;
    pressed = null;
    button.click();
  };
  addEventListener("click", (event) => {
    const button = event.target.closest("button[type=button]");
    if (!button || isAlive(button)) return;
    event.stopImmediatePropagation();
    if (!pressed?.isConnected) requestAnimationFrame(again);
    pressed = button;
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
