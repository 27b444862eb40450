import * as esbuild from 'esbuild';

/** How code becomes one file that an extension host of any version can load. */
export const hostBundle = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  logLevel: 'warning',
} as const satisfies esbuild.BuildOptions;

/** Bundles a file, and whatever it imports but `vscode`. */
export async function bundleForHost(entry: string, outfile: string): Promise<void> {
  await esbuild.build({ ...hostBundle, entryPoints: [entry], outfile });
}
