import { strict as assert } from 'node:assert';
import { openWorkbench, type Workbench } from './workbench';

describe('the workbench under test', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench();
  });

  after(async () => {
    await workbench.dispose();
  });

  it('shows the sample and opens a file of it', async () => {
    await workbench.editor.openFile('comment.json');
    assert.match(await workbench.editor.text(), /"text": "Договор и схема во вложении"/);
  });

  it('has a clipboard of its own', async () => {
    await (await workbench.editor.tabMenu('comment.json')).choose('Copy Relative Path');
    assert.equal(await workbench.clipboard.read(), 'comment.json');
  });

  it('is not covered by a welcome page, a chat or a message', async () => {
    assert.equal(await workbench.page.locator('.tabs-container .tab').count(), 1);
    assert.equal(await workbench.page.locator('.part.auxiliarybar').isVisible(), false);
    assert.deepEqual(await workbench.notifications.texts(), []);
  });
});
