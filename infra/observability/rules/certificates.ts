import type { RuleGroup, Rules } from "./rule";

const day = 86_400;

/** Certificates that cert-manager looks after: it renews them when a third of their time is left. (O2) */
export const certificateRules: Rules = (): RuleGroup => {
  const certificate = 'exported_namespace="a",name="a-tls"';
  const expires = (days: number) => ({
    [`certmanager_certificate_expiration_timestamp_seconds{${certificate}}`]: `${days * day}x30`,
  });
  const notIssued = {
    'certmanager_certificate_expiration_timestamp_seconds{exported_namespace="a",name="new-tls"}': "0x30",
  };
  const ready = (value: number) => ({
    [`certmanager_certificate_ready_status{${certificate},condition="True"}`]: `${value}x30`,
  });
  return {
    name: "certificates",
    alerts: [
      {
        alert: "CertificateExpiring",
        // 0 until the first one is issued, of which CertificateNotReady tells.
        expr: `min by (exported_namespace, name) (certmanager_certificate_expiration_timestamp_seconds > 0) - time() < ${14 * day}`,
        for: "15m",
        severity: "critical",
        summary: "{{ $labels.exported_namespace }}/{{ $labels.name }} expires",
        description: "In {{ $value | humanizeDuration }}; it should have been renewed by now.",
        dashboard: "infrastructure",
        fires: { series: expires(13), at: "20m" },
        quiet: { series: { ...expires(15), ...notIssued }, at: "20m" },
      },
      {
        alert: "CertificateNotReady",
        expr: 'max by (exported_namespace, name) (certmanager_certificate_ready_status{condition="True"}) == 0',
        for: "15m",
        severity: "warning",
        summary: "{{ $labels.exported_namespace }}/{{ $labels.name }} could not be issued",
        description: "Whoever serves with it has the one before, or none.",
        dashboard: "infrastructure",
        fires: { series: ready(0), at: "20m" },
        quiet: { series: ready(1), at: "20m" },
      },
    ],
  };
};
