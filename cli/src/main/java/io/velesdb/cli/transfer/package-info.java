/**
 * Points in files: JSON lines and CSV, in and out, and VRB1, in.
 *
 * <p>A reader goes on after a bad line: it hands out either a point or what is wrong, always with the number of the line, so
 * that an import can skip, count and report. Memory is bounded by one line (64 MiB at most). JSON lines lose nothing; CSV is
 * for spreadsheets, and its cells have no types: a cell that is a JSON number, {@code true}, {@code false}, array or object
 * is read as that, everything else as text, so the text {@code 12} comes back as a number.
 *
 * <p>Does not live here: databases, embedding, what a point must be to fit a collection. The engine says that.
 */
@NullMarked
package io.velesdb.cli.transfer;

import org.jspecify.annotations.NullMarked;
