import { expect, it } from "vitest";
import { withoutBookingLink } from "./without-booking-link.ts";

const LINK = "https://app.acme.com/book/ines-prado?l=0190f0a0-0000-7000-8000-000000000001.c2lnbmF0dXJl";

it("takes out the line with the personal link, and nothing else", () => {
  const body = `Hi Nadia,\n\nWould this suit you?\n\nOr pick a free time here: ${LINK}\n\nBest regards,\nInes\n`;
  expect(withoutBookingLink(body)).toBe("Hi Nadia,\n\nWould this suit you?\n\nBest regards,\nInes\n");
});

it("leaves what a person wrote, other pages of ours too", () => {
  const body = "See https://acme.com/book/a-novel and https://app.acme.com/book/ines-prado\n";
  expect(withoutBookingLink(body)).toBe(body);
});
