import { contains, overlaps, parseCidr } from "../../clouds/cidr";
import { CloudError } from "../../clouds/errors";
import { ipv4Network, matches, oneOf } from "../../clouds/rules";
import { broughtOnly, failure, holds, type Rule, refers, type Tables } from "../../clouds/table";
import { leaves, number, objects, text, texts } from "../../clouds/values";
import type { Values } from "../standin";
import { derivedNumber, newNumber, uniqueLabel } from "./names";
import { regionWith } from "./regions";
import { tokens } from "./tokens";

const label = (minimum: number, maximum: number): Rule =>
  matches(
    "label",
    new RegExp(`^[A-Za-z0-9][A-Za-z0-9._-]{${minimum - 1},${maximum - 1}}$`),
    `${minimum} to ${maximum} letters, digits and ._-`,
  );

/** `22`, `80, 443`, `30000-32767`: at most fifteen pieces, each a port or a range. */
function portRules(path: string): Rule {
  return (inputs) =>
    objects(inputs, path).flatMap((rule) => {
      const name = text(rule, "label") ?? "";
      const ports = text(rule, "ports");
      const protocol = text(rule, "protocol");
      if (ports === undefined) return [];
      if (protocol === "ICMP" || protocol === "IPENCAP") {
        return [failure(path, `[400] rule "${name}": ports are not allowed for the ${protocol} protocol`)];
      }
      const wrong = ports.split(",").filter((piece) => !isPorts(piece.trim()));
      return wrong.map((piece) =>
        failure(path, `[400] rule "${name}": "${piece.trim()}" is neither a port nor a range`),
      );
    });
}

function isPorts(piece: string): boolean {
  const bounds = piece.split("-").map(Number);
  const [low = 0, high = low] = bounds;
  return (
    bounds.length <= 2 &&
    bounds.every((port) => Number.isInteger(port) && port >= 1 && port <= 65_535) &&
    low <= high
  );
}

export const network: Tables = {
  [tokens.instance]: broughtOnly(
    "Linode",
    { [tokens.lkeCluster]: "pools.nodes.instanceId", [tokens.lkeNodePool]: "nodes.instanceId" },
    "the sandbox knows Linodes only as nodes of LKE pools",
  ),
  [tokens.vpc]: {
    label: "VPC",
    global: true,
    replaces: ["region"],
    newId: newNumber,
    notFound: "[404] VPC",
    rules: [label(1, 64), regionWith("vpc")],
    admit: uniqueLabel,
  },
  [tokens.vpcSubnet]: {
    label: "VPC subnet",
    global: true,
    replaces: ["vpcId", "ipv4"],
    newId: newNumber,
    notFound: "[404] VPC subnet",
    rules: [label(1, 64), ipv4Network("ipv4", [8, 29])],
    links: { vpcId: holds(tokens.vpc) },
    admit: async ({ inputs, id, neighbours, resource }) => {
      const wanted = parseCidr(text(inputs, "ipv4") ?? "");
      if (!wanted) return;
      for (const other of await neighbours.list(resource.type)) {
        if (other.id === id || other.inputs.vpcId !== inputs.vpcId) continue;
        const taken = parseCidr(text(other.inputs, "ipv4") ?? "");
        if (!taken || !(overlaps(wanted, taken) || contains(taken, wanted))) continue;
        throw new CloudError(
          "[400] [ipv4]",
          `${text(inputs, "ipv4")} overlaps ${text(other.inputs, "ipv4")} of subnet ${other.id}`,
        );
      }
    },
  },
  [tokens.firewall]: {
    label: "firewall",
    global: true,
    replaces: [],
    newId: newNumber,
    notFound: "[404] firewall",
    defaults: { disabled: false },
    rules: [
      label(3, 32),
      oneOf("inboundPolicy", ["ACCEPT", "DROP"]),
      oneOf("outboundPolicy", ["ACCEPT", "DROP"]),
      ...["inbounds", "outbounds"].flatMap((direction) => [
        oneOf(`${direction}.action`, ["ACCEPT", "DROP"]),
        oneOf(`${direction}.protocol`, ["TCP", "UDP", "ICMP", "IPENCAP"]),
        ipv4Network(`${direction}.ipv4s`),
        portRules(direction),
      ]),
    ],
    links: { linodes: refers(tokens.instance) },
    changing: ["devices"],
    admit: async (request) => {
      await uniqueLabel(request);
      for (const linode of leaves(request.inputs, "linodes")) {
        const others = await request.neighbours.list(tokens.firewall);
        const other = others.find(
          (record) => record.id !== request.id && leaves(record.inputs, "linodes").includes(linode),
        );
        if (!other) continue;
        throw new CloudError(
          "[400] [linodes]",
          `Linode ${String(linode)} stands behind the firewall ${other.id} already`,
        );
      }
    },
    compute: ({ id, inputs }) => ({
      devices: leaves(inputs, "linodes").map(
        (linode): Values => ({
          id: derivedNumber(`${id} ${String(linode)}`),
          entityId: linode,
          label: `linode${String(linode)}`,
          type: "linode",
          url: `/v4/linode/instances/${String(linode)}`,
        }),
      ),
      status: inputs.disabled === true ? "disabled" : "enabled",
    }),
  },
  "linode:index/firewallDevice:FirewallDevice": {
    label: "firewall device",
    global: true,
    replaces: "all",
    newId: newNumber,
    defaults: { entityType: "linode" },
    rules: [oneOf("entityType", ["linode", "nodebalancer"])],
    links: { firewallId: holds(tokens.firewall) },
    admit: async ({ inputs, neighbours }) => {
      if (inputs.entityType !== "linode") return;
      const entity = number(inputs, "entityId");
      const pools = [
        ...(await neighbours.list(tokens.lkeNodePool)),
        ...(await neighbours.list(tokens.lkeCluster)),
      ];
      const known = pools.flatMap(({ computed }) => [
        ...leaves(computed, "nodes.instanceId"),
        ...leaves(computed, "pools.nodes.instanceId"),
      ]);
      if (entity === undefined || known.includes(entity)) return;
      throw new CloudError("[404] Linode", `the Linode ${entity} does not exist`);
    },
  },
  [tokens.domain]: {
    label: "domain",
    global: true,
    replaces: ["type"],
    newId: newNumber,
    notFound: "[404] domain",
    rules: [
      matches("domain", /^([A-Za-z0-9_-]{1,63}\.)+[A-Za-z]{2,63}$/, "a domain name"),
      oneOf("type", ["master", "slave"]),
      (inputs) =>
        inputs.type === "master" && inputs.soaEmail === undefined
          ? [failure("soaEmail", "[400] a master domain needs the mail address of who is responsible")]
          : [],
    ],
    admit: async ({ inputs, id, neighbours, resource }) => {
      const same = (await neighbours.list(resource.type)).find(
        (record) => record.id !== id && record.inputs.domain === inputs.domain,
      );
      if (same)
        throw new CloudError("[400] [domain]", `"${text(inputs, "domain")}" exists already: ${same.id}`);
    },
    compute: () => ({ status: "active" }),
  },
  "linode:index/domainRecord:DomainRecord": {
    label: "domain record",
    global: true,
    replaces: ["domainId", "recordType"],
    newId: newNumber,
    rules: [
      oneOf("recordType", ["A", "AAAA", "CAA", "CNAME", "MX", "NS", "PTR", "SRV", "TXT"]),
      (inputs) => {
        const target = text(inputs, "target");
        if (inputs.recordType !== "A" || target === undefined || parseCidr(`${target}/32`)) return [];
        return [
          failure("target", `[400] "${target}" is not an IPv4 address, which a record of type A needs`),
        ];
      },
      (inputs) =>
        inputs.recordType === "CAA" &&
        !["issue", "issuewild", "iodef"].includes(texts(inputs, "tag")[0] ?? "")
          ? [failure("tag", "[400] a record of type CAA needs a tag: issue, issuewild or iodef")]
          : [],
    ],
    links: { domainId: holds(tokens.domain) },
  },
};
