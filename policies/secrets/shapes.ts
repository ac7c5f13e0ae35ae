/** Forms of secrets as their issuers document them, and as detectors such as gitleaks (MIT) match them. */
export const shapes: readonly (readonly [what: string, pattern: RegExp])[] = [
  [
    "a private key",
    /-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----|PuTTY-User-Key-File-\d|AGE-SECRET-KEY-1[A-Z0-9]{20,}/,
  ],
  ["an AWS access key", /\b(AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/],
  ["a token of GitHub", /\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_\w{40,}/],
  ["a token of GitLab", /\bgl(pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat|ffct)-[\w-]{20,}/],
  ["a token of Slack", /\bxox[abeoprs]-[A-Za-z0-9-]{10,}|\bxapp-\d-[A-Z0-9]+-\d+-[a-f0-9]+/i],
  [
    "a webhook",
    /hooks\.slack\.com\/(services|workflows|triggers)\/[A-Za-z0-9+/]{20,}|discord(app)?\.com\/api\/webhooks\/\d+\/[\w-]{20,}|\.webhook\.office\.com\/webhookb2\/\S{20,}/,
  ],
  ["a key of Google", /\bAIza[\w-]{35}|\bya29\.[\w-]{20,}|\bGOCSPX-[\w-]{20,}/],
  [
    "a key of a model's provider",
    /\bsk-(proj-|svcacct-|admin-|ant-[a-z]+\d\d-|or-v1-)?[A-Za-z0-9_-]{20,}|\bgsk_[A-Za-z0-9]{40,}|\bhf_[A-Za-z]{34}\b|\br8_[A-Za-z0-9]{37}/,
  ],
  ["a key of Stripe", /\b[sr]k_(live|test|prod)_[A-Za-z0-9]{10,}|\bwhsec_[A-Za-z0-9]{24,}/],
  ["a key of a mail service", /\bSG\.[\w-]{16,}\.[\w-]{16,}|\bkey-[a-f0-9]{32}\b|\b[a-f0-9]{32}-us\d{1,2}\b/],
  [
    "a token of a registry",
    /\bnpm_[A-Za-z0-9]{36}|\bpypi-AgE[\w-]{40,}|\bdckr_(pat|oat)_[\w-]{20,}|\brubygems_[a-f0-9]{48}/,
  ],
  [
    "a token of a cloud",
    /\bdo[opr]_v1_[a-f0-9]{64}|\bdapi[a-f0-9]{32}|\bpul-[a-f0-9]{40}|\b[A-Za-z0-9]{14}\.atlasv1\.[\w-]{40,}|\bshp(at|ca|pa|ss)_[a-fA-F0-9]{32}|\bdp\.(pt|st|ct|scim|audit)\.[A-Za-z0-9]{20,}/,
  ],
  [
    "a token of an observer",
    /\bglsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|\bglc_[A-Za-z0-9+/]{32,}|\bNRAK-[A-Z0-9]{27}|\bsntry[su]_[\w=-]{40,}/,
  ],
  ["a token of Vault", /\bhv[sbr]\.[\w-]{20,}/],
  ["a token of Telegram", /\b\d{8,10}:AA[\w-]{32,34}\b/],
  ["a key of Azure", /\b(AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{40,}={0,2}|[?&]sig=[A-Za-z0-9%+/]{30,}/],
  ["a signed token", /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/],
  ["a login of a registry", /"auth"\s*:\s*"[A-Za-z0-9+/]{8,}={0,2}"/],
];

/** A quick test: every text of these forms matches it, and most other texts do not. */
export const mayBeShape =
  /-----BEGIN|PuTTY|AGE-SEC|A(KIA|SIA|BIA|CCA)|gh[pousr]_|github_pat|\bgl[a-z]{2,5}-|xox|xapp-|hooks\.slack|api\/webhooks|webhookb2|AIza|ya29|GOCSPX|\bsk-|gsk_|\bhf_|\br8_|[sr]k_(live|test|prod)|whsec_|\bSG\.|\bkey-|-us\d|npm_|pypi-|dckr_|rubygems_|\bdo[opr]_v1|dapi|\bpul-|atlasv1|\bshp|\bdp\.|gls?[ac]_|NRAK-|sntry|\bhv[sbr]\.|:AA|AccountKey|SharedAccessKey|sig=|\beyJ|"auth"/i;
