import * as esbuild from 'esbuild';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { projectFolder } from './project';

/** How esbuild.js bundles the extension: what is loaded at start-up, and the parts of the rest. */
export function bundleOptions(): readonly [esbuild.BuildOptions, esbuild.BuildOptions] {
  const require = createRequire(path.join(projectFolder, 'esbuild.js'));
  const { options } = require('./esbuild.js') as {
    readonly options: readonly [esbuild.BuildOptions, esbuild.BuildOptions];
  };
  return options;
}

/** Bundles it in memory, without source maps. @param how `minify` and its like */
export function bundledExtension(
  how: esbuild.BuildOptions,
): Promise<esbuild.BuildResult<{ write: false; metafile: true }>[]> {
  return Promise.all(
    bundleOptions().map(options =>
      esbuild.build({
        ...options,
        absWorkingDir: projectFolder,
        sourcemap: false,
        ...how,
        write: false,
        metafile: true,
      }),
    ),
  );
}
