/** Does something once everything that is due now has been done. */
export function nextTurn(work: () => void): void {
  const { port1, port2 } = new MessageChannel();
  const done = () => {
    port1.close();
    work();
  };
  port1.addEventListener("message", done, { once: true });
  port1.start();
  port2.postMessage(null);
}
