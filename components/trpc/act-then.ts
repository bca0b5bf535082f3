type Mutation<Input, Result> = { mutateAsync: (input: Input, options?: { onSuccess?: () => void }) => Promise<Result> };

/**
 * Acts, and says so wherever the person is by then. What is given to `mutate` alone is dropped once its component has gone (the next reply,
 * another page) or the same act was pressed for something else: the toast would be lost, and Undo with it. `whileHere` is such a thing:
 * closing a dialog that may not be there any more. A failure stands in the mutation's `error`, as ever;
 * an Undo hands the promise on, and whoever only acts may let it go.
 */
export function actThen<Input, Result>(
  mutation: Mutation<Input, Result>,
  input: Input,
  then: (result: Result) => void,
  whileHere: () => void = () => {},
): Promise<void> {
  const acted = mutation.mutateAsync(input, { onSuccess: whileHere }).then(then);
  acted.catch(() => undefined);
  return acted;
}
