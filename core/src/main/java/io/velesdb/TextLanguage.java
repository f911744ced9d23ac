package io.velesdb;

/** A language whose words can be reduced to stems, and whose stop words are known. */
public enum TextLanguage {
    ENGLISH("en"),
    FRENCH("fr"),
    GERMAN("de"),
    SPANISH("es");

    private final String code;

    TextLanguage(String code) {
        this.code = code;
    }

    /** The two letters of ISO 639-1. */
    public String code() {
        return code;
    }

    /**
     * The language of two letters in any case.
     *
     * @throws VelesException VELES-010 for any other
     */
    public static TextLanguage of(String code) {
        for (TextLanguage language : values()) {
            if (language.code.equalsIgnoreCase(code)) {
                return language;
            }
        }
        throw new VelesException(
                ErrorCode.QUERY, "text language '" + code + "' is unknown: use en, fr, de or es, or leave it out");
    }
}
