const HERE = "https://here.invalid";

/** Only a path of this site; everything else goes to the first page. Read as a browser reads it, which leaves tabs and line ends out. */
export function safePath(path: string | string[] | undefined): string {
  const isPath = typeof path === "string" && path.startsWith("/") && !path.includes("\\");
  return isPath && URL.canParse(path, HERE) && new URL(path, HERE).origin === HERE ? path : "/";
}
