// The JavaScript build takes ten times as long and more (its 64-bit integers are objects), so it replays one dimension of each
// metric, with and without whole lanes of 32, and one storage mode.

import { test } from 'node:test';
import { VectorStore, WasmDatabase } from '../../../target/npm/velesdb.fallback.js';
import { testDatabase } from './database.mjs';
import { files, replay, stepsOf } from './replay.mjs';

for (const file of files.filter((name) => /^(cosine-5|euclidean-96|dot-5|hamming-5|jaccard-40|payload|bad-|text|sparse|graph|quantized-sq8)/.test(name))) {
  const steps = await stepsOf(file);
  test(`JavaScript answers as the JVM does: ${file}`, () => replay(VectorStore, steps));
}

testDatabase(WasmDatabase, 'JavaScript');
