// A plugin in JavaScript. package.json says how it becomes plugin.js.wasm.
import { Sheet, log, earlyExit } from 'samples:drawing/canvas@1.0.0';

export function describe(language) {
  return `drawn by JavaScript, for ${language}`;
}

export function draw(sizes) {
  const sheet = new Sheet('circles');
  for (const size of sizes) {
    try {
      log(`shape ${sheet.draw({ tag: 'circle', val: size })}`);
    } catch (error) {
      throw `size ${size}: ${error.payload}`;
    }
  }
  return sheet;
}

export function largest(shapes) {
  const size = (shape) => shape.tag === 'circle' ? shape.val : Math.max(0, ...shape.val.map(({ x, y }) => Math.hypot(x, y)));
  return shapes.reduce((most, shape) => most && size(most) >= size(shape) ? most : shape, undefined);
}

export function leave(code) {
  earlyExit(code);
}

export function spin() {
  for (;;);
}
