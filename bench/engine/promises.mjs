// What plain promises take for the same: no runtime at all.
const addOne = async ({ n }) => ({ n: n + 1 });

export const chain = (length) => async () => {
  let value = { n: 0 };
  for (let i = 0; i < length; i++) value = await addOne(value);
  return value;
};

export const fan = (width) => async () => ({ count: (await Promise.all(Array.from({ length: width }, (_, n) => addOne({ n })))).length });

export const loop = chain;
