package io.velesdb;

/**
 * What somebody wants to do.
 *
 * @param kind the kind of access
 * @param collection the collection that it concerns, whether it exists or not; empty for the database as a whole
 * @param caller on whose behalf
 */
public record AccessRequest(Kind kind, String collection, Caller caller) {
    /** Kinds of access. */
    public enum Kind {
        /** Rows are read: by id, by page, by statement, counted. */
        SELECT("select"),
        VECTOR_SEARCH("vector_search"),
        /** Full text or sparse search. */
        TEXT_SEARCH("text_search"),
        HYBRID_SEARCH("hybrid_search"),
        /** Edges are read or walked. */
        GRAPH_TRAVERSAL("graph_traversal"),
        /** Rows or edges are written. */
        DML("dml"),
        /** Collections, indexes, quantizers or settings are changed. */
        DDL("ddl");

        private final String canonicalName;

        Kind(String canonicalName) {
            this.canonicalName = canonicalName;
        }

        /** The name that every surface uses. */
        public String canonicalName() {
            return canonicalName;
        }

        /** True for what changes nothing. */
        public boolean isRead() {
            return this != DML && this != DDL;
        }
    }
}
