"use client";
import { useCallback, useEffect, useState } from "react";

/** Drawn beyond what is in sight, on both sides: the next rows are there before they are scrolled to. */
const BEYOND = 12;
/** Before the browser has told the real one: a common screen, so that the first HTML holds what is seen first. */
const FIRST_HEIGHT = 800;

/** Which rows of a long list are drawn. All have one height, so their places are a multiplication; the rest is empty space. */
export function useRowWindow({ box, count, rowHeight }: { box: HTMLElement | null; count: number; rowHeight: number }) {
  // The first HTML holds no row beyond: they are drawn as soon as the browser has looked.
  const [seen, setSeen] = useState({ first: 0, last: Math.ceil(FIRST_HEIGHT / rowHeight), beyond: 0 });

  const look = useCallback(() => {
    if (!box || box.clientHeight === 0) return;
    const first = Math.floor(box.scrollTop / rowHeight);
    const last = Math.ceil((box.scrollTop + box.clientHeight) / rowHeight);
    setSeen((old) => (old.first === first && old.last === last && old.beyond === BEYOND ? old : { first, last, beyond: BEYOND }));
  }, [box, rowHeight]);

  useEffect(() => {
    if (!box) return;
    look();
    const resized = new ResizeObserver(look);
    resized.observe(box);
    box.addEventListener("scroll", look, { passive: true });
    return () => {
      resized.disconnect();
      box.removeEventListener("scroll", look);
    };
  }, [box, look]);

  /** Scrolls as little as needed to have the row in sight, below a head of `headHeight`. */
  const reveal = useCallback(
    (index: number, headHeight: number) => {
      if (!box) return;
      const top = index * rowHeight;
      const lowest = top + rowHeight + headHeight - box.clientHeight;
      box.scrollTop = Math.max(lowest, Math.min(box.scrollTop, top));
      look();
    },
    [box, rowHeight, look],
  );

  const end = Math.min(count, seen.last + seen.beyond);
  const start = Math.max(0, Math.min(seen.first - seen.beyond, end));
  return { start, end, above: start * rowHeight, below: (count - end) * rowHeight, reveal };
}
