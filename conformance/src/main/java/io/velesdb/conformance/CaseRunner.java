package io.velesdb.conformance;

import io.velesdb.VelesException;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes the steps of a case on a surface and compares every answer with what the case expects. */
public final class CaseRunner {
    private CaseRunner() {}

    /**
     * Runs one case.
     *
     * @throws AssertionError with the number of the step that answered something else
     */
    public static void run(Obj testCase, Surface surface) {
        Arr steps = (Arr) Objects.requireNonNull(testCase.get("steps"), "the case has no steps");
        for (int i = 0; i < steps.size(); i++) {
            Obj step = (Obj) steps.get(i);
            String operation = Objects.requireNonNull(step.text("do"), "step " + i + " has no 'do'");
            String place = "step " + i + " (" + operation + ")";
            String error = step.text("error");
            Value answer;
            try {
                answer = surface.perform(operation, step);
            } catch (VelesException e) {
                checkError(place, step, error, e);
                continue;
            }
            if (error != null) {
                throw new AssertionError(place + ": expected " + error + ", got " + Json.write(answer));
            }
            Value expected = step.get("expect");
            if (expected != null) {
                check(place, expected, answer);
            }
        }
    }

    private static void checkError(String place, Obj step, @Nullable String error, VelesException e) {
        if (error == null || !error.equals(e.code().text())) {
            throw new AssertionError(place + ": expected " + (error == null ? "an answer" : error), e);
        }
        if (step.get("says") instanceof Arr words) {
            String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            for (Value word : words) {
                String wanted = ((Value.Str) word).text();
                if (!message.contains(wanted.toLowerCase(Locale.ROOT))) {
                    throw new AssertionError(place + ": the message does not say '" + wanted + "'", e);
                }
            }
        }
    }

    /**
     * Of an object the members that the case names are compared, in lists everything; a payload must be the same text:
     * members in the same order, {@code 1.0} not {@code 1}.
     */
    private static void check(String place, Value expected, Value actual) {
        switch (expected) {
            case Obj wanted
            when actual instanceof Obj found -> {
                for (int i = 0; i < wanted.size(); i++) {
                    String name = wanted.name(i);
                    Value member = found.get(name);
                    if (member == null) {
                        throw new AssertionError(place + ": '" + name + "' is missing in " + Json.write(actual));
                    }
                    if (name.equals("payload")) {
                        same(
                                place + "." + name,
                                Json.write(wanted.value(i)).equals(Json.write(member)),
                                wanted.value(i),
                                member);
                    } else {
                        check(place + "." + name, wanted.value(i), member);
                    }
                }
            }
            case Arr wanted
            when actual instanceof Arr found && wanted.size() == found.size() -> {
                for (int i = 0; i < wanted.size(); i++) {
                    check(place + "[" + i + "]", wanted.get(i), found.get(i));
                }
            }
            default -> same(place, expected.equals(actual), expected, actual);
        }
    }

    private static void same(String place, boolean same, Value expected, Value actual) {
        if (!same) {
            throw new AssertionError(place + ": expected " + Json.write(expected) + ", got " + Json.write(actual));
        }
    }
}
