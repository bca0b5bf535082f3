import { SkeletonRows } from "@/components/ui/skeleton";

/** The frame before anything is known: the same widths, so that nothing jumps. */
export function ShellSkeleton() {
  return (
    <div className="flex h-dvh">
      <div className="w-rail shrink-0 border-r border-line bg-canvas phone:hidden" />
      <main className="min-w-0 flex-1 pt-14">
        <SkeletonRows rows={10} label="Loading the page" />
      </main>
    </div>
  );
}
