/**
 * Onto the clipboard; false where the browser does not let us. Over plain http there is no clipboard to ask, and the old way is taken: what
 * is selected is copied. Nothing is focused for it, so that a menu or a dialog that holds the focus stays as it is.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = document.createElement("span");
    box.textContent = text;
    box.style.cssText = "position:fixed;opacity:0;white-space:pre;user-select:text";
    document.body.append(box);
    document.getSelection()?.selectAllChildren(box);
    const isCopied = document.execCommand("copy");
    box.remove();
    return isCopied;
  }
}
