package io.velesdb.embedder;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.HashMap;
import java.util.Map;

/** Reads the vocabulary out of a {@code tokenizer.json}, the file format of the Hugging Face tokenizers. */
final class Vocabulary {
    private Vocabulary() {}

    /**
     * Token to number.
     *
     * @throws VelesException {@code VELES-012} when the file is not JSON or has no {@code model.vocab}
     */
    static Map<String, Integer> read(byte[] tokenizerFile) {
        if (!(Json.parse(tokenizerFile, 0, tokenizerFile.length) instanceof Obj file
                && file.get("model") instanceof Obj model
                && model.get("vocab") instanceof Obj vocabulary)) {
            throw new VelesException(ErrorCode.SERIALIZATION, "the tokenizer file has no object model.vocab");
        }
        Map<String, Integer> numbers = HashMap.newHashMap(vocabulary.size());
        for (int i = 0; i < vocabulary.size(); i++) {
            if (!(vocabulary.value(i) instanceof Value.Int number)) {
                throw new VelesException(
                        ErrorCode.SERIALIZATION,
                        "the tokenizer file's token " + vocabulary.name(i) + " has no whole number");
            }
            numbers.put(vocabulary.name(i), Math.toIntExact(number.value()));
        }
        return numbers;
    }
}
