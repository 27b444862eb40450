/** Folders whose files tools run or obey: nothing that comes from a server may land there. */
const toolFolders = [
  '.git',
  '.hg',
  '.svn',
  '.vscode',
  '.idea',
  '.husky',
  '.github',
  '.devcontainer',
  '.ssh',
  '.claude',
  '.cursor',
];

/** Of these, folders that hold whole checkouts of somebody's work, made by agents. */
const agentFolders = ['.claude', '.cursor'];
const checkouts = 'worktrees';

/**
 * Names that configure a tool, or give orders to an agent, as soon as they lie in a folder; some
 * carry secrets or run code.
 */
const configNames = [
  ...toolFolders,
  '.gitattributes',
  '.gitmodules',
  '.gitconfig',
  'hgrc',
  '.npmrc',
  '.pnpmfile.cjs',
  '.netrc',
  '.pypirc',
  'authorized_keys',
  '.bashrc',
  '.bash_profile',
  '.profile',
  '.zshrc',
  '.zshenv',
  '.zprofile',
  '.gdbinit',
  '.lldbinit',
  '.devcontainer.json',
  'devcontainer.json',
  '.mcp.json',
  'agents.md',
  'claude.md',
  'claude.local.md',
  'gemini.md',
  'copilot-instructions.md',
  '.cursorrules',
  '.windsurfrules',
];

/** Beginnings of such names: `.env`, `.env.local`, `.envrc`; `.yarnrc`, `.yarnrc.yml`. */
const configStarts = ['.env', '.yarnrc'];

/** Windows 8.3 short names of the above: `GIT~1` is `.git` on NTFS. */
const shortName = new RegExp(
  `^(?:${[...configNames, ...configStarts].map(name => name.replace(/^\./, '').split('.')[0]?.slice(0, 6)).join('|')})~\\d`,
);

/** Devices on Windows, with any extension. Com0 and the superscript digits are devices too. */
const device =
  /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]) *(?:\.|$)/;

/** Files that change how Windows shows their folder. */
const shellFiles = ['desktop.ini', 'thumbs.db'];

/**
 * Extensions that a desktop follows or runs when it only shows the file: shortcuts, class ids,
 * and Windows's library and search files, which connect to other machines. A workspace's settings
 * are obeyed by the editor that opens it.
 */
const shellExtension =
  /\.(?:lnk|url|scf|local|desktop|pif|website|webloc|inetloc|fileloc|appref-ms|library-ms|search-ms|searchconnector-ms|settingcontent-ms|code-workspace|\{[^.]*\})$/;

/**
 * Whether a name, alone in a folder, means something to a system or a tool: a Windows device, a
 * configuration, a shell file. Judged as the most forgiving file system would compare names.
 */
export function isReservedName(name: string): boolean {
  const key = comparisonKey(name);
  return (
    device.test(key) ||
    shortName.test(key) ||
    configNames.includes(key) ||
    configStarts.some(start => key.startsWith(start)) ||
    shellFiles.includes(key)
  );
}

/** Whether a desktop would follow the file rather than open it. */
export function hasShellExtension(name: string): boolean {
  return shellExtension.test(comparisonKey(name));
}

/** Whether a folder of this name, or anything in it, is no place for files from a server. */
export function isToolFolder(name: string): boolean {
  return toolFolders.includes(comparisonKey(name));
}

/**
 * Whether a path leads into a folder of tools. What an agent has checked out below its own is
 * somebody's work like any other: `.claude/worktrees/fix/report`.
 */
export function isInToolFolder(segments: readonly string[]): boolean {
  const keys = segments.map(comparisonKey);
  return keys.some(
    (key, at) =>
      toolFolders.includes(key) &&
      !(agentFolders.includes(key) && keys[at + 1] === checkouts && at + 2 < keys.length),
  );
}

/**
 * Names with the same key may be one file somewhere: case does not count on Windows and macOS,
 * invisible characters not on HFS+, dots and spaces at the end not on Windows.
 */
function comparisonKey(name: string): string {
  const visible = name.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '').normalize('NFC');
  let end = visible.length;
  while (end > 0 && '. '.includes(visible.charAt(end - 1))) {
    end--;
  }
  // Upper case first: it folds letters that have no lower case of their own, such as ſ to S.
  return visible.slice(0, end).toUpperCase().toLowerCase();
}
