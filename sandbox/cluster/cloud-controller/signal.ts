/** Wakes the loop; changes that come while it works are not lost. */
export class Signal {
  private raised = false;
  private wake = (): void => {};

  raise(): void {
    this.raised = true;
    this.wake();
  }

  async wait(milliseconds: number): Promise<void> {
    if (!this.raised) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.raised = false;
  }
}
