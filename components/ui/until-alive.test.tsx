import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { expect, it } from "vitest";
import { untilAlive } from "./until-alive";

const Field = ({ label }: { label: string }) => <input aria-label={label} />;

it("draws a form on the server that takes nothing until it is alive", () => {
  const html = renderToString(createElement(untilAlive(Field), { label: "Name" }));
  expect(html).toBe('<div inert="" class="contents"><input aria-label="Name"/></div>');
});
