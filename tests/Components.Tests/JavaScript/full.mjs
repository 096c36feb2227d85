// Makes full.wasm: the sample's plugin with all that componentize-js has, which imports WASI.
import { componentize } from '@bytecodealliance/componentize-js';
import { readFileSync, writeFileSync } from 'node:fs';

const { component } = await componentize(readFileSync('plugin.js', 'utf8'), {
  witPath: '../plugin.wit',
  worldName: 'plugin',
});
writeFileSync('full.wasm', component);
