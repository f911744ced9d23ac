package io.velesdb.query.exec;

import io.velesdb.value.Arr;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;

/** About how many bytes values take on the heap. */
final class Memory {
    private static final int OBJECT = 24;
    private static final int REFERENCE = 8;

    private Memory() {}

    static long bytes(Value value) {
        return switch (value) {
            case Value.Str text -> 2L * OBJECT + text.text().length();
            case Arr array -> {
                long sum = OBJECT;
                for (Value element : array) {
                    sum += REFERENCE + bytes(element);
                }
                yield sum;
            }
            case Obj object -> {
                long sum = 2L * OBJECT;
                for (int i = 0; i < object.size(); i++) {
                    sum += 2L * REFERENCE + bytes(object.value(i));
                }
                yield sum;
            }
            default -> OBJECT;
        };
    }
}
