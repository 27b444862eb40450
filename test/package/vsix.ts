import { openPromise } from 'yauzl';

/** The files in a VSIX, which is a zip, sorted. @throws when it is none */
export async function filesOfVsix(file: string): Promise<string[]> {
  const zip = await openPromise(file, { lazyEntries: true });
  const names: string[] = [];
  for await (const { fileName } of zip.eachEntry()) {
    names.push(fileName);
  }
  return names.sort();
}
