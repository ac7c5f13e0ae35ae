import type { ResourcePolicy } from "../policy";
import { at, entries, items, type Value } from "../value";
import { containersOf } from "./pod-template";
import { makesPods, podTemplatesOf } from "./pods";

/** Settings that Kubernetes considers safe: each pod has its own. */
const safeSysctls = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ping_group_range",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.tcp_wmem",
];

const safeSelinuxTypes = ["container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

export const kernelSettings: ResourcePolicy = {
  id: "kubernetes-kernel-settings",
  scope: "resource",
  what: "Pods change no kernel settings beyond the safe ones, and keep AppArmor and SELinux as the node has them.",
  why: "Most sysctls act on the whole node, and a pod that chooses its own SELinux label or no AppArmor profile is confined by neither.",
  severity: "high",
  standards: ["Pod Security Standards: baseline", "K1"],
  remediation:
    "Remove the setting from securityContext.sysctls, securityContext.seLinuxOptions or securityContext.appArmorProfile.",
  appliesTo: makesPods,
  *validate(resource) {
    for (const template of podTemplatesOf(resource)) {
      const annotations = at(template.metadata ?? at(resource.properties, "metadata"), "annotations");
      for (const [key, profile] of entries(annotations)) {
        if (!key.startsWith("container.apparmor.security.beta.kubernetes.io/") || profile !== "unconfined")
          continue;
        yield `annotation ${key} is unconfined: remove it.`;
      }
      const pod = at(template.spec, "securityContext");
      for (const [index, sysctl] of items(at(pod, "sysctls")).entries()) {
        const name = at(sysctl, "name");
        if (typeof name !== "string" || safeSysctls.includes(name)) continue;
        yield `${template.where(`securityContext.sysctls[${index}]`)} sets ${name}, which is not safe: remove it.`;
      }
      for (const field of faults(pod)) yield `remove ${template.where(`securityContext.${field}`)}.`;
      for (const { label, where, value } of containersOf(template)) {
        for (const field of faults(at(value, "securityContext"))) {
          yield `${label}: remove ${where(`securityContext.${field}`)}.`;
        }
      }
    }
  },
};

function* faults(context: Value | undefined): Iterable<string> {
  if (at(context, "appArmorProfile", "type") === "Unconfined") yield "appArmorProfile";
  const type = at(context, "seLinuxOptions", "type");
  if (typeof type === "string" && type !== "" && !safeSelinuxTypes.includes(type)) {
    yield "seLinuxOptions.type";
  }
  for (const field of ["user", "role"]) {
    const value = at(context, "seLinuxOptions", field);
    if (typeof value === "string" && value !== "") yield `seLinuxOptions.${field}`;
  }
}
