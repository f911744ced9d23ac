package io.velesdb.host;

/**
 * Port: what an analyser that strips marks asks of its host, Unicode's canonical decomposition. Case folding and the
 * categories of characters are core's own. Thread-safe.
 */
@FunctionalInterface
public interface TextFolding {
    /** The canonical decomposition (NFD) of one code point, the code point itself where it has none. */
    String decompose(int point);
}
