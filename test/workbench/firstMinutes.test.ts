import { strict as assert } from 'node:assert';
import { barriers, clipped, saidIn } from './accessibility';
import { firstMinutes } from './firstMinutes';
import { openScene } from './signedIn';
import type { Scene } from './signedIn';
import { englishSentences, Words } from './words';
import type { Language } from './words';

const LANGUAGES: readonly Language[] = ['en', 'ru'];

for (const language of LANGUAGES) {
  describe(`the first minutes, ${language}`, () => {
    let scene: Scene;

    before(async () => {
      scene = await openScene(language === 'ru' ? { locale: language } : {});
    });
    after(() => scene.close());

    it('lead from a file to a task and back; everybody can read and hear what is said', async () => {
      const seen: string[] = [];
      const trouble: string[] = [];
      await firstMinutes(scene, new Words(language), async (moment, what) => {
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
  });
}
