package io.velesdb.cli.quickstart;

import io.velesdb.filter.Filter;
import java.util.List;

/**
 * A question and the filter of its second search.
 *
 * @param text in plain words
 * @param restriction what the filter lets through, for people
 * @param filter for the second search
 */
public record Question(String text, String restriction, Filter filter) {
    /** What is asked when nobody asks. */
    public static final List<Question> PREPARED = List.of(
            new Question("feeling sad about losing someone", "only adjectives: pos = adj", part("adj")),
            new Question("a tool for cutting wood", "only people: lexfile = noun.person", lexfile("noun.person")),
            new Question("cooking food over an open fire", "only verbs: pos = verb", part("verb")));

    /** A question of the user. */
    public static Question of(String text) {
        return new Question(text, "only verbs: pos = verb", part("verb"));
    }

    private static Filter lexfile(String name) {
        return Filter.eq("lexfile", name);
    }

    private static Filter part(String name) {
        return Filter.eq("pos", name);
    }
}
