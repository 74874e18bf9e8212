package org.cranny.web.directory;

import java.util.Set;

/**
 * Somebody the directory knows, with an open account.
 *
 * @param name as the directory spells it, whatever spelling was asked for
 * @param roles that their groups give, nested ones too
 * @param mails mail addresses
 */
public record Person(String name, Set<String> roles, Set<String> mails) {}
