// Collects the licences of the packages whose code is in the bundle, as their licences ask.
const fs = require('node:fs');
const path = require('node:path');

/**
 * @param {string[]} inputs files of the bundle, as esbuild's metafile names them
 * @param {string} target the text file to write
 */
function writeNotices(inputs, target) {
  const folders = new Set(inputs.flatMap(input => packageFolder(input) ?? []));
  const notices = [...folders].sort().map(notice);
  fs.writeFileSync(
    target,
    `Pyrus Attachments contains code of the following packages.\n\n${notices.join('\n')}`,
  );
}

function packageFolder(input) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

function notice(folder) {
  const { name, version, license } = JSON.parse(
    fs.readFileSync(path.join(folder, 'package.json'), 'utf8'),
  );
  const file = fs.readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry));
  if (file === undefined && license === undefined) {
    throw new Error(`${name} is in the bundle without a licence`);
  }
  const text = file === undefined ? license : fs.readFileSync(path.join(folder, file), 'utf8');
  return `${'-'.repeat(72)}\n${name} ${version}\n\n${text.trim()}\n`;
}

module.exports = { writeNotices };
