"use client";

/** "3 new, show": floats over the head, so that it moves no row either. */
export function HeldRows({ held, onShow }: { held: number; onShow: () => void }) {
  return (
    <div role="status" className="sticky top-0.5 left-0 z-30 flex h-0 justify-center phone:top-2">
      {held > 0 && (
        <button
          type="button"
          onClick={onShow}
          className="floats h-7 rounded-full border border-line bg-surface px-3 text-sm font-medium text-accent shadow-float hover:bg-accent-soft phone:h-11"
        >
          {held.toLocaleString("en-GB")} new, show
        </button>
      )}
    </div>
  );
}
