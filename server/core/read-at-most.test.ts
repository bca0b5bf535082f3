import { expect, it } from "vitest";
import { readAtMost } from "./read-at-most.ts";

function endless(): { body: ReadableStream<Uint8Array>; sent: () => number; isCut: () => boolean } {
  let [sent, isCut] = [0, false];
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        sent += 1_000;
        controller.enqueue(new Uint8Array(1_000));
      },
      cancel() {
        isCut = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, sent: () => sent, isCut: () => isCut };
}
const post = (init: object) => new Request("http://localhost/", { method: "POST", duplex: "half", ...init } as RequestInit);

it("reads what fits, whole", async () => {
  expect((await readAtMost(post({ body: "Łukasz" }), 7))?.toString()).toBe("Łukasz");
  expect(await readAtMost(post({ body: "Łukasz" }), 6)).toBeNull();
  expect((await readAtMost(new Request("http://localhost/"), 6))?.length).toBe(0);
});

it("cuts off who announces nothing and never ends", async () => {
  const { body, sent, isCut } = endless();
  expect(await readAtMost(post({ body }), 16_384)).toBeNull();
  expect(sent()).toBeLessThan(20_000);
  expect(isCut()).toBe(true);
});

it("reads nothing of who announces too much", async () => {
  const { body, sent } = endless();
  expect(await readAtMost(post({ body, headers: { "content-length": "20000" } }), 16_384)).toBeNull();
  expect(sent()).toBe(0);
});
