// The same integers, and so the same vectors, as SeededVectors.java.

function integers(seed) {
  let state = (Math.imul(seed, 0x9e3779b1) + 0x7f4a7c15) | 0;
  if (state === 0) state = 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state;
  };
}

const component = (next) => ((next() >>> 8) - 8388608) / 8388608;

export function vector(seed, dimension) {
  const noise = integers(seed);
  const centre = integers(-1 - (noise() & 15));
  const values = new Float32Array(dimension);
  for (let i = 0; i < dimension; i++) {
    values[i] = component(centre) + component(noise) * 0.125;
  }
  return values;
}
