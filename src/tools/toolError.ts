/**
 * A refusal in words for the language model: what is wrong and what to do. Always English, as all that
 * models are told; the user reads the confirmations, which are localised.
 */
export class ToolError extends Error {
  override readonly name = 'ToolError';
}
