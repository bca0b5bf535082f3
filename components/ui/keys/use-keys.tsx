"use client";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { createKeyStore, type KeyBinding, type KeyStore } from "./key-store";

const StoreContext = createContext<KeyStore | null>(null);
const LayerContext = createContext(0);

/** Around everything that has keys. `lettersOn` is the person's own setting. */
export function KeyProvider({ lettersOn, children }: { lettersOn: boolean; children: ReactNode }) {
  const [store] = useState(createKeyStore);
  useEffect(() => store.setLettersOn(lettersOn), [store, lettersOn]);
  useEffect(() => {
    window.addEventListener("keydown", store.handle);
    return () => window.removeEventListener("keydown", store.handle);
  }, [store]);
  return <StoreContext.Provider value={store}>{children}</StoreContext.Provider>;
}

/** While this is mounted, only keys registered inside it work. Dialogs and sheets wrap their content in it. */
export function KeyLayer({ children }: { children: ReactNode }) {
  const store = useContext(StoreContext);
  const [layer, setLayer] = useState<number | null>(null);
  useEffect(() => {
    if (!store) return;
    const opened = store.openLayer();
    setLayer(opened);
    return () => store.closeLayer(opened);
  }, [store]);
  return <LayerContext.Provider value={layer ?? -1}>{children}</LayerContext.Provider>;
}

/**
 * Registers keys while the component is mounted. They never work while a field has focus, and single letters not at all when
 * the person switched them off. Every key needs a visible button too.
 */
export function useKeys(bindings: readonly KeyBinding[], options: { enabled?: boolean } = {}): void {
  const store = useContext(StoreContext);
  const layer = useContext(LayerContext);
  const enabled = options.enabled ?? true;
  const latest = useRef(bindings);
  latest.current = bindings;
  const shape = bindings.map(({ keys, label, group, listed }) => `${keys}|${label}|${group ?? ""}|${listed ?? true}`).join("\n");

  useEffect(() => {
    if (!store || !enabled || layer < 0 || shape === "") return;
    const id = Symbol("keys");
    const stable = latest.current.map((binding, index) => ({
      ...binding,
      run: (event: KeyboardEvent) => latest.current[index]?.run(event),
    }));
    store.register(id, layer, stable);
    return () => store.forget(id);
  }, [store, layer, enabled, shape]);
}

const NONE: KeyBinding[] = [];

/** What can be pressed at this moment, and whether letters are on. */
export function useActiveKeys(): { bindings: KeyBinding[]; lettersOn: boolean } {
  const store = useContext(StoreContext);
  const bindings = useSyncExternalStore(
    store?.subscribe ?? (() => () => {}),
    () => store?.list() ?? NONE,
    () => NONE,
  );
  return { bindings, lettersOn: store?.areLettersOn() ?? true };
}
