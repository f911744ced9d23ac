"""Makes this folder's entries.jsonl.gz and vectors.f16.npy: python make_sample.py WORDNET_MINILM_DIR OUT_DIR

WORDNET_MINILM_DIR holds base.jsonl.gz, base.f16.npy and edges.tsv.gz as PROVENANCE.md describes them. Needs Python 3
only. The same input gives the same bytes.
"""
import ast
import gzip
import hashlib
import io
import json
import sys
from pathlib import Path

ROWS, DIMENSION = 10_000, 384


def vectors(source):
    """The first rows of a float16 .npy file, as a .npy file."""
    with open(source, "rb") as f:
        assert f.read(8) == b"\x93NUMPY\x01\x00", "not a .npy file of version 1.0"
        header = ast.literal_eval(f.read(int.from_bytes(f.read(2), "little")).decode("latin-1"))
        assert header["descr"] == "<f2" and not header["fortran_order"] and header["shape"][1] == DIMENSION, header
        data = f.read(ROWS * DIMENSION * 2)
    text = "{'descr': '<f2', 'fortran_order': False, 'shape': (%d, %d), }" % (ROWS, DIMENSION)
    text += " " * (-(len(text) + 11) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text.encode() + data


def relations(source):
    """For each row the rows that it points to, by relation; only where both are in the sample."""
    found = {}
    with gzip.open(source, "rt", encoding="utf-8") as f:
        next(f)  # names of the columns
        for line in f:
            row, relation, target = line.rstrip("\n").split("\t")
            if int(row) < ROWS and int(target) < ROWS:
                found.setdefault(int(row), {}).setdefault(relation, []).append(int(target))
    return found


def entries(source, related):
    out = io.BytesIO()
    with gzip.open(source, "rt", encoding="utf-8") as f, gzip.GzipFile("", "wb", 9, out, mtime=0) as packed:
        for row, line in zip(range(ROWS), f):
            old = json.loads(line)
            assert old["id"] == row
            entry = {"id": row, "text": f"{old['lemma']}: {old['gloss']}", "lemma": old["lemma"], "pos": old["pos"],
                     "lexfile": old["lexfile"], "synonyms": [x for x in old["lemmas"] if x != old["lemma"]]}
            entry.update({k: sorted(v) for k, v in sorted(related.get(row, {}).items())})
            packed.write((json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + "\n").encode())
    return out.getvalue()


def main(source, target):
    source, target = Path(source), Path(target)
    made = {"entries.jsonl.gz": entries(source / "base.jsonl.gz", relations(source / "edges.tsv.gz")),
            "vectors.f16.npy": vectors(source / "base.f16.npy")}
    for name, data in made.items():
        (target / name).write_bytes(data)
        print(hashlib.sha256(data).hexdigest(), name, len(data))


if __name__ == "__main__":
    main(*sys.argv[1:3])
