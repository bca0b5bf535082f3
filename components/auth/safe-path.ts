/** Only a path of this site; everything else goes to the first page. */
export function safePath(path: string | undefined): string {
  return path?.startsWith("/") && !path.startsWith("//") && !path.includes("\\") ? path : "/";
}
