package io.velesdb.query.parse;

/** Names that count without regard to the case of ASCII letters. */
final class Words {
    private Words() {}

    /** ASCII letters in lower case, everything else as it is. */
    static String lower(String text) {
        int i = 0;
        while (i < text.length() && !isUpper(text.charAt(i))) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        StringBuilder lower = new StringBuilder(text.length()).append(text, 0, i);
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            lower.append(isUpper(c) ? (char) (c + 0x20) : c);
        }
        return lower.toString();
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
