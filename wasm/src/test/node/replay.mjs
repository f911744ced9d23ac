// Takes the steps that the JVM took (GoldenAnswersTest.java) in a build for the browser, and compares every answer: ids, score
// bits, payload text, error messages.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { vector } from './vectors.mjs';

const golden = new URL('../../../target/golden/', import.meta.url);

/** The files that the JVM wrote, by name. */
export const files = (await readdir(golden)).sort();

/** The steps of one file. */
export async function stepsOf(file) {
  const lines = (await readFile(new URL(file, golden), 'utf8')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

const word = new DataView(new ArrayBuffer(4));
function bits(score) {
  word.setFloat32(0, score);
  assert.equal(word.getFloat32(0), score, 'a score is a float');
  return word.getInt32(0);
}

/** Ids and vectors, which JSON has no form for, stand as objects with one member. */
function decoded(argument, dimension) {
  if (argument?.id !== undefined) return BigInt(argument.id);
  if (argument?.seed !== undefined) return vector(argument.seed, dimension);
  return argument;
}

const wide = new DataView(new ArrayBuffer(8));
function wideBits(number) {
  wide.setFloat64(0, number);
  return wide.getBigInt64(0).toString();
}

/** The answer of a call as the JVM wrote it: ids as text, scores and ranks as their bits. */
function encoded(answer) {
  if (typeof answer === 'bigint') return answer.toString();
  if (Array.isArray(answer)) return answer.map(encoded);
  if (answer === null || typeof answer !== 'object') return answer ?? null;
  const members = Object.entries(answer).map(([name, value]) => {
    if (name === 'score') return ['bits', bits(value)];
    if (name === 'rank') return ['rank', wideBits(value)];
    return [name, encoded(value)];
  });
  return Object.fromEntries(members);
}

/** Fails at the first answer that is not the one of the JVM. */
export function replay(Store, steps) {
  let store;
  let dimension;
  for (const step of steps) {
    switch (step.op) {
      case 'create':
        dimension = step.dimension;
        store = new Store(dimension, step.metric);
        break;
      case 'upsert':
        store.upsert(BigInt(step.id), vector(step.seed, dimension), step.payload);
        break;
      case 'remove':
        assert.equal(store.remove(BigInt(step.id)), step.found === 1);
        break;
      case 'size':
        assert.equal(store.size, step.size);
        break;
      case 'search': {
        const ask = () => store.search(vector(step.seed, dimension), step.k, step.filter);
        if (step.error) {
          assert.throws(ask, { message: step.error });
        } else {
          const hits = ask().map((hit) => ({ id: String(hit.id), bits: bits(hit.score), payload: hit.payload }));
          assert.deepEqual(hits, step.hits, `query ${step.seed}`);
        }
        break;
      }
      case 'configure':
        dimension = step.dimension;
        store = Store.configured(dimension, step.metric, step.storage, step.language, step.stripMarks);
        break;
      case 'call': {
        const call = () => store[step.method](...step.arguments.map((argument) => decoded(argument, dimension)));
        if (step.error) {
          assert.throws(call, { message: step.error });
        } else {
          assert.deepEqual(encoded(call()), step.answer, JSON.stringify(step).slice(0, 300));
        }
        break;
      }
      default:
        assert.fail(`unknown step ${step.op}`);
    }
  }
}
