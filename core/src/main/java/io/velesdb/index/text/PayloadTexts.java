package io.velesdb.index.text;

import io.velesdb.TextOptions;
import io.velesdb.filter.FieldPath;
import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the strings of a payload that are to be indexed. Belongs to one writer. */
final class PayloadTexts {
    /** Told each string, with the path of its field, which is only good during the call. */
    interface Visitor {
        void text(List<String> path, String text);
    }

    /** Chosen members below one member; a terminal one stands for everything below it. */
    private static final class Chosen {
        final Map<String, Chosen> members = new TreeMap<>();
        boolean terminal;
    }

    private final @Nullable Chosen chosen;
    private final List<String> path = new ArrayList<>();

    PayloadTexts(TextOptions options) {
        Chosen root = new Chosen();
        for (FieldPath field : options.fields()) {
            Chosen node = root;
            for (String name : field.members()) {
                node = node.members.computeIfAbsent(name, unused -> new Chosen());
            }
            node.terminal = true;
        }
        chosen = options.fields().isEmpty() || root.terminal ? null : root;
    }

    void visit(Obj payload, Visitor visitor) {
        path.clear();
        members(payload, chosen, visitor);
    }

    private void members(Obj object, @Nullable Chosen among, Visitor visitor) {
        for (int i = 0; i < object.size(); i++) {
            String name = object.name(i);
            Chosen member = null;
            if (among != null) {
                member = among.members.get(name);
                if (member == null) {
                    continue;
                }
                if (member.terminal) {
                    member = null;
                }
            }
            path.add(name);
            Value value = object.value(i);
            if (value instanceof Obj inner) {
                members(inner, member, visitor);
            } else if (member == null) {
                strings(value, visitor);
            }
            path.remove(path.size() - 1);
        }
    }

    /** Below an array, everything belongs to the field of the array. */
    private void strings(Value value, Visitor visitor) {
        if (value instanceof Value.Str string) {
            visitor.text(path, string.text());
        } else if (value instanceof Arr array) {
            for (Value element : array) {
                strings(element, visitor);
            }
        } else if (value instanceof Obj object) {
            for (int i = 0; i < object.size(); i++) {
                strings(object.value(i), visitor);
            }
        }
    }
}
