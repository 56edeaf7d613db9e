// Bundles the npm libraries that the page uses into www/vendor (not committed): one file each, no
// other host at run time. Run by Trunk before each build.
import { build } from 'esbuild';
import { copyFile, readdir, writeFile } from 'node:fs/promises';

const LIBRARIES = {
  d3: `export { contours } from 'd3-contour'; export { ticks } from 'd3-array';`,
  dsv: `export { csvFormatRows } from 'd3-dsv';`,
  gifenc: `export { GIFEncoder, applyPalette, quantize } from 'gifenc';`,
  svgcanvas: `export { Context } from 'svgcanvas';`,
  uplot: `export { default } from 'uplot';`,
};
/** What libraries without types of their own are declared as. */
const UNTYPED = {
  gifenc: 'export const GIFEncoder: any, applyPalette: any, quantize: any;',
  svgcanvas: 'export const Context: any;',
};
for (const [name, contents] of Object.entries(LIBRARIES)) {
  const outfile = `www/vendor/${name}.js`;
  await build({ stdin: { contents, resolveDir: '.' }, outfile, bundle: true, format: 'esm', minify: true, legalComments: 'inline' });
  await writeFile(`www/vendor/${name}.d.ts`, UNTYPED[name] ?? contents); // the types that `npm run types` reads
}
await copyFile('node_modules/uplot/dist/uPlot.min.css', 'www/vendor/uplot.css');
for (const name of ['d3-array', 'd3-contour', 'd3-dsv', 'gifenc', 'internmap', 'svgcanvas', 'uplot']) {
  const [licence] = (await readdir(`node_modules/${name}`)).filter((file) => file.startsWith('LICENSE'));
  await copyFile(`node_modules/${name}/${licence}`, `www/vendor/${name}.LICENSE`);
}
