package io.velesdb.memory;

import io.velesdb.value.Obj;

/**
 * One entry of semantic memory.
 *
 * @param id unsigned
 * @param metadata what was stored with it besides the content; empty for nothing
 */
public record Fact(long id, String content, Obj metadata) {}
