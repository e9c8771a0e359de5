/** The longest that a timer of Node waits. */
const longest = 2 ** 31 - 1;

/**
 * Calls `stop` once a piece of work in another thread has taken `ms` of CPU, unless what is returned is called before. What a thread took
 * is not told by Node 20; it is no more than the time that went by, and no more than the whole process took: so a machine that is busy
 * with other things takes no one's time.
 */
export function afterCpu(ms: number, stop: () => void): () => void {
  const before = process.cpuUsage();
  let timer: NodeJS.Timeout;
  const wait = (left: number) => {
    timer = setTimeout(
      () => {
        const { user, system } = process.cpuUsage(before);
        const remaining = ms - (user + system) / 1000;
        if (remaining > 0) wait(remaining);
        else stop();
      },
      Math.min(left, longest),
    );
    timer.unref();
  };
  wait(ms);
  return () => clearTimeout(timer);
}
