import { Celsius, Percent, PercentUnit } from "@grafana/grafana-foundation-sdk/units";
import { has, type Site } from "../../kit/site";
import { hasGpus } from "../../platform/gpu";
import type { Links } from "../links";
import type { PanelArgs } from "./panel";

/**
 * The cards of a site's cluster; none where it has none. What the exporter says of pods comes as `exported_pod`, since
 * `pod` is itself. (000, B2, C3)
 */
export function cardPanels(site: Site, links: Links): readonly PanelArgs[] {
  if (!has(site, "gpu") || !hasGpus(site.cluster)) return [];
  return [
    {
      title: "GPU utilisation",
      unit: Percent,
      queries: {
        "{{exported_pod}} {{Hostname}}/{{gpu}}":
          "avg by (exported_pod, Hostname, gpu) (DCGM_FI_DEV_GPU_UTIL)",
      },
    },
    {
      title: "GPU memory",
      unit: PercentUnit,
      queries: {
        "{{Hostname}}/{{gpu}}":
          "max by (Hostname, gpu) (DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE))",
      },
      limit: { above: 0.97 },
      runbook: links.runbook("GpuMemoryFull"),
    },
    {
      title: "GPU temperature",
      unit: Celsius,
      queries: { "{{Hostname}}/{{gpu}}": "max by (Hostname, gpu) (DCGM_FI_DEV_GPU_TEMP)" },
      limit: { above: 85 },
      runbook: links.runbook("GpuHot"),
    },
  ];
}
