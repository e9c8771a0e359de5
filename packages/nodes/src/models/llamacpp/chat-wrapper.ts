import type { ChatWrapper, LlamaModel } from "node-llama-cpp";

/**
 * What writes conversations the way these weights were trained on. Where their template begins with the very mark that begins every
 * text, node-llama-cpp writes it twice, which no model was trained on: it is written once.
 */
export async function chatWrapper(model: LlamaModel): Promise<ChatWrapper> {
  const { LlamaText, resolveChatWrapper, SpecialToken, SpecialTokensText } = await import("node-llama-cpp");
  const wrapper = resolveChatWrapper(model);
  const start = model.tokens.bosString;
  const make = wrapper.generateContextState.bind(wrapper);
  wrapper.generateContextState = (options) => {
    const state = make(options);
    const [mark, first] = state.contextText.values;
    const marked = mark instanceof SpecialToken && mark.value === "BOS";
    if (!start || !marked || !(first instanceof SpecialTokensText) || !first.value.startsWith(start)) return state;
    return { ...state, contextText: LlamaText(state.contextText.values.slice(1)) };
  };
  return wrapper;
}
