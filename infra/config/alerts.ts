import { z } from "zod";

/** The kinds of services that Alertmanager tells. */
export const receiverTypes = ["msteams", "pagerduty", "slack", "webhook"] as const;

/** A kind of service that Alertmanager tells. */
export type ReceiverType = (typeof receiverTypes)[number];

const type = z
  .enum(receiverTypes)
  .describe(
    "`pagerduty`: its Events API; `slack` and `msteams`: an incoming webhook; `webhook`: any HTTPS address that takes Alertmanager's JSON.",
  )
  .meta({ examples: ["pagerduty"] });

const receiver = (whom: string) =>
  z
    .strictObject({ type })
    .describe(whom)
    .meta({ examples: [{ type: "slack" }] });

/** Whom alerts reach, and what happens when they do not react. */
export const alertsSchema = z
  .strictObject({
    critical: receiver("Who is called, at night too. Production's critical alerts alone go there. (O2)"),
    warning: receiver("Receiver in working hours: warnings, and all alerts outside production."),
    watchdog: receiver(
      "Who notices that nothing comes: an alert that always fires is sent there every five minutes. It should be a service outside the clusters that calls somebody when it stops, such as a dead man's snitch.",
    ),
    escalation: z
      .strictObject({
        type,
        afterMinutes: z
          .int()
          .min(5)
          .max(720)
          .describe("Minutes that a critical alert may fire before the next person is called.")
          .meta({ examples: [30] }),
      })
      .describe("Who is called when a critical alert goes on firing. (001, on-call rotation with escalation)")
      .meta({ examples: [{ type: "pagerduty", afterMinutes: 30 }] }),
    onCall: z
      .url({ protocol: /^https$/, error: "an https:// address" })
      .describe("Where people see who is on call now: each critical alert links to it. (001)")
      .meta({ examples: ["https://atlas-financial.pagerduty.com/schedules"] }),
  })
  .describe(
    "Receivers of alerts. Their addresses and keys are secrets of the bundle `alert-receivers`, one for each receiver. Required in production; left out elsewhere, alerts can be viewed but are sent nowhere. (P2, O2)",
  );

/** Whom alerts reach, and what happens when they do not react. */
export type AlertsConfig = z.infer<typeof alertsSchema>;
