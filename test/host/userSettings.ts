import type { BrowserContext } from 'playwright-core';

export type UserSettings = Readonly<Record<string, unknown>>;

/**
 * Puts a user's `settings.json` where the web workbench keeps it: in a database of the browser. The
 * file of the same name on the server holds only the settings of the machine. Call it before the
 * workbench is opened in this context.
 * @param authority host and port of the editor
 */
export async function writeUserSettings(
  context: BrowserContext,
  authority: string,
  settings: UserSettings,
): Promise<void> {
  const page = await context.newPage();
  try {
    await page.goto(`http://${authority}/version`); // Any small page of the same origin.
    await page.evaluate(store, JSON.stringify(settings));
  } finally {
    await page.close();
  }
}

/** Runs in the page. The workbench adds its other stores when it opens a database of an older version. */
function store(settings: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('vscode-web-db', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('vscode-userdata-store');
    opening.onerror = () => reject(new Error(opening.error?.message));
    opening.onsuccess = () => {
      const writing = opening.result.transaction('vscode-userdata-store', 'readwrite');
      writing
        .objectStore('vscode-userdata-store')
        .put(new TextEncoder().encode(settings), '/User/settings.json');
      writing.onerror = () => reject(new Error(writing.error?.message));
      writing.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  });
}
