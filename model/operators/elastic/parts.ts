/** Label of objects whose changes ECK watches. */
export const watched = { "eck.k8s.elastic.co/watched": "true" };

/** Keys of a Secret with a certificate for others to trust. */
export const publicCertificate: readonly string[] = ["ca.crt", "tls.crt"];

/** Resources of ECK 3.5.0's init container that prepares folders. */
export const initResources = {
  requests: { cpu: "100m", memory: "50Mi" },
  limits: { cpu: "100m", memory: "50Mi" },
};
