import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Locator } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What words and pictures of ours can break; roles, attributes and colours are all VS Code's own. */
const RULES = [
  ...['button-name', 'link-name', 'image-alt', 'role-img-alt', 'svg-img-alt', 'label'],
  ...['aria-command-name', 'aria-treeitem-name', 'aria-input-field-name', 'aria-tooltip-name'],
  ...['list', 'listitem', 'empty-heading'],
];

/**
 * What a screen reader or weak eyes would stumble over in a part of the page, as axe sees it: one line for
 * each place.
 */
export async function barriers(part: Locator): Promise<string[]> {
  await part.page().evaluate(AXE);
  const { violations } = await part.first().evaluate(async (element, rules) => {
    const { axe } = globalThis as unknown as {
      axe: { run: (part: Element, options: object) => Promise<AxeResults> };
    };
    return axe.run(element, { runOnly: rules });
  }, RULES);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id} (${help}): ${html}`),
  );
}

/** The buttons and titles in a part of the page whose words do not fit. */
export async function clipped(part: Locator): Promise<string[]> {
  return part
    .first()
    .evaluate(element =>
      [...element.querySelectorAll('.monaco-button, .quick-input-title, .action-label')]
        .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
        .map(({ textContent }) => textContent),
    );
}

/** Everything a part of the page says, to eyes and to screen readers. */
export async function saidIn(part: Locator): Promise<string> {
  return part.first().evaluate(element => {
    // The box at the top keeps rows of its last list, unseen.
    const labels = [
      element,
      ...element.querySelectorAll('[aria-label], [title], [placeholder]'),
    ].filter(labelled => labelled.checkVisibility());
    const spoken = labels.flatMap(labelled =>
      ['aria-label', 'title', 'placeholder'].map(name => labelled.getAttribute(name) ?? ''),
    );
    return [(element as HTMLElement).innerText, ...spoken].join('\n').replaceAll('\u00a0', ' ');
  });
}
