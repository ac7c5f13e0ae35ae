import type { ResourcePolicy } from "../policy";
import { at, unknown } from "../value";
import { isRelease } from "./releases";

export const helmPinned: ResourcePolicy = {
  id: "helm-pinned",
  scope: "resource",
  what: "Helm releases name the version of their chart.",
  why: "Without one every run takes what is newest, breaking changes included, and no review sees it.",
  severity: "high",
  standards: ["K7"],
  remediation: "Set version to one exact version, such as 10.1.1.",
  appliesTo: isRelease,
  *validate({ properties }) {
    const chart = at(properties, "chart");
    // A chart in a folder, or in an archive at an address, is its own version.
    const isOwnVersion = typeof chart === "string" && (/^\.{0,2}\//.test(chart) || /^https?:/.test(chart));
    const version = at(properties, "version");
    if (chart === unknown || version === unknown || isOwnVersion) return;
    if (version === undefined) yield "version is not set, which takes the newest: pin it.";
    else if (!/^v?\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$/.test(String(version))) {
      yield `version ${String(version)} is a range: name one version.`;
    }
  },
};
