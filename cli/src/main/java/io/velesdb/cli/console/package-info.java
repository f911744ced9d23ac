/**
 * What a person sees: tables, progress, and where they may have colour.
 *
 * <p>Invariants: nothing that came out of a database reaches a terminal as a control character, because an escape sequence
 * in somebody's payload must not rewrite the screen; what is not a terminal gets no colour, no redrawn line and no cut
 * text.
 *
 * <p>Does not live here: what is shown, and the JSON form of it, which the commands make.
 */
@NullMarked
package io.velesdb.cli.console;

import org.jspecify.annotations.NullMarked;
