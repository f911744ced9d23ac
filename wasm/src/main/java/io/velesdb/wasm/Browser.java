package io.velesdb.wasm;

import io.velesdb.Database;
import io.velesdb.Limits;
import io.velesdb.engine.Committer;
import io.velesdb.engine.Engine;
import io.velesdb.engine.MemoryPlatform;
import io.velesdb.host.Lifecycle;
import io.velesdb.host.TextFolding;
import io.velesdb.journal.Journal;
import org.teavm.jso.JSBody;

/** The browser as a host: everything in memory, and Unicode's decompositions out of JavaScript's strings. */
final class Browser {
    private static final TextFolding FOLDING = Browser::decomposed;

    private Browser() {}

    /** An empty database. Its clock stands still, so no search times out. */
    static Database database() {
        return new Database(
                new Engine(new MemoryPlatform(() -> 0L, FOLDING), Limits.DEFAULTS, Journal.NONE, Committer.SERIAL),
                Lifecycle.NONE);
    }

    @JSBody(
            params = {"codePoint"},
            script = "return String.fromCodePoint(codePoint).normalize('NFD');")
    private static native String decomposed(int codePoint);
}
