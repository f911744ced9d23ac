package io.velesdb.wasm;

import io.velesdb.Database;
import io.velesdb.Limits;
import org.teavm.jso.JSBody;

/** The browser as a host: everything in memory, and Unicode's decompositions out of JavaScript's strings. */
final class Browser {
    private Browser() {}

    /** An empty database. Its clock stands still, so no search times out. */
    static Database database() {
        return Database.inMemory(Limits.DEFAULTS, () -> 0L, point -> decomposed(point));
    }

    /** An empty database whose statements take place at the browser's time, which NOW() gives and after which rows expire. */
    static Database databaseInTime() {
        return Database.inMemory(Limits.DEFAULTS, () -> (long) millis(), point -> decomposed(point));
    }

    @JSBody(script = "return Date.now();")
    private static native double millis();

    @JSBody(
            params = {"codePoint"},
            script = "return String.fromCodePoint(codePoint).normalize('NFD');")
    private static native String decomposed(int codePoint);
}
