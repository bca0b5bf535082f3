import { describe, expect, it } from "vitest";
import { createKeyStore, nameOf } from "./key-store";

function press(key: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent {
  return {
    key,
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    repeat: false,
    isComposing: false,
    defaultPrevented: false,
    target: null,
    timeStamp: 0,
    preventDefault() {},
    ...more,
  } as KeyboardEvent;
}

function heard(store = createKeyStore()) {
  const log: string[] = [];
  const on = (keys: string, layer = 0) => store.register(Symbol(keys), layer, [{ keys, label: keys, run: () => log.push(keys) }]);
  return { store, log, on };
}
Object.assign(globalThis, { Element: class {}, HTMLElement: class {} });

describe("nameOf", () => {
  it.each([
    [{ key: "K", metaKey: true }, "mod+k"],
    [{ key: "k", ctrlKey: true }, "mod+k"],
    [{ key: "X", shiftKey: true }, "shift+x"],
    [{ key: "?", shiftKey: true }, "?"],
    [{ key: " " }, "space"],
    [{ key: "Enter", shiftKey: true }, "shift+enter"],
  ])("reads %o as %s", (event, name) => {
    expect(nameOf({ shiftKey: false, ctrlKey: false, metaKey: false, ...event })).toBe(name);
  });
});

describe("the key registry", () => {
  it("runs the binding that was registered last", () => {
    const { store, log } = heard();
    store.register(Symbol("page"), 0, [{ keys: "a", label: "page", run: () => log.push("page") }]);
    store.register(Symbol("row"), 0, [{ keys: "a", label: "row", run: () => log.push("row") }]);
    store.handle(press("a"));
    expect(log).toEqual(["row"]);
  });

  it("acts once however long a key is held, and moves on and on", () => {
    const { store, log, on } = heard();
    for (const keys of ["a", "backspace", "j", "arrowdown"]) on(keys);
    for (const key of ["a", "Backspace", "j", "ArrowDown"]) {
      store.handle(press(key));
      store.handle(press(key, { repeat: true }));
    }
    expect(log).toEqual(["a", "backspace", "j", "j", "arrowdown", "arrowdown"]);
  });

  it("hears two keys pressed one after the other, within a moment", () => {
    const { store, log, on } = heard();
    on("g t");
    store.handle(press("g"));
    store.handle(press("t", { timeStamp: 500 }));
    store.handle(press("g", { timeStamp: 1_000 }));
    store.handle(press("t", { timeStamp: 9_000 }));
    expect(log).toEqual(["g t"]);
  });

  it("keeps the page silent while a dialog is open", () => {
    const { store, log, on } = heard();
    on("d");
    const layer = store.openLayer();
    on("e", layer);
    store.handle(press("d"));
    store.handle(press("e"));
    store.closeLayer(layer);
    store.handle(press("d"));
    expect(log).toEqual(["e", "d"]);
  });

  it("leaves Escape and combinations on when letters are switched off", () => {
    const { store, log, on } = heard();
    for (const keys of ["d", "escape", "mod+k", "?", "g t"]) on(keys);
    store.setLettersOn(false);
    for (const key of ["d", "Escape", "?", "g", "t"]) store.handle(press(key));
    store.handle(press("k", { ctrlKey: true }));
    expect(log).toEqual(["escape", "mod+k"]);
  });
});
