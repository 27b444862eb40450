import { writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { unpackPackage } from './npm';

/** Added to the Open Sans that comes with the browser: code (with Cyrillic) and emoji. All free. */
const FONTS = [
  { spec: 'dejavu-fonts-ttf@2.37.3', inside: 'package/ttf', file: /^DejaVuSansMono(-Bold)?\.ttf$/ },
  {
    spec: '@expo-google-fonts/noto-color-emoji@0.4.6',
    inside: 'package/400Regular',
    file: /\.ttf$/,
  },
] as const;

/** The machine's own fonts are left out: pictures come out the same everywhere. */
const CONFIGURATION = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <alias binding="same"><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
  <alias binding="same"><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
  <alias binding="same"><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
  <alias binding="same"><family>emoji</family><prefer><family>Noto Color Emoji</family></prefer></alias>
</fontconfig>
`;

/** Completes `folder/fonts` and writes `folder/fonts.conf`; `FONTCONFIG_PATH` may then name the folder. */
export async function addFonts(folder: string): Promise<void> {
  for (const { spec, inside, file } of FONTS) {
    await unpackPackage(spec, path.join(folder, 'fonts'), inside, name => file.test(name));
  }
  await writeFile(path.join(folder, 'fonts.conf'), CONFIGURATION);
}
