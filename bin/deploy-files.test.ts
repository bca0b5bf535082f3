import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const read = (file: string) => readFileSync(file, "utf8");
const compose = read("compose.yaml");
const dockerfile = read("Dockerfile");

/** The lines of one service, by their indent. */
function serviceOf(name: string): string {
  const body = compose.slice(compose.indexOf("\nservices:"), compose.indexOf("\nnetworks:"));
  return new RegExp(`\\n  ${name}:\\n((?:(?: {4}.*)?\\n)*)`).exec(body)?.[1] ?? "";
}
const shared = compose.slice(compose.indexOf("x-leadwright:"), compose.indexOf("\nservices:"));

describe("compose.yaml", () => {
  it("publishes one port, of web, on this machine only", () => {
    const published = [...compose.matchAll(/^\s+ports:(.*)$/gm)].map(([, list]) => list?.trim());
    expect(published).toHaveLength(1);
    expect(published[0]).toMatch(/^\["127\.0\.0\.1:\$\{PORT:-3000\}:3000"\]$/);
    expect(serviceOf("web")).toContain("ports:");
    expect(compose).not.toMatch(/network_mode|privileged: true|docker\.sock/);
  });

  it("keeps database and Inngest on a network without a way out, and Inngest's pages off", () => {
    expect(compose).toMatch(/^ {2}inside: \{ internal: true \}$/m);
    for (const name of ["postgres", "inngest"]) expect(serviceOf(name)).toMatch(/^ {4}networks: \[inside\]$/m);
    expect(serviceOf("inngest")).toContain("--no-ui");
  });

  it("names only variables that .env.example documents, and holds no secret", () => {
    const named = new Set([...compose.matchAll(/\$\{(\w+)/g)].map(([, name]) => name ?? ""));
    expect([...named].filter((name) => !new RegExp(`^(# )?${name}=`, "m").test(read(".env.example")))).toEqual([]);
    for (const secret of ["APP_SECRET", "POSTGRES_PASSWORD", "INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY"])
      expect([...compose.matchAll(new RegExp(`\\$\\{${secret}(.)`, "g"))].map(([, sign]) => sign).every((sign) => sign === ":")).toBe(true);
    expect(compose).not.toMatch(/_(SECRET|KEY|PASSWORD): (?!\$\{)/);
  });

  it("sets only variables that the product reads", () => {
    const set = [...shared.matchAll(/^ {4}([A-Z_]+):/gm), ...serviceOf("worker").matchAll(/^ {6}([A-Z_]+):/gm)].map(
      ([, name]) => name ?? "",
    );
    expect(set.length).toBeGreaterThan(8);
    expect(set.filter((name) => !read("server/core/env.ts").includes(`  ${name}:`))).toEqual([]);
  });

  it("restarts and watches every service, with a read-only root and no rights for ours", () => {
    for (const name of ["postgres", "inngest"]) {
      expect(serviceOf(name)).toContain("restart: unless-stopped");
      expect(serviceOf(name)).toContain("healthcheck:");
    }
    for (const line of ["read_only: true", "restart: unless-stopped", "cap_drop: [ALL]", "tmpfs: [/tmp]", "init: true"])
      expect(shared).toContain(line);
    for (const name of ["web", "worker"]) expect(serviceOf(name)).toContain("<<: *leadwright");
  });
});

describe("the image", () => {
  it("runs as nobody special, without development packages, and says how it is", () => {
    const last = dockerfile.slice(dockerfile.lastIndexOf("\nFROM "));
    expect(last).toMatch(/\nUSER node\n/);
    expect(last).toContain("HEALTHCHECK");
    expect(last).toContain("--from=production-packages /app/node_modules");
    expect(dockerfile).toContain("npm ci --omit=dev");
    expect(dockerfile.match(/^FROM node:24-/gm)).toHaveLength(3);
  });

  it("takes nothing of this machine but sources", () => {
    const lines = read(".dockerignore")
      .split("\n")
      .filter((line) => line && !line.startsWith("#"));
    expect(lines[0]).toBe("**");
    expect(lines.filter((line) => /env|data|node_modules|\.git|\.next/.test(line.replace("!", "")) && line.startsWith("!"))).toEqual([]);
    const copied = [...dockerfile.matchAll(/--from=build ((?:\/app\/\S+ )+)/g)].flatMap(([, list]) => (list ?? "").trim().split(" "));
    const made = ["/app/.next"];
    for (const path of copied.filter((each) => !made.includes(each))) expect(lines).toContain(`!${path.replace("/app/", "")}`);
  });
});
