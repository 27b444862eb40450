import { strict as assert } from 'node:assert';
import { barriers, clipped, saidIn } from './accessibility';
import { eventually } from '../eventually';
import { firstMinutes } from './firstMinutes';
import { openScene } from './signedIn';
import type { Scene } from './signedIn';
import { Walkthrough } from './walkthrough';
import { englishSentences, Words } from './words';
import type { Language } from './words';

const LANGUAGES: readonly Language[] = ['en', 'ru'];

for (const language of LANGUAGES) {
  describe(`the first minutes, ${language}`, () => {
    let scene: Scene;

    before(async () => {
      scene = await openScene({
        ...(language === 'ru' ? { locale: language } : {}),
        viewport: { width: 1600, height: 1000 },
      });
    });
    after(() => scene.close());

    const words = new Words(language);
    const openWalkthrough = async (): Promise<Walkthrough> => {
      const { page, palette, quickInput } = scene.workbench;
      await palette.run('Welcome: Open Walkthrough...');
      await quickInput.pick(words.shown('walkthrough'));
      return new Walkthrough(page);
    };
    const steps = ['signIn', 'upload', 'insert', 'attach'].map(step =>
      words.shown(`walkthrough.${step}`),
    );

    it('begin with a walkthrough of four steps, each with its picture', async () => {
      const walkthrough = await openWalkthrough();
      assert.deepEqual(
        await walkthrough.steps(),
        steps.map(step => [step, false]),
      );
      for (const step of steps) {
        await walkthrough.open(step);
        assert.ok((await walkthrough.pictureWidth()) > 0, step);
      }
      assert.deepEqual(await clipped(walkthrough.page), []);
      assert.deepEqual(await barriers(walkthrough.page), []);
    });

    it('lead from a file to a task and back; everybody can read and hear what is said', async () => {
      const seen: string[] = [];
      const trouble: string[] = [];
      await firstMinutes(scene, words, async (moment, what) => {
        seen.push(moment);
        const said = await saidIn(what);
        const forgotten =
          language === 'ru' ? englishSentences().filter(text => said.includes(text)) : [];
        trouble.push(
          ...forgotten.map(text => `${moment}: in English: ${text}`),
          ...(await clipped(what)).map(text => `${moment}: does not fit: ${text}`),
          ...(await barriers(what)).map(barrier => `${moment}: ${barrier}`),
        );
      });
      assert.deepEqual(trouble, []);
      assert.equal(seen.length, 12);
      assert.equal(scene.pyrus.uploads.length, 1, 'attached by the GUID that was there already');
    });

    it('are all ticked off there when they are over', async () => {
      const walkthrough = await openWalkthrough();
      await eventually(async () =>
        assert.deepEqual(
          await walkthrough.steps(),
          steps.map(step => [step, true]),
        ),
      );
    });
  });
}
