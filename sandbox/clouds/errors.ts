/** A cloud's refusal: its own error code first, as its API writes it, then what is wrong and with which value. */
export class CloudError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
    this.name = "CloudError";
  }
}
