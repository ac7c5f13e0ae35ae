import type { RuleGroup, Rules } from "./rule";

/**
 * GPUs, by node and number; the exporter's labels of pods differ from those of the pod that is scraped. (O2)
 */
export const gpuRules: Rules = (): RuleGroup => {
  const card = 'Hostname="a-node",gpu="0"';
  const byCard = "max by (Hostname, gpu)";
  const byError = "max by (Hostname, gpu, err_code)";
  const error = (code: number) => `DCGM_FI_DEV_XID_ERRORS{${card},err_code="${code}"}`;
  return {
    name: "gpu",
    alerts: [
      {
        alert: "GpuError",
        // The exporter shows the last error's number for as long as the driver runs, with the number as a label too: another
        // error is another series, which was not there half an hour ago.
        expr: `${byError} (DCGM_FI_DEV_XID_ERRORS) > 0 unless ${byError} (DCGM_FI_DEV_XID_ERRORS offset 30m) > 0`,
        for: "0s",
        severity: "critical",
        summary: "Card {{ $labels.gpu }} of {{ $labels.Hostname }} has reported an error",
        description:
          "XID {{ $value }}: NVIDIA's list tells whether the card, its driver or a program is at fault.",
        dashboard: "infrastructure",
        fires: {
          series: { [error(0)]: "0x30 stale", [error(79)]: "_x30 79x30" },
          at: "40m",
        },
        quiet: { series: { [error(79)]: "79x60" }, at: "50m" },
      },
      {
        alert: "GpuHot",
        expr: `${byCard} (DCGM_FI_DEV_GPU_TEMP) > 85`,
        for: "5m",
        severity: "warning",
        summary: "Card {{ $labels.gpu }} of {{ $labels.Hostname }} is hot",
        description: "{{ $value }} °C: the card slows itself down.",
        dashboard: "infrastructure",
        fires: { series: { [`DCGM_FI_DEV_GPU_TEMP{${card}}`]: "90x20" }, at: "10m" },
        quiet: { series: { [`DCGM_FI_DEV_GPU_TEMP{${card}}`]: "70x20" }, at: "10m" },
      },
      {
        alert: "GpuMemoryFull",
        expr: `${byCard} (DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE)) > 0.97`,
        for: "15m",
        severity: "warning",
        summary: "Card {{ $labels.gpu }} of {{ $labels.Hostname }} has no memory left",
        description: "{{ $value | humanizePercentage }} of it are used: a larger batch fails.",
        dashboard: "infrastructure",
        fires: {
          series: { [`DCGM_FI_DEV_FB_USED{${card}}`]: "99x30", [`DCGM_FI_DEV_FB_FREE{${card}}`]: "1x30" },
          at: "20m",
        },
        quiet: {
          series: { [`DCGM_FI_DEV_FB_USED{${card}}`]: "90x30", [`DCGM_FI_DEV_FB_FREE{${card}}`]: "10x30" },
          at: "20m",
        },
      },
    ],
  };
};
