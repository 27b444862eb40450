/** Codicons by the ending of a file name; no list of all there are, just those people upload. */
const ICONS: readonly (readonly [icon: string, endings: string])[] = [
  ['file-media', 'avif bmp gif heic ico jpeg jpg mov mp3 mp4 png svg tif tiff wav webm webp'],
  ['file-pdf', 'pdf'],
  ['file-zip', '7z bz2 gz rar tar tgz xz zip'],
  [
    'file-code',
    'bsl c cpp cs css go html java js json jsx os php py rb rs sh sql ts tsx xml yaml yml',
  ],
  ['file-text', 'csv doc docx log md odt rtf tsv txt xls xlsx'],
];

const ICON_BY_ENDING = new Map(
  ICONS.flatMap(([icon, endings]) => endings.split(' ').map(ending => [ending, icon] as const)),
);

/** The name of a codicon for a file: `file-pdf`. */
export function fileIcon(name: string): string {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return ICON_BY_ENDING.get(ending) ?? 'file';
}
