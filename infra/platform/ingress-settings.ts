/** What TLS 1.2 may use: ciphers with forward secrecy and authenticated encryption. TLS 1.3 has no others. */
export const tlsCiphers = [
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-CHACHA20-POLY1305",
  "ECDHE-RSA-CHACHA20-POLY1305",
].join(":");

/** NGINX's variables in the access log. The query is left out: people put tokens there. */
const loggedVariables = {
  time: "time_iso8601",
  request_id: "request_id",
  traceparent: "http_traceparent",
  client: "remote_addr",
  visitor: "http_cloudfront_viewer_address",
  forwarded_for: "http_x_forwarded_for",
  host: "host",
  method: "request_method",
  path: "uri",
  protocol: "server_protocol",
  status: "status",
  bytes_sent: "bytes_sent",
  request_length: "request_length",
  request_time: "request_time",
  upstream: "upstream_addr",
  upstream_status: "upstream_status",
  upstream_time: "upstream_response_time",
  user_agent: "http_user_agent",
  namespace: "resource_namespace",
  ingress: "resource_name",
  service: "service",
} as const;

/** The access log, an object of JSON for each request. */
export const accessLogFormat = `{${Object.entries(loggedVariables)
  .map(([field, variable]) => `"${field}":"$${variable}"`)
  .join(",")}}`;
