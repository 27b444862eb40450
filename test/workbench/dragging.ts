import type { Locator, Page } from 'playwright-core';

/**
 * Drags a row of the Explorer into a line of the active editor, as a person does who wants it in the
 * text: Shift goes down after the mouse button, for with it a click would select.
 */
export async function dragIntoText(page: Page, row: Locator, line: Locator): Promise<void> {
  const [from, to] = [await row.boundingBox(), await line.boundingBox()];
  if (from === null || to === null) {
    throw new Error('What is dragged, or where to, is not to be seen');
  }
  await page.mouse.move(from.x + 40, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + from.height, { steps: 4 });
  await page.keyboard.down('Shift');
  await page.mouse.move(to.x + 60, to.y + to.height / 2, { steps: 10 });
  await page.mouse.move(to.x + 62, to.y + to.height / 2, { steps: 3 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
}

/** Drops a file of the system: no browser lets a test drag one, so the events are made here. */
export async function dropSystemFile(
  line: Locator,
  file: { readonly name: string; readonly content: string },
): Promise<void> {
  await line.evaluate((element, { name, content }) => {
    const { left, top, height } = element.getBoundingClientRect();
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([content], name));
    const place = { clientX: left + 30, clientY: top + height / 2, shiftKey: true };
    for (const type of ['dragenter', 'dragover', 'drop']) {
      element.dispatchEvent(
        new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, ...place }),
      );
    }
  }, file);
}

/** Puts a picture on the clipboard, as a screenshot is. */
export async function copyPicture(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.getContext('2d')?.fillRect(0, 0, 50, 30);
    const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/png'));
    if (blob === null) {
      throw new Error('The browser made no picture');
    }
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
  });
}

/**
 * Runs "Paste As…" on a copied picture. In a browser VS Code may then read text only, the older
 * version by a command of the browser that is not allowed either: both are answered by what a desktop
 * answers, a paste of what is on the clipboard.
 */
export async function pasteAs(page: Page, run: () => Promise<void>): Promise<void> {
  await page.evaluate(async () => {
    const [copied] = await navigator.clipboard.read();
    const picture = await copied?.getType('image/png');
    if (picture === undefined) {
      throw new Error('There is no picture on the clipboard');
    }
    const { clipboard } = navigator;
    const readText = clipboard.readText.bind(clipboard);
    const execCommand: (command: string) => boolean = Reflect.get(document, 'execCommand').bind(
      document,
    );
    const paste = (): void => {
      clipboard.readText = readText;
      Reflect.deleteProperty(document, 'execCommand');
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([picture], 'image.png', { type: picture.type }));
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    };
    clipboard.readText = () => {
      paste();
      return Promise.resolve('');
    };
    const answer = (command: string): boolean => {
      if (command !== 'paste') {
        return execCommand(command);
      }
      paste();
      return true;
    };
    Object.defineProperty(document, 'execCommand', { value: answer, configurable: true });
  });
  await run();
}

/** VS Code's button beside what was dropped or pasted. */
export class PasteOptions {
  constructor(private readonly page: Page) {}

  /** Opens it. @returns the choices, the one that was made first of all */
  async open(): Promise<string[]> {
    await this.page.locator('.post-edit-widget .monaco-button').click();
    const rows = this.page.locator('.action-widget .monaco-list-row');
    await rows.first().waitFor();
    return rows.allInnerTexts();
  }

  async choose(title: string): Promise<void> {
    const row = this.page.locator('.action-widget .monaco-list-row', { hasText: title });
    const box = await row.boundingBox();
    if (box === null) {
      throw new Error(`${title} is not among the choices`);
    }
    // Until the mouse moves, VS Code takes no click for one that was meant.
    await this.page.mouse.move(box.x + 20, box.y + box.height / 2);
    await this.page.mouse.move(box.x + 24, box.y + box.height / 2);
    await row.click();
  }
}
