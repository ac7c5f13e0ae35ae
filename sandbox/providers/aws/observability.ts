import { exactlyOne, matches, oneOf } from "../../clouds/rules";
import { failure, holds, refers, type Tables } from "../../clouds/table";
import { number, text } from "../../clouds/values";
import { regionalArn } from "./names";
import { policyDocument } from "./policy-document";
import { tokens } from "./tokens";

/** Days that CloudWatch can keep logs; 0 means for ever. */
const retentions = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Where EKS writes the logs of a control plane. */
const clusterLogs = /^\/aws\/eks\/[^/]+\/cluster$/;

export const observability: Tables = {
  [tokens.logGroup]: {
    label: "CloudWatch log group",
    replaces: ["name", "namePrefix"],
    autoName: "name",
    defaults: { skipDestroy: false },
    alreadyExists: "ResourceAlreadyExistsException",
    rules: [
      matches("name", /^[A-Za-z0-9._\-/#]{1,512}$/, "1 to 512 letters, digits and ._-/#"),
      oneOf("logGroupClass", ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"]),
      (inputs) => {
        const days = number(inputs, "retentionInDays");
        if (days === undefined || retentions.includes(days)) return [];
        return [
          failure("retentionInDays", `${days} days cannot be chosen; possible are ${retentions.join(", ")}`),
        ];
      },
    ],
    links: { kmsKeyId: refers(tokens.key) },
    identify: (inputs) => text(inputs, "name") ?? "",
    // EKS writes the last of a cluster's logs after the cluster is gone, and makes the group for that where there is none.
    makesAgain: async ({ id }) => (clusterLogs.test(id) ? { name: id } : undefined),
    compute: (request) => ({
      ...regionalArn("logs", ({ id }) => `log-group:${id}`)(request),
      logGroupClass: text(request.inputs, "logGroupClass") ?? "STANDARD",
    }),
  },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
    label: "CloudWatch log resource policy",
    replaces: ["policyName"],
    rules: [policyDocument("policyDocument", "resource", 5120)],
    identify: (inputs) => text(inputs, "policyName") ?? "",
  },
  [tokens.eventRule]: {
    label: "EventBridge rule",
    replaces: ["name", "namePrefix", "eventBusName"],
    autoName: "name",
    defaults: { eventBusName: "default", forceDestroy: false },
    rules: [
      matches("name", /^[\w.-]{1,64}$/, "1 to 64 letters, digits and ._-"),
      exactlyOne("eventPattern", "scheduleExpression"),
    ],
    identify: (inputs) => text(inputs, "name") ?? "",
    compute: regionalArn("events", ({ id }) => `rule/${id}`),
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    label: "EventBridge target",
    replaces: ["rule", "targetId", "eventBusName"],
    autoName: "targetId",
    links: {
      rule: holds(tokens.eventRule),
      arn: refers([tokens.queue, tokens.logGroup]),
      roleArn: refers(tokens.role),
    },
    identify: (inputs) => `${text(inputs, "rule")}-${text(inputs, "targetId")}`,
  },
};
