export type KeyBinding = {
  /** Empty: it has no key, and the palette runs it by name. "j", "shift+x", "mod+k", "g t" (one after the other), "enter", "space", "escape", "backspace", "arrowdown", "?" */
  keys: string;
  /** As the sheet of keys shows it: "Add to campaign". */
  label: string;
  run: (event: KeyboardEvent) => void;
  /** Where the sheet lists it; default "This page". */
  group?: string;
  /** False: works, but the sheet does not list it. */
  listed?: boolean;
};

type Registered = { layer: number; bindings: readonly KeyBinding[] };

const SEQUENCE_MS = 1_200;
/** Keys that type nothing stay on when single-letter keys are switched off (WCAG 2.1.4 is about characters). */
const TYPES_NOTHING = new Set([
  "enter",
  "space",
  "escape",
  "arrowdown",
  "arrowup",
  "arrowleft",
  "arrowright",
  "home",
  "end",
  "pagedown",
  "pageup",
]);
/** What may go on while a key is held. An act is one press: a held A would approve mails that nobody has read, a held ⌫ delete row after row. */
const MAY_REPEAT = new Set(["j", "k", "arrowdown", "arrowup", "arrowleft", "arrowright", "pagedown", "pageup", "shift+x"]);
/** What a focused control does by itself must not also run a verb of the page. */
const OWN_KEYS = new Set(["enter", "space"]);
const TYPES_AHEAD = "[role=menu],[role=listbox],[role=combobox],[role=radiogroup],[role=tablist]";

/** One registry of keys. A dialog opens a layer; only the topmost layer hears keys. */
export function createKeyStore() {
  const registered = new Map<symbol, Registered>();
  const layers = [0];
  const listeners = new Set<() => void>();
  let nextLayer = 1;
  let lettersOn = true;
  let pending = "";
  let pendingAt = 0;
  let listing: KeyBinding[] = [];

  function changed() {
    listing = active();
    for (const listener of listeners) listener();
  }
  function active(): KeyBinding[] {
    const top = layers.at(-1);
    return [...registered.values()].filter(({ layer }) => layer === top).flatMap(({ bindings }) => bindings);
  }
  function isAllowed(keys: string): boolean {
    return lettersOn || keys.includes("mod+") || TYPES_NOTHING.has(keys);
  }

  return {
    register(id: symbol, layer: number, bindings: readonly KeyBinding[]) {
      registered.set(id, { layer, bindings });
      changed();
    },
    forget(id: symbol) {
      registered.delete(id);
      changed();
    },
    openLayer(): number {
      const layer = nextLayer++;
      layers.push(layer);
      changed();
      return layer;
    },
    closeLayer(layer: number) {
      const at = layers.indexOf(layer);
      if (at > 0) layers.splice(at, 1);
      changed();
    },
    setLettersOn(on: boolean) {
      lettersOn = on;
    },
    areLettersOn: () => lettersOn,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** What can be pressed now, for the sheet of keys. */
    list: () => listing,
    handle(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      const key = nameOf(event);
      const target = event.target instanceof Element ? event.target : null;
      if (isTyping(target) && !key.startsWith("mod+")) return;
      if (OWN_KEYS.has(key) && target?.closest("button,a,summary,input,[role=menuitem],[role=option]")) return;
      if (key.startsWith("arrow") && target?.closest("input[type=radio],input[type=range]")) return;
      if (!key.startsWith("mod+") && key.length === 1 && target?.closest(TYPES_AHEAD)) return;

      const sequence = pending && event.timeStamp - pendingAt < SEQUENCE_MS ? `${pending} ${key}` : key;
      pending = "";
      // The binding registered last wins: a part of the page may refine what the page does.
      const bindings = active().toReversed();
      const hit = bindings.find(({ keys }) => keys === sequence) ?? bindings.find(({ keys }) => keys === key);
      if (hit && isAllowed(hit.keys)) {
        event.preventDefault();
        if (!event.repeat || MAY_REPEAT.has(hit.keys)) hit.run(event);
        return;
      }
      if (bindings.some(({ keys }) => keys.startsWith(`${key} `) && isAllowed(keys))) {
        pending = key;
        pendingAt = event.timeStamp;
      }
    },
  };
}

export type KeyStore = ReturnType<typeof createKeyStore>;

export function nameOf(event: Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey">): string {
  const base = event.key === " " ? "space" : event.key.toLowerCase();
  const isLetter = /^[a-z0-9]$/.test(base);
  const shift = event.shiftKey && (isLetter || base.length > 1) ? "shift+" : "";
  return `${event.metaKey || event.ctrlKey ? "mod+" : ""}${shift}${base}`;
}

function isTyping(target: Element | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit", "range"].includes(target.type);
}
