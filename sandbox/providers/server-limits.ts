/** As much as the engine itself accepts: a stack's largest resource must pass. */
const largestMessage = 400 * 1024 * 1024;

/** gRPC's options for every connection with the engine. */
export const messageLimits = {
  "grpc.max_receive_message_length": largestMessage,
  "grpc.max_send_message_length": largestMessage,
} as const;
