package io.velesdb;

/**
 * The stable error codes of the engine. Every surface shows the same code for the same mistake; the text form is
 * {@code VELES-} and three digits.
 */
public enum ErrorCode {
    COLLECTION_EXISTS(1),
    COLLECTION_NOT_FOUND(2),
    POINT_NOT_FOUND(3),
    DIMENSION_MISMATCH(4),
    INVALID_VECTOR(5),
    STORAGE(6),
    INDEX(7),
    INDEX_CORRUPTED(8),
    CONFIG(9),
    QUERY(10),
    IO(11),
    SERIALIZATION(12),
    INTERNAL(13),
    VECTOR_NOT_ALLOWED(14),
    SEARCH_NOT_SUPPORTED(15),
    VECTOR_REQUIRED(16),
    SCHEMA_VALIDATION(17),
    GRAPH_NOT_SUPPORTED(18),
    EDGE_EXISTS(19),
    EDGE_NOT_FOUND(20),
    INVALID_EDGE_LABEL(21),
    NODE_NOT_FOUND(22),
    OVERFLOW(23),
    COLUMN_STORE(24),
    GPU(25),
    EPOCH_MISMATCH(26),
    GUARD_RAIL(27),
    INVALID_QUANTIZER_CONFIG(28),
    TRAINING_FAILED(29),
    SPARSE_INDEX(30),
    DATABASE_LOCKED(31),
    INVALID_DIMENSION(32),
    ALLOCATION_FAILED(33),
    INVALID_COLLECTION_NAME(34),
    SNAPSHOT_BUILD_FAILED(35),
    INCOMPATIBLE_SCHEMA_VERSION(36);

    private final int number;

    ErrorCode(int number) {
        this.number = number;
    }

    /** The number after {@code VELES-}. */
    public int number() {
        return number;
    }

    /** The text form, for example {@code VELES-004}. */
    public String text() {
        return "VELES-" + (number < 10 ? "00" : "0") + number;
    }

    /** False for the codes after which the database must be reopened or repaired. */
    public boolean recoverable() {
        return switch (this) {
            case INDEX_CORRUPTED, INTERNAL, EPOCH_MISMATCH, ALLOCATION_FAILED, INCOMPATIBLE_SCHEMA_VERSION -> false;
            default -> true;
        };
    }
}
