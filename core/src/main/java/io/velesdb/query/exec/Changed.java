package io.velesdb.query.exec;

import io.velesdb.query.exec.step.ResultRow;
import java.util.List;

/**
 * What a statement did.
 *
 * @param rows the rows that were written
 * @param affected rows written or removed
 */
record Changed(List<ResultRow> rows, long affected) {}
