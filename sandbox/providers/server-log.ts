import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** Sends lines to the engine's display, at the resource that they are about. */
export class EngineLog {
  private readonly client: EngineClient;

  /** `address` is the engine's own server (`127.0.0.1:PORT`), as its handshake names it. */
  constructor(address: string) {
    this.client = new EngineClient(address, credentials.createInsecure());
  }

  /** Progress is shown while the operation runs; warnings stay in the summary. A lost line fails nothing. */
  write(urn: string, message: string, severity: "info" | "warning"): void {
    const request = new LogRequest()
      .setUrn(urn)
      .setMessage(message)
      .setSeverity(severity === "warning" ? LogSeverity.WARNING : LogSeverity.INFO)
      .setEphemeral(severity === "info");
    this.client.log(request, () => undefined);
  }

  close(): void {
    this.client.close();
  }
}
