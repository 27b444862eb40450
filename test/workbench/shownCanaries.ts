import type { BrowserContext, Page } from 'playwright-core';
import { CANARIES } from '../pyrus-server/canary';

/** A page, and what it found. */
type Watched = typeof globalThis & { shownCanaries?: string[] };

/**
 * Watches, in every page to come, what is shown (messages, hovers, lists, editors) and what is put on
 * the clipboard. What a person types into a field for passwords is no text of the page.
 */
export async function watchForCanaries(context: BrowserContext): Promise<void> {
  await context.addInitScript(source => {
    const secret = new RegExp(source);
    const hits: string[] = ((globalThis as Watched).shownCanaries = []);
    const look = (where: string, text: string | null): void => {
      const hit = text === null ? null : secret.exec(text);
      if (hit !== null) {
        hits.push(`${where}: ${hit.input.slice(Math.max(0, hit.index - 80), hit.index + 40)}`);
      }
    };
    new MutationObserver(records => {
      for (const { target, addedNodes, attributeName } of records) {
        addedNodes.forEach(node => look('shown', node.textContent));
        if (attributeName !== null) {
          look(attributeName, (target as Element).getAttribute(attributeName));
        } else {
          look('shown', target.nodeType === Node.TEXT_NODE ? target.textContent : null);
        }
      }
    }).observe(document, {
      subtree: true,
      childList: true,
      characterData: true,
      attributeFilter: ['aria-label', 'title', 'href', 'data-href'],
    });
    const writeText = navigator.clipboard.writeText.bind(navigator.clipboard);
    navigator.clipboard.writeText = text => {
      look('clipboard', text);
      return writeText(text);
    };
  }, CANARIES);
}

/** @throws Error when a token or a key was shown or copied since the page was opened */
export async function assertNoCanaryShown(page: Page): Promise<void> {
  const hits = await page.evaluate(() => (globalThis as Watched).shownCanaries);
  if (hits === undefined) {
    throw new Error('the page was not watched for secrets');
  }
  if (hits.length > 0) {
    throw new Error(`a secret was on the screen: ${hits.join('; ')}`);
  }
}
