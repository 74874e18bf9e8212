package org.cranny.central.access;

import java.util.Set;

/** For whom a token acts, and how far. @param reading whether it changes nothing */
public record Bearer(String owner, Set<String> roles, boolean reading) {}
