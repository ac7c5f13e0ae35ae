import { everywhere } from "../everywhere";
import { imageReference, isMoving } from "../kubernetes/images";
import type { ResourcePolicy } from "../policy";
import { at, unknown, type Value } from "../value";
import { isRelease } from "./releases";

export const helmPinned: ResourcePolicy = {
  id: "helm-pinned",
  scope: "resource",
  what: "Helm releases name the version of their chart, and of the images that their values name.",
  why: "Without one every run takes what is newest, breaking changes included, and no review sees it.",
  severity: "high",
  standards: ["K7"],
  remediation: "Set version to one exact version, such as 10.1.1.",
  appliesTo: isRelease,
  *validate({ properties }) {
    const chart = at(properties, "chart");
    // A chart in a folder, or in an archive at an address, is pinned by that.
    const isOwnVersion = typeof chart === "string" && (/^\.{0,2}\//.test(chart) || /^https?:/.test(chart));
    const version = at(properties, "version");
    const values = at(properties, "values") ?? null;
    for (const { path, key, value } of everywhere(values)) {
      const tag = tagOf(key, value);
      if (tag === undefined || !isMoving(tag)) continue;
      yield `values.${path} is ${String(value)}, which moves: give the image a version.`;
    }
    if (typeof chart === "string" && /^https?:/.test(chart) && !/\d+\.\d+\.\d+/.test(chart)) {
      yield `chart ${chart} names no version, and so is what lies there: take an archive of one version.`;
    }
    if (chart === unknown || version === unknown || isOwnVersion) return;
    if (version === undefined) yield "version is not set, which takes the newest: pin it.";
    else if (!/^v?\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$/.test(String(version))) {
      yield `version ${String(version)} is a range: name one version.`;
    }
  },
};

/** The tag in a chart's value: that of `tag` itself, or of an image reference. */
function tagOf(key: string, value: Value): string | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  if (key === "tag" || key === "imageTag") return value;
  return key === "image" ? imageReference(value).tag : undefined;
}
