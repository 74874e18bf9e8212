package org.cranny.engine.restore;

/**
 * What a restore may bring back.
 *
 * @param safe leaves out devices, setuid and setgid, foreign owners, and the attributes of the name spaces
 *     {@code trusted} and {@code security}: for restores on behalf of somebody else
 * @param numericOwners takes owners by number; otherwise by name where this machine knows the name
 */
public record TargetRules(boolean safe, boolean numericOwners) {
    /** Everything as it was: what root restores for itself. */
    public static final TargetRules FAITHFUL = new TargetRules(false, false);

    public static final TargetRules SAFE = new TargetRules(true, false);
}
