package io.velesdb.memory;

/**
 * What is known when a procedure is reinforced.
 *
 * @param confidence as it is, 0 to 1
 * @param success whether the procedure worked
 * @param uses how often it was reinforced before
 * @param daysSinceLastUse since it was last reinforced, or learned; not negative
 */
public record Reinforcement(double confidence, boolean success, long uses, double daysSinceLastUse) {}
