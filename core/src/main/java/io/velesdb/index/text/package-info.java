/**
 * Full text: which rows have a word, and how well they answer a query by BM25.
 *
 * <p><b>From text to tokens.</b> {@code Analyzer} folds by case, takes the maximal runs of letters, marks and numbers and drops
 * those of one byte; then, where the field's {@link io.velesdb.TextAnalysis} asks for it, marks, stop words, stems (the Snowball
 * algorithms) and pairs of Han, Kana and Hangul. All tables are core's own, so tokens are the same on every platform.
 *
 * <p><b>Fields.</b> Every path of a payload at which strings stand is a field by itself, nobody declares anything. A token has one
 * posting list over all fields, and one per field once it has occurred in two: so both {@code payload MATCH} and {@code field
 * MATCH} have the document frequency and the length that the definition wants, and a collection with one text field pays
 * nothing for it. Several fields, a field with fields below it and beginnings of words are put together when they are asked for; so are the
 * tokens that a word of the query becomes where the fields asked about are analysed in several ways.
 *
 * <table>
 * <caption>Where it lies</caption>
 * <tr><td>{@code Vocabulary}</td><td>tokens to numbers, a hash table over one byte array</td></tr>
 * <tr><td>{@code Term}</td><td>the posting lists of a token</td></tr>
 * <tr><td>{@code Postings}</td><td>a list: {@code Blocks} of 128, compressed, and a tail as a stream</td></tr>
 * <tr><td>{@code Field}, {@code Lengths}</td><td>statistics, and how long each document is, exactly</td></tr>
 * <tr><td>{@code Ranking}</td><td>the best k by MaxScore with the bounds of blocks</td></tr>
 * </table>
 *
 * <p><b>Statistics are those of live rows.</b> A removed row stays in the lists until {@link
 * io.velesdb.index.text.TextIndex#compact compaction} and is filtered out by the bitmap of live slots, but counts nowhere any
 * more. Rows that a search is to leave out though they were not removed (they have expired) are looked up in the lists that the
 * search uses, or those lists are counted where that is less work. So an index that saw updates and deletes gives the same score bits as one that is built anew.
 *
 * <p><b>Costs.</b> About two bytes per occurrence and 4 per row and field. A search unpacks the blocks whose rows may be answers;
 * a beginning of a word, or several fields, read all of their postings. An append costs its tokens.
 *
 * <p><b>Concurrency.</b> One writer, any number of readers on published {@code View}s, no locks. What a view may see is
 * immutable: fields and terms that the writer changes after it was made are copied first ({@code Versions}), arrays are only
 * written behind what it knows of.
 *
 * <pre>{@code
 * TextIndex index = new TextIndex(TextOptions.DEFAULTS, folding);
 * index.append(0, Obj.of("gloss", "an implement used to propel a boat"));
 * TextSearch boats = index.view().search(TextQuery.words("small boat"), List.of(), null);
 * ScoredSlots best = boats.best(10, null, ids, Cancellation.NONE);
 * }</pre>
 */
@NullMarked
package io.velesdb.index.text;

import org.jspecify.annotations.NullMarked;
