package io.velesdb.query.parse;

import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The statements of the conformance cases, with what the parser has to say to them. */
final class Cases {
    private Cases() {}

    /**
     * @param code of the error; empty when the text parses
     */
    record Case(String id, String query, String code) {
        boolean parses() {
            return code.isEmpty();
        }
    }

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (Value value : (Arr) Json.parse(text())) {
            Obj object = (Obj) value;
            boolean parses = object.get("parses").equals(Value.TRUE);
            String code = parses ? "" : object.get("code") instanceof Value.Str given ? given.text() : "E001";
            cases.add(new Case(((Value.Str) object.get("id")).text(), ((Value.Str) object.get("query")).text(), code));
        }
        return cases;
    }

    private static String text() {
        try {
            return Files.readString(Path.of("..", "conformance", "velesql", "cases.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
