/**
 * Plays the first minutes in the real editor, in each language and in a dark and a light theme, and takes
 * the pictures of README.md, README.ru.md and the walkthrough into media/: `npm run pictures`.
 */
import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { projectFolder } from '../host/project';
import { firstMinutes } from './firstMinutes';
import type { Moment } from './firstMinutes';
import { openScene } from './signedIn';
import type { Language } from './words';
import { Words } from './words';

type Theme = 'dark' | 'light';

const THEMES: Readonly<Record<Theme, string>> = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
};
const VIEWPORT = { width: 1000, height: 600 };
/** Sharp on screens of two pixels for one. */
const deviceScaleFactor = 2;

/** Pictures of the whole window, for the READMEs. */
const IN_README: readonly Moment[] = ['menu', 'inserted', 'confirm', 'files', 'hover'];

/** Parts of it, for the steps of the walkthrough; what is new stands in the middle. */
const IN_WALKTHROUGH: Readonly<Partial<Record<Moment, string>>> = {
  signIn: 'signIn',
  menu: 'upload',
  uploaded: 'insert',
  tasks: 'attach',
};
const PART = { width: 620, height: 360 };

async function main(): Promise<void> {
  for (const language of ['en', 'ru'] as const) {
    for (const theme of ['dark', 'light'] as const) {
      await takeAll(language, theme);
    }
  }
}

async function takeAll(language: Language, theme: Theme): Promise<void> {
  const scene = await openScene({
    ...(language === 'ru' ? { locale: language } : {}),
    colorTheme: THEMES[theme],
    viewport: VIEWPORT,
    deviceScaleFactor,
    // As a user has it: the GUID that is there already is attached.
    settings: { 'pyrus.upload.sameBytes': 'reuse' },
  });
  const { page } = scene.workbench;
  try {
    await firstMinutes(scene, new Words(language), async (moment, what) => {
      await atRest(page);
      const name = IN_WALKTHROUGH[moment];
      if (name !== undefined) {
        await take(page, await around(what), ['walkthrough', `${name}.${language}.${theme}.avif`]);
      }
      if (IN_README.includes(moment)) {
        await take(page, { x: 0, y: 0, ...VIEWPORT }, [
          'readme',
          `${moment}.${language}.${theme}.png`,
        ]);
      }
    });
  } finally {
    await scene.close();
  }
}

/** Messages slide in, menus fade. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        // A cursor that blinks and a bar that runs never finish.
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
        .map(animation => animation.finished.catch(() => undefined)),
    ),
  );
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A part of the window with something in its middle, as far as the edges let it. */
async function around(what: Locator): Promise<Rectangle> {
  const box = await what.first().boundingBox();
  if (box === null) {
    throw new Error('What is to be in the picture is not on the screen');
  }
  const within = (wanted: number, room: number): number =>
    Math.round(Math.min(Math.max(0, wanted), room));
  return {
    x: within(box.x + box.width / 2 - PART.width / 2, VIEWPORT.width - PART.width),
    y: within(box.y + box.height / 2 - PART.height / 2, VIEWPORT.height - PART.height),
    ...PART,
  };
}

/** Stores show PNG; VS Code shows AVIF, too, of a third of the size. */
async function take(page: Page, clip: Rectangle, file: readonly string[]): Promise<void> {
  const target = path.join(projectFolder, 'media', ...file);
  await mkdir(path.dirname(target), { recursive: true });
  const picture = await page.screenshot({ clip });
  const small = target.endsWith('.avif')
    ? sharp(picture).avif({ quality: 40, effort: 9, chromaSubsampling: '4:2:0' })
    : sharp(picture).png({ palette: true, colours: 64, effort: 10 });
  await small.toFile(target);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
