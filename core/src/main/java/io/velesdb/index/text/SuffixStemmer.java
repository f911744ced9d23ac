package io.velesdb.index.text;

/** What the Snowball algorithms share: a word, its regions, and endings. Holds the word that it works on: one thread. */
abstract class SuffixStemmer implements Stemmer {
    private final String vowels;

    /** The word as changed so far. */
    StringBuilder word = new StringBuilder();

    /** Where the region after the first non-vowel behind a vowel begins. */
    int r1;

    /** The same, once more from {@link #r1} on. */
    int r2;

    SuffixStemmer(String vowels) {
        this.vowels = vowels;
    }

    boolean isVowel(int at) {
        return vowels.indexOf(word.charAt(at)) >= 0;
    }

    void markRegions() {
        r1 = regionAfter(0);
        r2 = regionAfter(r1);
    }

    /** Behind the first non-vowel that follows a vowel, from a position on; the length when there is none. */
    int regionAfter(int from) {
        int at = from;
        while (at < word.length() && !isVowel(at)) {
            at++;
        }
        while (at < word.length() && isVowel(at)) {
            at++;
        }
        return Math.min(at + 1, word.length());
    }

    /** Behind the first vowel from a position on; the length when there is none. */
    int afterVowel(int from) {
        int at = from;
        while (at < word.length() && !isVowel(at)) {
            at++;
        }
        return Math.min(at + 1, word.length());
    }

    /** Behind the first non-vowel from a position on; the length when there is none. */
    int afterConsonant(int from) {
        int at = from;
        while (at < word.length() && isVowel(at)) {
            at++;
        }
        return Math.min(at + 1, word.length());
    }

    boolean ends(String suffix) {
        return endsBefore(word.length(), suffix);
    }

    /** Whether a text stands just before a position. */
    boolean endsBefore(int end, String suffix) {
        int start = end - suffix.length();
        if (start < 0) {
            return false;
        }
        for (int i = 0; i < suffix.length(); i++) {
            if (word.charAt(start + i) != suffix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The longest of the endings that the word has and that begin at or after a position; empty when there is none. */
    String longest(int from, String... suffixes) {
        String found = "";
        for (String suffix : suffixes) {
            if (suffix.length() > found.length() && word.length() - suffix.length() >= from && ends(suffix)) {
                found = suffix;
            }
        }
        return found;
    }

    /** Whether an ending that the word has lies in a region. */
    boolean in(int region, String suffix) {
        return word.length() - suffix.length() >= region;
    }

    void delete(String suffix) {
        word.setLength(word.length() - suffix.length());
    }

    void replace(String suffix, String by) {
        word.setLength(word.length() - suffix.length());
        word.append(by);
    }

    /** Deletes an ending if the word has it within a region. */
    boolean deleteIn(int region, String suffix) {
        if (ends(suffix) && in(region, suffix)) {
            delete(suffix);
            return true;
        }
        return false;
    }
}
