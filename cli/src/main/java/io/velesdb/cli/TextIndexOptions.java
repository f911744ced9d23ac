package io.velesdb.cli;

import io.velesdb.CollectionSchema;
import io.velesdb.TextLanguage;
import io.velesdb.TextOptions;
import io.velesdb.filter.FieldPath;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which texts of a new collection can be searched, and how they are cut into words. */
final class TextIndexOptions {
    @Option(
            names = "--text-fields",
            split = ",",
            paramLabel = "FIELD",
            description = "Fields whose text can be searched (default: all).")
    private List<String> fields = List.of();

    @Option(
            names = "--text-language",
            paramLabel = "CODE",
            description = "en, fr, de or es: whose words --stem and --stop-words know.")
    private @Nullable String language;

    @Option(names = "--stem", description = "Reduce words to their stems: oars finds oar.")
    private boolean stem;

    @Option(names = "--stop-words", description = "Leave the commonest words out.")
    private boolean stopWords;

    @Option(names = "--strip-marks", description = "Leave accents out: cafe finds café.")
    private boolean stripMarks;

    @Option(names = "--bigrams", description = "Cut Han, Kana and Hangul into pairs of characters.")
    private boolean bigrams;

    CollectionSchema in(CollectionSchema schema) {
        return schema.withText(new TextOptions(
                fields.stream().map(FieldPath::of).toList(),
                language == null ? null : TextLanguage.of(language),
                stem,
                stopWords,
                stripMarks,
                bigrams));
    }
}
