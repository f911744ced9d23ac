package io.velesdb.index.text;

import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Finds the strings of a payload that are to be indexed. Belongs to one writer. */
final class PayloadTexts {
    /** Told each string, with the path of its field, which is only good during the call, and the number of its analysis. */
    interface Visitor {
        void text(List<String> path, int analysis, String text);
    }

    private final FieldRules rules;
    private final List<String> path = new ArrayList<>();

    PayloadTexts(FieldRules rules) {
        this.rules = rules;
    }

    void visit(Obj payload, Visitor visitor) {
        path.clear();
        members(payload, rules.root(), visitor);
    }

    private void members(Obj object, FieldRules.Rule rule, Visitor visitor) {
        for (int i = 0; i < object.size(); i++) {
            String name = object.name(i);
            FieldRules.Rule member = rule.member(name);
            if (member == null) {
                continue;
            }
            path.add(name);
            Value value = object.value(i);
            if (value instanceof Obj inner) {
                members(inner, member, visitor);
            } else if (member.indexed()) {
                strings(value, member.analysis(), visitor);
            }
            path.remove(path.size() - 1);
        }
    }

    /** Below an array, everything belongs to the field of the array. */
    private void strings(Value value, int analysis, Visitor visitor) {
        if (value instanceof Value.Str string) {
            visitor.text(path, analysis, string.text());
        } else if (value instanceof Arr array) {
            for (Value element : array) {
                strings(element, analysis, visitor);
            }
        } else if (value instanceof Obj object) {
            for (int i = 0; i < object.size(); i++) {
                strings(object.value(i), analysis, visitor);
            }
        }
    }
}
