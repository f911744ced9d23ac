// Runs the statement cases of conformance/velesql (section 26 of the language) through a build for the browser: the same files,
// and the same rules, as QueryCaseRunner.java.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

const folder = new URL('../../../../conformance/velesql/', import.meta.url);
// the moment at which the JVM runs the cases
const NOW = 1_750_000_000_000;

const integer = /^-?[0-9]+$/;

/** JSON whose integers keep all their digits: numbers, and BigInts where a number is not exact. */
function parse(text) {
  return JSON.parse(text, (name, value, { source }) =>
    typeof value === 'number' && integer.test(source) && !Number.isSafeInteger(value) ? BigInt(source) : value);
}

const fileOf = async (name) => parse(await readFile(new URL(name, folder), 'utf8'));

/** The cases of a file. */
export const casesOf = fileOf;

const quoted = (name) => '"' + name.replaceAll('"', '""') + '"';

/**
 * Makes the collections of a dataset by statements, with the rows of those that a case names: it cannot see the others. Where
 * there is no vector the payload is written as that of a node, which may have a member called id.
 */
function load(database, dataset, testCase) {
  const words = written(testCase);
  for (const { name, kind, dimension, metric = 'cosine', rows, edges = [] } of dataset.collections) {
    const options = dimension ? ` (dimension = ${dimension}, metric = '${metric}')` : '';
    const word = kind === 'vector' ? '' : `${kind.toUpperCase()} `;
    database.query(`CREATE ${word}COLLECTION ${quoted(name)}${options}`);
    if (!words.includes(name)) continue;
    for (const { id, vector, payload = {}, sparse } of rows) {
      if (!vector) {
        database.query(`INSERT NODE INTO ${quoted(name)} (id = $id, payload = ${literal(written(payload))})`, { id });
        continue;
      }
      const columns = { ...payload, id, vector, ...(sparse ? { sparse_vector: sparse } : {}) };
      const names = Object.keys(columns);
      database.query(
        `INSERT INTO ${quoted(name)} (${names.map(quoted)}) VALUES (${names.map((column, i) => `$p${i}`)})`,
        Object.fromEntries(names.map((column, i) => [`p${i}`, columns[column]])),
      );
    }
    for (const { id, source, target, label, properties = {} } of edges) {
      const members = Object.entries(properties).map(([key, value]) => `${quoted(key)} = ${literal(value)}`);
      database.query(
        `INSERT EDGE INTO ${quoted(name)} (id = $id, source = $source, target = $target, label = $label)` +
          (members.length ? ` WITH PROPERTIES (${members})` : ''),
        { id, source, target, label },
      );
    }
  }
}

/** JSON text with BigInts as the integers that they are. */
const written = (value) =>
  JSON.stringify(value, (name, item) => (typeof item === 'bigint' ? JSON.rawJSON(String(item)) : item));

const literal = (value) => (typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value));

/** Equal as the language has it: numbers by value, objects whatever the order of their members. */
function same(wanted, found, tolerance) {
  const number = (value) => typeof value === 'number' || typeof value === 'bigint';
  if (number(wanted) && number(found)) {
    return tolerance > 0 ? Math.abs(Number(wanted) - Number(found)) <= tolerance : wanted == found;
  }
  if (wanted === null || found === null || typeof wanted !== 'object' || typeof found !== 'object') {
    return wanted === found;
  }
  // what is nested is compared exactly, as on the JVM
  const names = Object.keys(wanted);
  return (
    Array.isArray(wanted) === Array.isArray(found) &&
    names.length === Object.keys(found).length &&
    names.every((name) => Object.hasOwn(found, name) && same(wanted[name], found[name], 0))
  );
}

/** Checks that an error is one of the engine and says where, as far as the case names it. */
function refused(error, expected, id) {
  assert.ok(error instanceof Error && error.message.startsWith(`[${error.code}] `), `${id}: ${error?.stack}`);
  if (expected.says) {
    assert.ok(error.message.includes(expected.says), `${id}: ${error.message} does not say ${expected.says}`);
  }
}

/** Runs one case on a fresh copy of the data, and fails when the answer is not as expected. */
export function run(Database, dataset, testCase) {
  const { id, query, params, parses, expect, then: following = [] } = testCase;
  const expectedCode = parses ? (testCase.code ?? '') : (testCase.code ?? 'E001');
  let code = '';
  try {
    Database.check(query);
  } catch (error) {
    refused(error, testCase, id);
    assert.equal(error.code, 'VELES-010', id);
    code = error.queryCode;
    assert.ok(Number.isInteger(error.position) && error.line >= 1 && error.column >= 1, `${id}: ${error.message}`);
    if (testCase.position !== undefined) assert.equal(error.position, testCase.position, `${id}: ${error.message}`);
  }
  assert.equal(code, expectedCode, id);
  if (!expect) return;
  const database = new Database();
  load(database, dataset, testCase);
  compare(database, query, params, expect, id);
  for (const step of following) {
    compare(database, step.query, step.params, step.expect, `${id}, then ${step.query}`);
  }
}

function compare(database, query, params, expect, id) {
  const expectedError = expect.http ? 'VELES-010' : expect.error;
  let answer;
  try {
    answer = database.execute(query, params);
  } catch (error) {
    refused(error, expect, id);
    assert.equal(error.code, expectedError, `${id}: ${error.message}`);
    return;
  }
  const { rows, affected } = answer;
  assert.equal(undefined, expectedError, `${id}: expected ${expectedError}, got ${shown(rows)}`);
  if (expect.affected !== undefined) assert.equal(affected, expect.affected, id);
  if (expect.columns) {
    for (const row of rows) assert.deepEqual(Object.keys(row), expect.columns, id);
  }
  if (expect.ids) {
    const ids = rows.map((row) => row.id ?? row.edge_id ?? null);
    assert.ok(same(expect.ids, ids, 0), `${id}: expected ids ${shown(expect.ids)}, got ${shown(ids)}`);
  }
  if (expect.rows) {
    const alike =
      rows.length === expect.rows.length &&
      rows.every((row, i) =>
        Object.entries(expect.rows[i]).every(
          ([name, value]) => Object.hasOwn(row, name) && same(value, row[name], expect.tolerance ?? 0)));
    assert.ok(alike, `${id}: expected ${shown(expect.rows)}, got ${shown(rows)}`);
  }
}

const shown = (value) => JSON.stringify(value, (name, item) => (typeof item === 'bigint' ? `${item}n` : item));

/** The files of cases with the data of each. */
export const files = [
  ['cases.json', 'dataset.json'],
  ['own-cases.json', 'own-cases-dataset.json'],
];

/** Runs all cases of a file, at the moment of the cases, and returns how many there are. */
export async function runAll(Database, [cases, data]) {
  const dataset = await fileOf(data);
  const all = await fileOf(cases);
  const now = Date.now;
  Date.now = () => NOW;
  try {
    const failures = [];
    for (const testCase of all) {
      try {
        run(Database, dataset, testCase);
      } catch (error) {
        failures.push(error.code === 'ERR_ASSERTION' ? error.message : `${testCase.id}: ${error.stack}`);
      }
    }
    assert.deepEqual(failures, [], `${all.length - failures.length} passed, ${failures.length} failed`);
  } finally {
    Date.now = now;
  }
  return all.length;
}
