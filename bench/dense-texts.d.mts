export function denseTexts(size: number): [kind: string, text: string][];
