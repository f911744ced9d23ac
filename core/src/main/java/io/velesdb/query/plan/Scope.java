package io.velesdb.query.plan;

import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Pattern;
import io.velesdb.query.ast.Select;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names that stand for sources of rows in one statement, numbered from left to right: those of FROM and JOIN, or the
 * aliases of a pattern. Immutable.
 */
public final class Scope {
    /**
     * A source.
     *
     * @param name the alias or, where there is none, the name of the collection; null for a part of a pattern without
     *     alias
     * @param collection a second name of the source; null in a pattern
     */
    public record Source(@Nullable String name, @Nullable String collection) {
        boolean answersTo(String qualifier) {
            return qualifier.equals(name);
        }
    }

    private final List<Source> sources;
    private final int unqualified;

    private Scope(List<Source> sources, int unqualified) {
        this.sources = List.copyOf(sources);
        this.unqualified = unqualified;
    }

    /** The scope of a SELECT. */
    public static Scope of(Select select) {
        List<Source> sources = new ArrayList<>();
        sources.add(
                new Source(select.source().text(), select.source().collection().text()));
        for (Select.Join join : select.joins()) {
            sources.add(
                    new Source(join.source().text(), join.source().collection().text()));
        }
        return new Scope(sources, sources.size() == 1 ? 0 : FieldRef.ANY);
    }

    /** The scope of a statement over one collection. */
    public static Scope of(String collection) {
        return new Scope(List.of(new Source(collection, collection)), 0);
    }

    /**
     * The scope of a pattern: source 2i is node i, source 2i + 1 is relationship i. An unqualified path addresses the last
     * node. A repeated alias stands for its first place, which is bound to the same row.
     */
    public static Scope of(Pattern pattern) {
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < pattern.nodes().size(); i++) {
            sources.add(new Source(textOf(pattern.nodes().get(i).alias()), null));
            if (i < pattern.relationships().size()) {
                sources.add(new Source(textOf(pattern.relationships().get(i).alias()), null));
            }
        }
        return new Scope(sources, sources.size() - 1);
    }

    private static @Nullable String textOf(@Nullable Name name) {
        return name == null ? null : name.text();
    }

    public int size() {
        return sources.size();
    }

    public Source source(int number) {
        return sources.get(number);
    }

    /** The source that a qualifier names, aliases before names of collections; -1 for none. */
    public int find(String qualifier) {
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).answersTo(qualifier)) {
                return i;
            }
        }
        for (int i = 0; i < sources.size(); i++) {
            if (qualifier.equals(sources.get(i).collection())) {
                return i;
            }
        }
        return -1;
    }

    /** Where the value of a path comes from. Never fails: an unknown field is missing in every row. */
    public FieldRef resolve(Path path) {
        return resolve(path.segments(), path.text());
    }

    private FieldRef resolve(List<String> segments, String text) {
        if (segments.size() >= 2) {
            int source = find(segments.get(0));
            if (source >= 0) {
                return FieldRef.of(source, segments.subList(1, segments.size()), true, text);
            }
        }
        return FieldRef.of(unqualified, segments, false, text);
    }

    /** Where the unqualified name of a column comes from. */
    public FieldRef resolve(Name column) {
        return resolve(List.of(column.text()), column.text());
    }
}
