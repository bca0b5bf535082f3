import type { OfferInput } from "../schema.ts";

/** For the pretend workspace. Invented products; every claim names where it comes from. */
export const sampleOffers: readonly OfferInput[] = [
  {
    name: "Acme Ledger",
    topic: "month-end close",
    what: "Month-end close software",
    audience: "Finance teams with several entities",
    ask: "A 20-minute call with your own numbers",
    avoidWords: ["synergy", "revolutionary", "best-in-class"],
    voice: [],
    claims: [
      {
        text: "Acme Ledger handles several entities with different charts of accounts in one close calendar",
        evidence: "Product tour, chapter 2",
        evidenceUrl: null,
      },
      {
        text: "Our customers with three to ten entities closed in 5 working days, after 9 days before",
        evidence: "Customer survey of 38 finance teams, autumn 2025",
        evidenceUrl: null,
      },
      {
        text: "Intercompany differences show up on the day they are booked",
        evidence: "Product tour, chapter 4",
        evidenceUrl: null,
      },
      {
        text: "Acme Ledger reads from NetSuite, DATEV, Xero and SAP Business One and leaves them in place",
        evidence: "List of connections, February 2026",
        evidenceUrl: null,
      },
      {
        text: "A first entity is set up in two weeks",
        evidence: "Average of 61 set-ups in 2025",
        evidenceUrl: null,
      },
      {
        text: "Each number in the group report opens the entry behind it",
        evidence: "Product tour, chapter 6",
        evidenceUrl: null,
      },
    ],
  },
  {
    name: "Acme Collect",
    topic: "late invoices",
    what: "Software that reminds customers of open invoices",
    audience: "Finance teams that send more than 200 invoices a month",
    ask: "15 minutes to look at your list of open invoices",
    avoidWords: ["synergy", "revolutionary"],
    voice: [],
    claims: [
      {
        text: "Acme Collect writes each reminder in the language of the invoice",
        evidence: "Product tour, chapter 1",
        evidenceUrl: null,
      },
      {
        text: "Our customers were paid 8 days earlier in the first quarter of use",
        evidence: "Payment data of 24 customers, 2025",
        evidenceUrl: null,
      },
      {
        text: "A disputed invoice goes to the person who sold it, with the whole thread",
        evidence: "Product tour, chapter 3",
        evidenceUrl: null,
      },
      {
        text: "Acme Collect reads open invoices from NetSuite, DATEV, Xero and SAP Business One",
        evidence: "List of connections, February 2026",
        evidenceUrl: null,
      },
      {
        text: "Nothing leaves without the approval of your team in the first month",
        evidence: "Terms of service, section 5",
        evidenceUrl: null,
      },
    ],
  },
];
