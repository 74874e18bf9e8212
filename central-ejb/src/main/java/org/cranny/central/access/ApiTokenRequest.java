package org.cranny.central.access;

import java.util.List;

/**
 * A token that somebody wants.
 *
 * @param name for people, 1 to 100 characters
 * @param roles some of the person's; null for all of them
 * @param reading whether it is to change nothing; null for yes
 * @param days how long it is good, 1 to 366; null for 90
 */
public record ApiTokenRequest(String name, List<String> roles, Boolean reading, Integer days) {}
