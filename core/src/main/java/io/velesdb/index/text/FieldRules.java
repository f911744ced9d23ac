package io.velesdb.index.text;

import io.velesdb.TextAnalysis;
import io.velesdb.TextOptions;
import io.velesdb.filter.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which fields are indexed and how each is analysed: what {@link TextOptions} say, as a tree of member names. Immutable. */
final class FieldRules {
    /** The rule of one field, and those of the fields below it. */
    static final class Rule {
        /** Whether strings that stand here are indexed. */
        private boolean indexed;

        /** Among {@link #analyses}; negative until it is known. */
        private int analysis = -1;

        private final Map<String, Rule> below = new TreeMap<>();

        /** For all members that have no rule of their own; null when they are not indexed. */
        private @Nullable Rule others;

        boolean indexed() {
            return indexed;
        }

        int analysis() {
            return analysis;
        }

        /** The rule of a member; null when nothing at and below it is indexed. */
        @Nullable
        Rule member(String name) {
            Rule own = below.get(name);
            return own == null ? others : own;
        }
    }

    private final Rule root = new Rule();
    private final List<TextAnalysis> analyses = new ArrayList<>();

    FieldRules(TextOptions options) {
        analyses.add(options.analysis());
        root.indexed = options.fields().isEmpty();
        root.analysis = 0;
        for (FieldPath field : options.fields()) {
            make(field).indexed = true;
        }
        options.byField().forEach((field, analysis) -> {
            if (!analyses.contains(analysis)) {
                analyses.add(analysis);
            }
            make(field).analysis = analyses.indexOf(analysis);
        });
        inherit(root);
    }

    private Rule make(FieldPath field) {
        Rule rule = root;
        for (String name : field.members()) {
            rule = rule.below.computeIfAbsent(name, unused -> new Rule());
        }
        return rule;
    }

    private static void inherit(Rule from) {
        if (from.indexed) {
            Rule others = new Rule();
            others.indexed = true;
            others.analysis = from.analysis;
            others.others = others;
            from.others = others;
        }
        for (Rule rule : from.below.values()) {
            rule.indexed |= from.indexed;
            if (rule.analysis < 0) {
                rule.analysis = from.analysis;
            }
            inherit(rule);
        }
    }

    /** The different ones, by number. */
    List<TextAnalysis> analyses() {
        return analyses;
    }

    Rule root() {
        return root;
    }

    /** The number of the analysis of a field. */
    int analysisOf(List<String> path) {
        Rule rule = root;
        for (String name : path) {
            Rule member = rule.member(name);
            if (member == null) {
                break;
            }
            rule = member;
        }
        return rule.analysis;
    }
}
