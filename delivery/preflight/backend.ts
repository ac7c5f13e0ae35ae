import { z } from "zod";
import { type Finding, passed, type Row, verdictOf } from "../row";
import type { PreflightContext } from "./context";

const seed = "002 Object Storage, state; D5";
const whoami = z.looseObject({ url: z.string() });
const stacks = z.array(z.looseObject({ name: z.string() }));

/** Where Pulumi stores the state, and whether it knows the stack. */
export const backendRows: readonly Row<PreflightContext>[] = [
  {
    id: "backend",
    title: "State is kept in object storage",
    seed,
    check: async ({ output }) => {
      const { url } = whoami.parse(JSON.parse(await output("pulumi", "whoami", "--verbose", "--json")));
      return verdictOf(
        url.startsWith("file:")
          ? [
              {
                about: "Pulumi's backend",
                expected: "object storage, which outlives a machine and locks for all",
                found: url,
                look: "pulumi login 's3://<bucket>?region=<region>'",
              },
            ]
          : [],
      );
    },
  },
  {
    id: "stack",
    title: "The backend knows the stack",
    seed,
    check: async ({ facts, output }) => {
      const known = stacks.parse(JSON.parse(await output("pulumi", "stack", "ls", "--json")));
      const names = known.map(({ name }) => name.slice(name.lastIndexOf("/") + 1));
      const found: readonly Finding[] = names.includes(facts.stack)
        ? []
        : [
            {
              about: `the stack ${facts.stack}`,
              expected: "it is in the backend",
              found: names.join(", ") || "no stack",
              look: `pulumi stack init ${facts.stack} --secrets-provider 'awskms://alias/<key>?region=<region>'`,
            },
          ];
      return verdictOf(found);
    },
  },
  {
    id: "secrets",
    title: "The stack's secrets can be decrypted",
    seed,
    // Its output has the secrets: only that there is one counts.
    check: async ({ facts, output }) => {
      await output("pulumi", "config", "--show-secrets", "--json", "--stack", facts.stack);
      return passed;
    },
  },
];
