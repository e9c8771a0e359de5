/** What a plan is made with where no model is bound: asked for anything, it fails. */
export const alone = {
  model: () => undefined,
  progress: () => {},
  generate: () => Promise.reject(new Error("nobody writes here")),
  embed: () => Promise.reject(new Error("nobody embeds here")),
  decide: () => Promise.reject(new Error("nobody decides here")),
} as never;
