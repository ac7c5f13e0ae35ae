import { z } from "zod";

/** The lifetimes that Linode's name servers know, in seconds; they round any other to the nearest. */
const lifetimes = [30, 120, 300, 3600, 7200, 14400, 28800, 57600, 86400] as const;

const hostName = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const relativeName =
  /^(@|\*|(\*\.)?[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)*)$/;

const recordSchema = z
  .strictObject({
    name: z
      .string()
      .regex(relativeName, "a name within the domain, or @ for the domain itself")
      .describe("The name within the domain; `@` is the domain itself. (C11)")
      .meta({ examples: ["api"] }),
    type: z
      .enum(["A", "AAAA", "CNAME", "TXT", "MX"])
      .describe("The record's type. (C11)")
      .meta({ examples: ["A"] }),
    target: z
      .string()
      .min(1)
      .describe("What the name stands for: an address, a host name, or a text. (C11)")
      .meta({ examples: ["203.0.113.10"] }),
    priority: z
      .int()
      .min(0)
      .max(255)
      .optional()
      .describe("Priority of an MX record. (C11)")
      .meta({ examples: [10] }),
    ttlSeconds: z
      .union(lifetimes.map((seconds) => z.literal(seconds)))
      .default(300)
      .describe("How long others may remember the record, seconds. (C11)")
      .meta({ examples: [300] }),
  })
  .describe("A record that this program keeps. (C11)");

/** The zone that Linode's name servers answer for. */
export const dnsSchema = z
  .strictObject({
    domain: z
      .string()
      .regex(hostName, "a domain name in lower case, without a dot at its end")
      .describe("The domain that Linode's name servers answer for. (C11)")
      .meta({ examples: ["ai.example.com"] }),
    contact: z
      .email()
      .describe("Mail address of the domain's owner; it is public in the zone. (C11)")
      .meta({ examples: ["platform@example.com"] }),
    certificateAuthorities: z
      .array(z.string().regex(hostName, "the domain by which the authority is known"))
      .default(["letsencrypt.org"])
      .describe("Who may issue certificates for the domain (CAA records). Empty: anyone. (C11, P1)")
      .meta({ examples: [["letsencrypt.org"]] }),
    records: z
      .array(recordSchema)
      .default([])
      .describe("Records beside those that the cluster's ingress keeps by itself. (C11)")
      .meta({ examples: [[{ name: "status", type: "CNAME", target: "status.example.net" }]] }),
  })
  .describe("Linode DNS. (C11)");

export type LinodeDnsConfig = z.infer<typeof dnsSchema>;
export type LinodeDnsRecord = z.infer<typeof recordSchema>;
