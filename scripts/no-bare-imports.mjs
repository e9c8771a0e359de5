/**
 * For tsup: takes imports of our own parts for nothing but their effects out of what is built. The packages promise that they have none
 * (`sideEffects: false`), esbuild leaves such imports between its parts all the same, and bundlers warn whoever uses the packages of each.
 */
export const noBareImports = {
  name: "no-bare-imports",
  renderChunk: (code, { map }) => ({ code: code.replace(/^import "\.\/chunk-\w+\.js";$/gm, ""), map }),
};
