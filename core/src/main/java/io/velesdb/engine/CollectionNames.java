package io.velesdb.engine;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a collection may be called. */
final class CollectionNames {
    static final int MAX_LENGTH = 128;

    private static final Set<String> WINDOWS_DEVICES = Set.of(
            "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
            "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    private CollectionNames() {}

    /** @throws VelesException VELES-034 when {@code name} is not allowed */
    static void check(String name) {
        String why = refusal(name);
        if (why != null) {
            String shown = name.length() > MAX_LENGTH ? name.substring(0, MAX_LENGTH) + "…" : name;
            throw new VelesException(
                    ErrorCode.INVALID_COLLECTION_NAME,
                    "collection name '" + shown + "' " + why
                            + ": use 1 to 128 ASCII letters, digits, '_' or '-', not starting with '-'");
        }
    }

    private static @Nullable String refusal(String name) {
        if (name.isEmpty()) {
            return "is empty";
        }
        if (name.length() > MAX_LENGTH) {
            return "has " + name.length() + " characters";
        }
        if (name.charAt(0) == '-') {
            return "starts with '-'";
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean allowed =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
            if (!allowed) {
                return "holds a character that is not allowed at position " + i;
            }
        }
        return WINDOWS_DEVICES.contains(name.toLowerCase(Locale.ROOT)) ? "is a device name on Windows" : null;
    }
}
