import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A data folder for a test or a benchmark. Others may walk through it: so an embedded Postgres that root starts as another user keeps its
 * data inside, and is gone when the folder is removed.
 *
 * @param {string} name
 * @returns {string}
 */
export function scratchFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `leadwright-${name}-`));
  chmodSync(folder, 0o711);
  return folder;
}
