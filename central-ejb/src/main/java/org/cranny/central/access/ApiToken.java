package org.cranny.central.access;

import java.util.List;

/**
 * A person's token for programs, as people see it. Times ISO 8601.
 *
 * @param owner the person that it acts for
 * @param name null for a login
 * @param roles that it may use, as far as its person has them
 * @param reading whether it changes nothing
 * @param used when it was last used, to the minute, or null
 * @param token its text, given once, else null
 */
public record ApiToken(
        long id,
        String owner,
        String name,
        List<String> roles,
        boolean reading,
        String created,
        String expires,
        String used,
        String token) {

    @Override
    public String toString() {
        return "ApiToken[" + id + " of " + owner + "]";
    }
}
