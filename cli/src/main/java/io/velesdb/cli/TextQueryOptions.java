package io.velesdb.cli;

import io.velesdb.TextQuery;
import io.velesdb.filter.FieldPath;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How the words of a text search are meant, and where they are looked for. */
final class TextQueryOptions {
    /** What stands for any of the words when neither is given. */
    static final class Meaning {
        @Option(names = "--phrase", description = "The words stand side by side, in this order.")
        private boolean phrase;

        @Option(names = "--prefix", description = "The last word is the beginning of one.")
        private boolean prefix;
    }

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private @Nullable Meaning meaning;

    @Option(
            names = "--fields",
            split = ",",
            paramLabel = "FIELD",
            description = "Look in these fields only (default: in every text that is indexed).")
    private List<String> fields = List.of();

    TextQuery query(String text) {
        if (meaning == null) {
            return TextQuery.words(text);
        }
        if (meaning.phrase) {
            return TextQuery.phrase(text);
        }
        return meaning.prefix ? TextQuery.prefix(text) : TextQuery.words(text);
    }

    List<FieldPath> fields() {
        return fields.stream().map(FieldPath::of).toList();
    }
}
