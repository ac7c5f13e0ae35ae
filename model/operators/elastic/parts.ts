/** Label of what ECK looks at again when it changes. */
export const watched = { "eck.k8s.elastic.co/watched": "true" };

/** Keys of a Secret by which others learn to trust a certificate. */
export const publicCertificate: readonly string[] = ["ca.crt", "tls.crt"];

/** What an init container of ECK 3.5.0 that prepares folders may use. */
export const initResources = {
  requests: { cpu: "100m", memory: "50Mi" },
  limits: { cpu: "100m", memory: "50Mi" },
};
