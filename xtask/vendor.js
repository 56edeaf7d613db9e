// Bundles the npm libraries that the page uses into www/vendor (not committed): one file each, no
// other host at run time. Run by Trunk before each build.
import { build } from 'esbuild';
import { copyFile, writeFile } from 'node:fs/promises';

const LIBRARIES = {
  d3: `export { contours } from 'd3-contour'; export { ticks } from 'd3-array';`,
  uplot: `export { default } from 'uplot';`,
};
for (const [name, contents] of Object.entries(LIBRARIES)) {
  const outfile = `www/vendor/${name}.js`;
  await build({ stdin: { contents, resolveDir: '.' }, outfile, bundle: true, format: 'esm', minify: true, legalComments: 'inline' });
  await writeFile(`www/vendor/${name}.d.ts`, contents); // the types that `npm run types` reads
}
await copyFile('node_modules/uplot/dist/uPlot.min.css', 'www/vendor/uplot.css');
for (const name of ['d3-array', 'd3-contour', 'internmap', 'uplot']) {
  await copyFile(`node_modules/${name}/LICENSE`, `www/vendor/${name}.LICENSE`);
}
