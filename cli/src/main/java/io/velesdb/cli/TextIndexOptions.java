package io.velesdb.cli;

import io.velesdb.CollectionSchema;
import io.velesdb.TextAnalysis;
import io.velesdb.TextLanguage;
import io.velesdb.TextOptions;
import io.velesdb.filter.FieldPath;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    @Option(
            names = "--text-analysis",
            paramLabel = "FIELD=HOW",
            description =
                    "A field that is cut in a way of its own: plain, or a language, stem, stop-words, strip-marks and"
                            + " bigrams with + between them, such as title=de+stem. May be repeated.")
    private Map<String, String> byField = new LinkedHashMap<>();

    CollectionSchema in(CollectionSchema schema) {
        Map<FieldPath, TextAnalysis> own = new LinkedHashMap<>();
        byField.forEach((field, how) -> own.put(FieldPath.of(field), analysis(how)));
        TextLanguage spoken = language == null ? null : TextLanguage.of(language);
        return schema.withText(new TextOptions(
                fields.stream().map(FieldPath::of).toList(),
                new TextAnalysis(spoken, stem, stopWords, stripMarks, bigrams),
                own));
    }

    private static TextAnalysis analysis(String how) {
        Set<String> words = new LinkedHashSet<>(List.of(how.split("\\+", -1)));
        words.remove("plain");
        boolean stems = words.remove("stem");
        boolean dropsStopWords = words.remove("stop-words");
        boolean stripsMarks = words.remove("strip-marks");
        boolean pairs = words.remove("bigrams");
        TextLanguage spoken = words.isEmpty()
                ? null
                : TextLanguage.of(words.size() == 1 ? words.iterator().next() : String.join("+", words));
        return new TextAnalysis(spoken, stems, dropsStopWords, stripsMarks, pairs);
    }
}
