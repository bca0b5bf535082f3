import { MutationObserver, QueryClient } from "@tanstack/react-query";
import { expect, it, vi } from "vitest";
import { actThen } from "./act-then";

function deed() {
  const answers: PromiseWithResolvers<string>[] = [];
  const observer = new MutationObserver<string, Error, string>(new QueryClient(), {
    mutationFn: () => {
      const answer = Promise.withResolvers<string>();
      answers.push(answer);
      return answer.promise;
    },
  });
  const leave = observer.subscribe(() => {});
  const mutation = { mutateAsync: (input: string, options?: { onSuccess?: () => void }) => observer.mutate(input, options) };
  return { mutation, leave, answers };
}

it("says what was done after the page that did it is gone; what belongs to the page is left alone", async () => {
  const { mutation, leave, answers } = deed();
  const [said, closed] = [vi.fn(), vi.fn()];
  actThen(mutation, "a", said, closed);
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  leave();
  answers[0]?.resolve("done");
  await vi.waitFor(() => expect(said).toHaveBeenCalledWith("done"));
  expect(closed).not.toHaveBeenCalled();
});

it("says both of two that were pressed before either was answered", async () => {
  const { mutation, answers } = deed();
  const said = vi.fn();
  actThen(mutation, "a", said);
  actThen(mutation, "b", said);
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[0]?.resolve("first");
  answers[1]?.resolve("second");
  await vi.waitFor(() => expect(said.mock.calls.flat()).toEqual(["first", "second"]));
});

it("says nothing of what failed, and hands it on to an Undo", async () => {
  const { mutation, answers } = deed();
  const said = vi.fn();
  const acted = actThen(mutation, "a", said);
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  answers[0]?.reject(new Error("no"));
  await expect(acted).rejects.toThrow("no");
  expect(said).not.toHaveBeenCalled();
});
