import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "playwright/test";

// What the framework itself needs for a page with a link, gzipped at level 9, without the script for browsers that know no modules.
const FLOOR_KB = 138.3;
const OURS_KB = 80;
type Route = { route: string; firstLoadChunkPaths: string[] };

test("the first script of every page stays small", () => {
  const routes = JSON.parse(readFileSync(".next/diagnostics/route-bundle-stats.json", "utf8")) as Route[];
  expect(routes.length).toBeGreaterThan(40);
  const sizes = new Map<string, number>();
  const sizeOf = (path: string) => {
    const size = sizes.get(path) ?? gzipSync(readFileSync(path), { level: 9 }).length;
    sizes.set(path, size);
    return size;
  };
  const heavy = routes
    .map(({ route, firstLoadChunkPaths }) => ({ route, kB: firstLoadChunkPaths.reduce((sum, path) => sum + sizeOf(path), 0) / 1000 }))
    .filter(({ kB }) => kB > FLOOR_KB + OURS_KB);
  expect(heavy.map(({ route, kB }) => `${route} ${kB.toFixed(1)} kB`)).toEqual([]);
});
