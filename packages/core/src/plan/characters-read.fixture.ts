/** How many characters patterns read in all while something is done: what one reads again and again counts again and again. */
export async function charactersRead(work: () => unknown): Promise<number> {
  const { exec } = RegExp.prototype;
  let read = 0;
  RegExp.prototype.exec = function (text) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const found = exec.call(this, text);
    read += found ? found.index + found[0].length - from : this.sticky ? 1 : text.length - from;
    return found;
  };
  try {
    await work();
  } finally {
    RegExp.prototype.exec = exec;
  }
  return read;
}
