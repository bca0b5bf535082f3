/** The house's import rules (docs/architecture.md). Every comment says where the code should go instead. */
const SHARED = "^server/[^/]+/(schema|constants)\\.ts$";
const TEST = "\\.(test|spec)\\.tsx?$|^server/testing/|/testing/|^bench/|^e2e/";
const TYPE = "type-only";

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Two files need each other: move what both need into a third.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: [TYPE] } },
    },
    {
      name: "domain-is-pure",
      comment:
        "domain/ decides and does nothing: pass values in. It may use other domain modules, schema.ts, constants.ts, core/errors, core/lookup and pure libraries.",
      severity: "error",
      from: { path: "^server/[^/]+/domain/", pathNot: TEST },
      to: {
        pathNot: [
          "^server/[^/]+/domain/",
          SHARED,
          "^server/core/(errors|lookup)\\.ts$",
          "(^|/)node_modules/(zod|temporal-polyfill|date-holidays|tldts|libphonenumber-js|email-reply-parser|ical-generator|sanitize-html|chardet|iconv-lite)/",
          "^(node:)?(crypto|url)$",
        ],
        dependencyTypesNot: [TYPE],
      },
    },
    {
      name: "schema-is-isomorphic",
      comment: "schema.ts and constants.ts run in the browser too: only zod and each other.",
      severity: "error",
      from: { path: SHARED },
      to: { pathNot: [SHARED, "(^|/)node_modules/zod/"], dependencyTypesNot: [TYPE] },
    },
    {
      name: "core-knows-nobody",
      comment: "core is below everything: what needs a noun belongs to that noun.",
      severity: "error",
      from: { path: "^server/core/", pathNot: TEST },
      to: { path: "^(app|components|server/(?!core/|generated/))" },
    },
    {
      name: "server-never-imports-the-ui",
      comment: "Only server/trpc/rsc.tsx hands server reads to pages.",
      severity: "error",
      // A test may drive a route as Next would: that is what answers.
      from: { path: "^server/", pathNot: "^server/trpc/(rsc\\.tsx$|.*\\.int\\.test\\.ts$)" },
      to: { path: "^(app|components)/" },
    },
    {
      name: "components-see-only-schemas-and-types",
      comment: "A component asks through tRPC; from the server it imports schemas, constants and types.",
      severity: "error",
      from: { path: "^components/", pathNot: TEST },
      to: { path: "^server/", pathNot: SHARED, dependencyTypesNot: [TYPE] },
    },
    {
      name: "components-never-import-app",
      comment: "Routes use components, never the other way.",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^app/" },
    },
    {
      name: "ui-kit-is-product-agnostic",
      comment: "components/ui knows no noun of ours: put it in components/<noun>.",
      severity: "error",
      from: { path: "^components/ui/" },
      to: { path: "^(server|components/(?!ui/))" },
    },
    {
      name: "prisma-only-in-queries-and-commands",
      comment: "Database access goes through queries and commands.",
      severity: "error",
      from: {
        path: "^(app|components|server)/",
        pathNot: ["^server/core/db\\.ts$", "^server/[^/]+/(queries|commands)(\\.ts$|/)", "^server/generated/", TEST],
      },
      to: { path: ["^server/generated/prisma/", "(^|/)node_modules/@prisma/"], dependencyTypesNot: [TYPE] },
    },
    {
      name: "connections-only-in-db",
      comment: "server/core/db.ts alone opens connections, by open-pool.ts (migrations and the job queue have their own place).",
      severity: "error",
      from: {
        path: "^(app|components|server)/",
        pathNot: ["^server/core/(db|open-pool|migrate|roles)\\.ts$", "^server/(jobs|backup)/", TEST],
      },
      to: {
        path: "(^|/)node_modules/(pg|pg-copy-streams|graphile-worker)/|^server/core/open-pool\\.ts$",
        pathNot: "pg-copy-streams",
        dependencyTypesNot: [TYPE],
      },
    },
    {
      name: "adapters-only-from-the-composition-root",
      comment: "Depend on port.ts; only server/services.ts picks an adapter.",
      severity: "error",
      from: { pathNot: ["^server/services\\.ts$", "^server/providers/", TEST] },
      to: { path: "^server/providers/[^/]+/(?!port\\.ts$)", dependencyTypesNot: [TYPE] },
    },
    {
      name: "vendor-sdks-only-in-adapters",
      comment: "A vendor's package stays behind its port in server/providers.",
      severity: "error",
      from: { path: "^(app|components|server)/", pathNot: ["^server/providers/", TEST] },
      to: { path: "(^|/)node_modules/(@ai-sdk|ai|nodemailer|imapflow|mailparser)/", dependencyTypesNot: [TYPE] },
    },
    {
      name: "nouns-meet-at-their-surface",
      comment: "Across nouns import schema, constants, queries, commands or domain. Never another noun's router or jobs.",
      severity: "error",
      from: { path: "^server/(?!(?:trpc|jobs|testing)/)([^/]+)/", pathNot: TEST },
      to: { path: "^server/[^/]+/(router|jobs)\\.ts$", pathNot: "^server/$1/" },
    },
    {
      name: "app-reads-through-trpc",
      comment: "Pages prefetch through server/trpc/rsc. Route handlers may reach commands.",
      severity: "error",
      from: { path: "^app/", pathNot: ["^app/api/", "/route\\.ts$", "/actions\\.ts$"] },
      to: {
        path: "^server/[^/]+/(queries|commands)(\\.ts$|/)|^server/(services|core/db)\\.ts$",
        pathNot: "^server/auth/",
        dependencyTypesNot: [TYPE],
      },
    },
    {
      name: "one-way-to-send",
      comment: "MailTransport is called by server/sending only: everything else reserves a message in the ledger.",
      severity: "error",
      from: {
        path: "^server/",
        pathNot: ["^server/(sending|mailboxes)/", "^server/providers/mail-(transport|inbox)/", "^server/services\\.ts$", TEST],
      },
      to: { path: "^server/providers/mail-transport/", dependencyTypesNot: [TYPE] },
    },
    {
      name: "no-test-code-in-product-code",
      comment: "Product code never imports a test or its servers.",
      severity: "error",
      from: { path: "^(app|components|server)/", pathNot: TEST },
      to: { path: "\\.(test|spec)\\.tsx?$|^e2e/|^server/testing/|/testing/" },
    },
    {
      name: "no-undeclared-package",
      comment: "Declare the package in package.json.",
      severity: "error",
      from: { path: "^(app|components|server|e2e|bench)/" },
      to: { dependencyTypes: ["npm-no-pkg", "unknown"] },
    },
  ],
  options: {
    parser: "swc", // the default parser reads nothing under typescript 7 and passes
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: ["node_modules", "^server/generated/"] },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default", "types"] },
  },
};
