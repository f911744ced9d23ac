/**
 * The public API of VelesDB: what an application and every binding uses.
 *
 * <p>A {@link io.velesdb.Database} holds named collections. A {@link io.velesdb.VectorCollection} keeps points (an
 * unsigned 64-bit id, a vector, a JSON payload) and answers nearest-neighbour searches, filtered or not; a
 * {@link io.velesdb.MetadataCollection} keeps payloads only.
 *
 * <pre>{@code
 * VectorCollection books = database.createVectorCollection("books", 384, Metric.COSINE);
 * books.upsert(Point.of(1, vector, Obj.of("title", "Emma", "year", 1815)));
 * List<Hit> hits = books.search(SearchRequest.nearest(query, 10).where(Filter.gte("year", 1800)));
 * }</pre>
 *
 * <p>Everything here is thread-safe. Writes are atomic, ordered and durable when they return (on a host that has
 * storage); readers never wait and see the state of one sequence number from start to end. Bad input is a
 * {@link io.velesdb.VelesException} with a stable code; {@code null} where a type does not say
 * that it may be is a mistake of the program, a {@link java.lang.NullPointerException}, and changes nothing either. The
 * engine behind the API is in {@code io.velesdb.engine}; how
 * it reaches files and threads is in {@code io.velesdb.host}.
 */
@NullMarked
package io.velesdb;

import org.jspecify.annotations.NullMarked;
