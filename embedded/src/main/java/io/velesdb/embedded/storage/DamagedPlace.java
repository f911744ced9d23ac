package io.velesdb.embedded.storage;

import io.velesdb.VelesException;
import java.io.Serial;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the damage is that a VELES-006 tells of: the cause of that exception, for those who want it in parts. */
public final class DamagedPlace extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final long offset;

    DamagedPlace(Path file, long offset, @Nullable Throwable cause) {
        super(file + ", byte " + offset, cause, false, false);
        this.file = file;
        this.offset = offset;
    }

    /** The place that a failure names, or null when it names none. */
    public static @Nullable DamagedPlace of(VelesException failure) {
        return failure.getCause() instanceof DamagedPlace place ? place : null;
    }

    public Path file() {
        return file;
    }

    /** The byte at which the damaged part starts. */
    public long offset() {
        return offset;
    }
}
