import { expect, it } from "vitest";
import { otherLanguage } from "./other-language.ts";

it.each([null, undefined, "", "en", "en-GB", "EN_us", "eng", "English"])("says nothing for %s", (language) => {
  expect(otherLanguage(language)).toEqual([]);
});

it.each([
  ["de", "German"],
  ["pt-BR", "Portuguese (Brazil)"],
  ["Svenska", "Svenska"],
])("asks a person to look for %s", (language, name) => {
  expect(otherLanguage(language)).toMatchObject([{ code: "language", blocking: false, message: expect.stringContaining(`is ${name},`) }]);
});
